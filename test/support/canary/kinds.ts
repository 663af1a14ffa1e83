import { FAKE_TIN } from "../../../sandbox"
import { SANDBOX_API_KEY } from "../../../src/options"

/**
 * What must never stand where it is not needed, and how it is recognised in the
 * suites: every e-mail address, link, key and secret of a test has one of these
 * shapes, so that no test can have one that nobody looks for.
 */
export const KINDS = {
  "e-mail": /[\w.+-]+@(?:[\w-]+\.)*example\.(?:com|test|org)/i,
  link: /(?:l\.maspay\.io|magic\.veriff\.me|members\.masspay\.io|tax\.example)\/[\w-]{6,}|:\d{4,5}\/(?:upload|tax)\/[\w-]{16,}/i,
  "API key": new RegExp(`${SANDBOX_API_KEY}|canary-api-key`),
  "webhook secret": /whsec-[\w-]+/,
  "encryption key": /(?:5a){32}/i,
  "tax number": new RegExp(FAKE_TIN),
  address: /Canary Street|Canaryville/i,
  "pickup code": /pickup-canary-\w+/i,
  // Numbers that no test has for anything else: IBANs of the two countries the
  // suites pay to, and account numbers that begin with these digits.
  "account number":
    /\b(?:DE|FR)\d{2}[ -]?\d{4}[ -]?\d{4}[ -]?\d{2}|\b47110815\d{4}\b/,
  "login token": /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/,
} as const

export type Kind = keyof typeof KINDS

/** All of them in one go: most texts hold none. Postgres reads it as JavaScript does. */
export const ANY = new RegExp(
  Object.values(KINDS)
    .map(({ source }) => `(?:${source})`)
    .join("|"),
  "i"
)

export function kindsIn(text: string): Kind[] {
  if (!ANY.test(text)) return []
  return (Object.keys(KINDS) as Kind[]).filter((kind) => KINDS[kind].test(text))
}
