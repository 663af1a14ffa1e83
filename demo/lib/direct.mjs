/** What a direct payout has to come to, by the demo's own sums. */
import { decimal, format, parse, times } from "./amounts.mjs"

/**
 * @typedef {object} Offer what MassPay asks and gives
 * @property {string} fee on top of the amount, in its currency
 * @property {string} rate
 * @property {string} received what arrives
 */

/**
 * What MassPay's own catalogue says about a route now, for an amount.
 *
 * @param {{ url: string, apiKey: string }} massPay
 * @param {{ amount: string, route: { destination_token: string,
 *   country_code: string, destination_currency_code: string } }} input
 * @returns {Promise<Offer>}
 */
export async function readOffer({ url, apiKey }, { amount, route }) {
  const query = new URLSearchParams({ amount, source_currency: "USD" })
  const response = await fetch(
    `${url}/v1.0.0/payout/country/${route.country_code}?${query}`,
    {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(10_000),
    }
  )
  const { companies } = await response.json()
  const payer = companies
    .flatMap(({ services }) => services)
    .flatMap(({ payers }) => payers)
    .find((one) => one.destination_token === route.destination_token)
  const rates = payer?.exchange_rate ?? []
  const quoted = rates.find(
    (one) => one.currency_symbol === route.destination_currency_code
  )
  if (!quoted) throw new Error("MassPay offers the route no more")
  const rate = String(quoted.exchange_rate)
  return { fee: money(payer.fee), rate, received: received(amount, rate) }
}

/** So much of the other currency. MassPay keeps what is less than a cent. */
function received(amount, rate) {
  const { units, scale } = times(decimal(amount), decimal(rate))
  const CENTS = 2
  const cents =
    scale > CENTS
      ? units / 10n ** BigInt(scale - CENTS)
      : units * 10n ** BigInt(CENTS - scale)
  return format(cents)
}

const money = (number) => format(parse(number))

/**
 * What is not as it should be, in words. Pure. @public so that its test can ask
 *
 * @param {{ amount: string, offer: Offer, payout: object, remote: object[],
 *   files: { type: string, bytes: Buffer }[] }} input `payout`: as the plugin has
 *   it; `remote`: all that MassPay has of hers; `files`: its confirmation, as it
 *   reached operator and vendor
 * @returns {string[]}
 */
export function judgeDirect({ amount, offer, payout, remote, files }) {
  const paid = remote.filter(({ committed_at }) => committed_at !== null)
  if (paid.length !== 1) {
    return [`MassPay carried out ${paid.length} payouts, and not 1`]
  }
  const [one] = paid
  const taken = format(parse(amount) + parse(offer.fee))
  const wanted = [
    ["the plugin's amount", payout.amount, amount],
    ["its method", payout.method, "direct"],
    ["its status", payout.status, "completed"],
    ["MassPay's status", one.status, "COMPLETED"],
    ["the amount", one.source_amount, amount],
    ["the fee", one.fee, offer.fee],
    ["the rate", decimalText(one.exchange_rate), decimalText(offer.rate)],
    ["what she received", one.destination_amount, offer.received],
    ["what the funding wallet gave", one.out, taken],
  ]
  const wrong = wanted
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `${what} is ${is}, and should be ${should}`)
  const isPdf = ({ type, bytes }) =>
    type.startsWith("application/pdf") &&
    bytes.subarray(0, 5).toString("latin1") === "%PDF-" &&
    bytes.toString("latin1").trimEnd().endsWith("%%EOF")
  return files.length === 2 && files.every(isPdf)
    ? wrong
    : [...wrong, "MassPay's confirmation is no PDF"]
}

/** However many zeros follow. */
function decimalText(text) {
  const { units, scale } = decimal(text)
  let [digits, places] = [units, scale]
  while (places > 0 && digits % 10n === 0n)
    [digits, places] = [digits / 10n, places - 1]
  return `${digits}e-${places}`
}
