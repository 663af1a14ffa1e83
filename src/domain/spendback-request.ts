import { canonicalCurrency } from "./currency"
import { printJsonNumber } from "./money"
import { assertRequestParts, metadataText } from "./request-text"

export type SpendbackRequest = {
  client_spendback_id: string
  /** The payee's wallet, which is debited. */
  source_token: string
  /** Minor units as the payout has them: negative. */
  amount: bigint
  currency_code: string
  /** Visible to the payee; at most 255 characters. */
  notes: string
  /** Searchable at MassPay and not encrypted there: ids only. */
  metadata: Readonly<Record<string, string>>
}

/**
 * The body of a spendback, as the bytes that are stored and sent. A pure
 * function of the payout, as the body of a load is. MassPay takes amounts as
 * positive numbers, whichever way the money goes.
 *
 * Throws `RangeError` on a request MassPay could not take, `InvalidAmountError`
 * on an amount a JSON number cannot carry.
 */
export function spendbackRequestText(request: SpendbackRequest): string {
  if (request.amount >= 0n) {
    throw new RangeError("A spendback must be negative")
  }
  assertRequestParts({ ...request, client_id: request.client_spendback_id })
  const fields = [
    `"client_spendback_id":${JSON.stringify(request.client_spendback_id)}`,
    `"source_token":${JSON.stringify(request.source_token)}`,
    `"amount":${printJsonNumber(-request.amount, request.currency_code)}`,
    `"source_currency_code":${JSON.stringify(canonicalCurrency(request.currency_code))}`,
    `"notes":${JSON.stringify(request.notes)}`,
    `"metadata":${metadataText(request.metadata)}`,
  ]
  return `{${fields.join(",")}}`
}
