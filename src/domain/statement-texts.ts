import type { DifferenceReason } from "./settle-types"
import type { StatementLine, StatementLineKind } from "./statement"

const KINDS: Record<StatementLineKind, string> = {
  earning: "Sale",
  clawback: "Taken back",
  correction: "Correction",
  adjustment: "Adjustment",
  overpayment: "Overpayment",
  settled_elsewhere: "Paid by other means",
  payout: "Payout",
  payout_returned: "Payout returned",
  spendback: "Paid back",
  spendback_returned: "Pay-back returned",
}

/** In words, for a person who reads a statement. */
export function kindText(kind: StatementLineKind): string {
  return KINDS[kind]
}

/** What code books, in words; empty where the kind says it already. */
const BOOKED: Record<DifferenceReason, string> & Record<string, string> = {
  sale: "",
  return: "Items came back",
  refund: "Refund",
  edit: "Order changed",
  cancel: "Order cancelled",
  exchange: "Items exchanged",
  claim: "Claim",
  settled_elsewhere: "",
  paid_after_release: "Paid although it had been given up",
  cancelled_after_release: "That payment was cancelled after all",
  taken_after_release: "Taken although it had been given up",
  returned_after_release: "That was returned after all",
}
const REASONS = new Map(Object.entries(BOOKED))

/** Why an entry was booked: in our words for what code says, as written for what a person wrote. */
export function reasonText({ reason }: Pick<StatementLine, "reason">): string {
  return reason === null ? "" : (REASONS.get(reason) ?? reason)
}

/** The order as its people know it. */
export function orderText({
  display_id,
  order_id,
}: Pick<StatementLine, "display_id" | "order_id">): string {
  return display_id === null ? (order_id ?? "") : `#${display_id}`
}

/** The name of a file with this statement, of characters that every system takes. */
export function statementFileName(
  {
    vendor_id,
    currency_code,
    from,
    to,
  }: { vendor_id: string; currency_code: string; from: string; to: string },
  extension: "csv" | "html"
): string {
  const parts = [vendor_id, currency_code, dayOf(from), dayOf(to)]
  const name = parts
    .map((part) => part.replace(/[^A-Za-z0-9-]+/g, "_").slice(0, 60))
    .join("-")
  return `statement-${name}.${extension}`
}

function dayOf(time: string): string {
  return time.slice(0, 10)
}
