import { isBack } from "../../../domain/decide-next"
import type { Sql } from "./db"
import type { Listed } from "./lookup"
import { newId } from "./new-id"
import type { PayoutColumns } from "./payout-moves"
import type { LockedPayout } from "./resolve-facts"
import { voidUnsent } from "./void-unsent"

/**
 * Locks the payee of a payout whose items were released, because truth about
 * such a payout may book a negative, which a collector must not miss. Call it
 * before the payout is locked: everybody locks payees first. A payout that is
 * released between this and its own lock has another version by then.
 */
export async function lockPayeeOfReleased(
  sql: Sql,
  payout_id: string
): Promise<void> {
  await sql.rows(
    `select e.id
       from masspay_payee e join masspay_payout p on p.payee_id = e.id
      where p.id = ? and p.items_released
        for update of e`,
    [payout_id]
  )
}

type Effect = {
  columns: PayoutColumns
  /** For the timeline. */
  reason: "overpayment_booked" | "overpayment_returned"
}

/**
 * Books what truth means for a payout that no longer holds its items: the
 * money is with the vendor, or it is not, and `counted` says which of the two
 * the ledger has. An entry is due exactly when they differ, so that any number
 * of look-ups about one flip book once, and a flip and its return book twice.
 * What was taken back counts as negative: its execution is a credit to her.
 * Returns what the payout's move has to carry, or `null` when nothing is due.
 * Call it under the locks of the payee and of the payout.
 */
export async function bookEffect(
  sql: Sql,
  payout: LockedPayout,
  seen: Listed
): Promise<Effect | null> {
  const counted = !isBack(seen.status)
  if (!payout.items_released || counted === payout.counted) return null
  const effect_seq = payout.effect_seq + 1
  const amount = counted ? -payout.amount : payout.amount
  await sql.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason,
        available_at)
     values (?, ?, ?, ?, 'overpayment', ?, ?, masspay_now())`,
    [
      newId("mslen"),
      payout.vendor_id,
      payout.currency_code,
      amount.toString(),
      `payout:${payout.id}:effect:${effect_seq}`,
      reasonOf(payout, counted),
    ]
  )
  // What waits to be sent was made without knowing that she has this money.
  if (amount < 0n) {
    await voidUnsent(sql, {
      of: payout,
      event: "remade",
      detail: "overpayment_booked",
    })
  }
  return {
    columns: { counted, effect_seq },
    reason: amount < 0n ? "overpayment_booked" : "overpayment_returned",
  }
}

/** Says what happened at MassPay. */
function reasonOf({ operation }: LockedPayout, counted: boolean): string {
  const isSpendback = operation.kind === "spendback"
  if (counted) return isSpendback ? "taken_after_release" : "paid_after_release"
  return isSpendback ? "returned_after_release" : "cancelled_after_release"
}
