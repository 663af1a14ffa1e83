import type { Sql } from "./db"

/**
 * Whether a dispatcher has anything to do, so that MassPay is not asked what
 * the wallets hold for nothing. Errs towards yes: the claims decide.
 */
export async function whatIsDue(
  sql: Sql
): Promise<{ payouts: boolean; take_backs: boolean }> {
  const [row] = await sql.rows<{ payouts: boolean; take_backs: boolean }>(
    `select exists (
              select 1 from masspay_payout
               where status = 'ready' and next_attempt_at <= (select masspay_now()))
              as payouts,
            exists (
              select 1 from masspay_operation
               where kind in ('reverse', 'cancel') and proof = 'none') as take_backs`
  )
  return row ?? { payouts: false, take_backs: false }
}
