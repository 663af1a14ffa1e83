import { canonicalCurrency } from "./currency"
import { printJsonNumber } from "./money"
import { assertRequestParts, metadataText } from "./request-text"

/** What a direct payout moves. Frozen with it; where it goes is chosen with each quote. */
export type DirectMoney = {
  source_token: string
  /** Minor units, positive: what leaves the wallet, besides a fee on top. */
  amount: bigint
  currency_code: string
  /** Always said: MassPay's own default may change. */
  notify_user: boolean
  /** Searchable at MassPay and not encrypted there: ids only. */
  metadata: Readonly<Record<string, string>>
}

export type QuoteTarget = {
  client_transfer_id: string
  destination_token: string
  destination_currency_code: string
  attr_set_token: string
}

/**
 * The part of a quote's body that never changes for a payout, as stored text: a
 * JSON object. Throws `RangeError` or `InvalidAmountError` as `loadRequestText`.
 */
export function directMoneyText(
  money: DirectMoney & { client_id: string }
): string {
  if (money.amount <= 0n) {
    throw new RangeError("A direct payout must be positive")
  }
  assertRequestParts({ ...money, notes: "" })
  const fields = [
    `"source_token":${JSON.stringify(money.source_token)}`,
    `"source_amount":${printJsonNumber(money.amount, money.currency_code)}`,
    `"source_currency_code":${JSON.stringify(canonicalCurrency(money.currency_code))}`,
    `"notify_user":${String(money.notify_user)}`,
    `"metadata":${metadataText(money.metadata)}`,
  ]
  return `{${fields.join(",")}}`
}

/**
 * The body of a quote, as the bytes that are stored and sent: where it goes,
 * and the payout's frozen money. `auto_commit` is never asked for, so that a
 * quote alone moves nothing.
 */
export function quoteRequestText(
  money_text: string,
  target: QuoteTarget
): string {
  if (!money_text.startsWith("{") || money_text.length < 3) {
    throw new RangeError("A quote needs the frozen money of its payout")
  }
  const fields = [
    `"client_transfer_id":${JSON.stringify(target.client_transfer_id)}`,
    `"destination_token":${JSON.stringify(target.destination_token)}`,
    `"destination_currency_code":${JSON.stringify(canonicalCurrency(target.destination_currency_code))}`,
    `"attr_set_token":${JSON.stringify(target.attr_set_token)}`,
    `"auto_commit":false`,
  ]
  return `{${fields.join(",")},${money_text.slice(1)}`
}
