const DETAILS_MAX = 10
const DETAIL_LENGTH_MAX = 300

/**
 * What may be private or secret in a text that MassPay wrote, in the order in
 * which it is taken out. A link goes first, since it may hold all the others.
 */
const PATTERNS: readonly (readonly [pattern: RegExp, stand_in: string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]*/gi, "[link]"],
  [/[^\s@"<>]+@[^\s@"<>]+/g, "[email]"],
  // A host with a path, written without its scheme.
  [/\b(?:[a-z0-9-]+\.)+[a-z]{2,}\/[^\s"'<>]*/gi, "[link]"],
  [/\b(?:Bearer|Basic)\s+\S+/gi, "[credential]"],
  [/(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/g, "[token]"],
  [/[A-Za-z0-9+/=_-]{40,}/g, "[token]"],
  // Whatever stands where an account number is announced.
  [/\b(account (?:number|no\.?)):?\s+[^\s,;]+/gi, "$1 [number]"],
  // Digits in one run or grouped as on cards and accounts.
  [/\d(?:[ -]?\d){5,}/g, "[number]"],
]

/** The text without links, e-mail addresses, tokens and long numbers, cut to a sane length. */
export function redact(text: string): string {
  // Cut before matching, so that a huge text costs nothing; cut again after.
  const start = text.slice(0, DETAIL_LENGTH_MAX * 10)
  const redacted = PATTERNS.reduce(
    (rest, [pattern, stand_in]) => rest.replace(pattern, stand_in),
    start
  )

  const line = redacted.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
  return line.length > DETAIL_LENGTH_MAX
    ? `${line.slice(0, DETAIL_LENGTH_MAX)}…`
    : line
}

/** At most ten of the texts, each redacted. */
export function redactDetails(details: readonly string[]): string[] {
  return details
    .slice(0, DETAILS_MAX)
    .map((detail) => redact(detail).trim())
    .filter((detail) => detail !== "")
}
