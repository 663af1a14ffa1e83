import { textFrom } from "./order-rows"

/** The ISO 3166-1 alpha-2 code under `country_code`, upper case, or `null` when it is anything else. */
export function countryFrom(record: Record<string, unknown>): string | null {
  const code = textFrom(record, "country_code")
  return code && /^[a-z]{2}$/i.test(code) ? code.toUpperCase() : null
}
