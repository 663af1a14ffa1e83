import { canonicalCurrency } from "./currency"
import { printJsonNumber } from "./money"
import { assertRequestParts, metadataText } from "./request-text"

export type LoadRequest = {
  client_load_id: string
  source_token: string
  /** Minor units, positive. */
  amount: bigint
  currency_code: string
  /** Always said: MassPay's own default is to write to the payee. */
  notify_user: boolean
  /** Visible to the payee; at most 255 characters. */
  notes: string
  /** Searchable at MassPay and not encrypted there: ids only. */
  metadata: Readonly<Record<string, string>>
}

/**
 * The body of a wallet load, as the bytes that are stored and sent. A pure
 * function of the payout: fixed order of fields, metadata by key, nothing
 * optional left to a default, no clock. So a payout that is made again after
 * lost commits sends the same bytes under the same key.
 *
 * Throws `RangeError` on a request MassPay could not take, `InvalidAmountError`
 * on an amount a JSON number cannot carry.
 */
export function loadRequestText(request: LoadRequest): string {
  if (request.amount <= 0n) throw new RangeError("A load must be positive")
  assertRequestParts({ ...request, client_id: request.client_load_id })
  const fields = [
    `"client_load_id":${JSON.stringify(request.client_load_id)}`,
    `"source_token":${JSON.stringify(request.source_token)}`,
    `"amount":${printJsonNumber(request.amount, request.currency_code)}`,
    `"source_currency_code":${JSON.stringify(canonicalCurrency(request.currency_code))}`,
    `"notify_user":${String(request.notify_user)}`,
    `"notes":${JSON.stringify(request.notes)}`,
    `"metadata":${metadataText(request.metadata)}`,
  ]
  return `{${fields.join(",")}}`
}
