import type { PayoutEntry } from "../journal"
import { formatAmount } from "../money"
import type { World } from "../world"
import type { Payout } from "./types"

type Happening = Pick<PayoutEntry, "event"> &
  Partial<
    Pick<
      PayoutEntry,
      "request_id" | "outcome" | "is_after_expiry" | "is_repeated"
    >
  >

/** One line in the journal. What the payee told of herself is not in it. */
export function record(
  { journal }: World,
  payout: Payout,
  happening: Happening
): void {
  const { source_currency_code, destination_currency_code } = payout
  const inSource = (minor: bigint): string =>
    formatAmount(minor, source_currency_code)
  journal.append({
    kind: "payout",
    request_id: null,
    outcome: null,
    is_after_expiry: false,
    is_repeated: false,
    ...happening,
    payout_token: payout.token,
    client_transfer_id: payout.client_transfer_id,
    user_token: payout.user_token,
    source_token: payout.source_token,
    destination_token: payout.destination_token,
    source_amount: inSource(payout.source_minor),
    fee: inSource(payout.fee_minor),
    source_currency_code,
    destination_amount: formatAmount(
      payout.destination_minor,
      destination_currency_code
    ),
    destination_currency_code,
    exchange_rate: payout.exchange_rate,
    min_limit: inSource(payout.min_minor),
    expiration: new Date(payout.expires_ms).toISOString(),
    committed_at:
      payout.committed_ms === null
        ? null
        : new Date(payout.committed_ms).toISOString(),
    status: payout.status,
    status_reason: payout.status_reason,
  })
}
