import { closeAttempts } from "./close-attempts"
import type { Sql } from "./db"
import { movePayout, PROVEN } from "./payout-moves"
import { releaseItems } from "./release-items"
import type { Applying, LockedPayout } from "./resolve-facts"
import { type AppliedLookup, move } from "./resolve-steps"

/** In the timeline of a spendback that was given up, and how its entries are known afterwards. */
export const SPENDBACK_REFUSED = "spendback_refused"

/**
 * Cancelled for good: its entries are open again, all of them or none. A payout
 * that gave them back in an earlier window releases nothing now: by this time
 * other payouts may have them.
 */
export async function voidPayout(
  sql: Sql,
  applying: Applying
): Promise<AppliedLookup> {
  const { payout } = applying
  await closeAttempts(sql, payout)
  const applied = await move(sql, applying, {
    to: "void",
    event: "settled_cancelled",
    set: { items_released: true },
  })
  await releaseItems(sql, [payout.id])
  return applied
}

/**
 * MassPay refused it, and does not show it: proven not executed, and not to be
 * sent again. Its entries are open again, all of them or none, and carried.
 */
export async function giveUp(
  sql: Sql,
  applying: Applying
): Promise<AppliedLookup> {
  const { payout } = applying
  await closeAttempts(sql, payout)
  await sql.rows(
    `update masspay_operation
        set proof = 'not_executed', updated_at = masspay_now()
      where id = ?`,
    [payout.operation.id]
  )
  const applied = await move(
    sql,
    { ...applying, payout: await outOfUnknown(sql, applying) },
    {
      to: "void",
      event: "voided",
      reason: SPENDBACK_REFUSED,
      set: { items_released: true },
    }
  )
  await releaseItems(sql, [payout.id])
  return applied
}

/** What is unknown is proven first, and given up afterwards. */
async function outOfUnknown(
  sql: Sql,
  { input, payout }: Applying
): Promise<LockedPayout> {
  if (payout.status !== "unknown") return payout
  const version = await movePayout(sql, {
    payout_id: payout.id,
    from: "unknown",
    to: "ready",
    event: "not_found",
    version: payout.version,
    set: PROVEN,
    cause: "lookup",
    run_id: input.run_id ?? null,
  })
  if (version === null) {
    throw new Error(`Payout ${payout.id} moved although locked`)
  }
  return { ...payout, status: "ready", version }
}
