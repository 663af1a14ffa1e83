/**
 * The locale that amounts are written in: the browser's own where it speaks
 * the dashboard's language ("en-GB" for "en"), otherwise that language.
 *
 * The dashboard writes some languages as "ptBR"; `Intl` wants "pt-BR".
 */
export function localeFor(
  language: string,
  browser: readonly string[]
): string {
  const tag = language.replace(/^([a-z]{2})([A-Z]{2})$/, "$1-$2")
  const own = browser.find(
    (locale) => locale === tag || locale.startsWith(`${tag}-`)
  )
  return own ?? (isLocale(tag) ? tag : "en")
}

/** "KE" as "Kenya" in the dashboard's language; a code that is no country's as it is. */
export function countryName(code: string, language: string): string {
  const names = new Intl.DisplayNames([localeFor(language, [])], {
    type: "region",
  })
  try {
    return names.of(code.toUpperCase()) ?? code
  } catch {
    return code
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
