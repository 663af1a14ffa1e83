import type {
  BlockReason,
  PayoutMethod,
  PayoutStatus,
} from "../../../domain/payout-status"
import type { Db } from "./db"
import { LOOK_UP_FIRST, PAYEE_IS_FIT } from "./dispatch-ready"
import { MAIN_OPERATION, SENDABLE } from "./main-operation"
import { movePayout } from "./payout-moves"
import { TAKE_BACK_IS_UNSENT } from "./take-back-reads"

type ReapedPayout = {
  payout_id: string
  vendor_id: string
  worker: string | null
}

/**
 * Payouts whose sender vanished: their lease is over and no outcome was
 * written. Whether a request left is not known, so they become unknown, never
 * ready. The attempt's outcome stays empty; late evidence may still fill it.
 */
export async function reapExpiredLeases(
  db: Db,
  {
    limit,
    beforeCommit,
  }: { limit: number; beforeCommit?: () => void | Promise<void> }
): Promise<ReapedPayout[]> {
  return db.tx(async (sql) => {
    const expired = await sql.rows<{
      id: string
      vendor_id: string
      version: number
      lease_owner: string | null
      ambiguous_count: number
    }>(
      `select id, vendor_id, version, lease_owner, ambiguous_count
         from masspay_payout
        where status = 'sending' and lease_until <= (select masspay_now())
        order by next_attempt_at, id
        limit ?
          for update skip locked`,
      [limit]
    )
    const reaped: ReapedPayout[] = []
    for (const payout of expired) {
      const version = await movePayout(sql, {
        payout_id: payout.id,
        from: "sending",
        to: "unknown",
        event: "lease_expired",
        version: payout.version,
        set: {
          unknown_since: "keep",
          ambiguous_count: payout.ambiguous_count + 1,
          // A load that was executed is in the list already.
          next_attempt_in_ms: 0,
        },
      })
      if (version === null) continue
      reaped.push({
        payout_id: payout.id,
        vendor_id: payout.vendor_id,
        worker: payout.lease_owner,
      })
    }
    if (reaped.length > 0) await beforeCommit?.()
    return reaped
  })
}

/** A payout whose outcome, or whose next step, only MassPay's list can tell. */
export type PayoutToLookUp = {
  payout_id: string
  payee_id: string
  vendor_id: string
  method: PayoutMethod
  /** What the answer is applied to; anything else means: look again. */
  version: number
  status: PayoutStatus
  block_reason: BlockReason | null
  amount: bigint
  currency_code: string
  source_token: string | null
  created_at: Date
}

/** Everything that one look-up of one user can answer. */
export type LookupTask = { user_token: string; payouts: PayoutToLookUp[] }

/** MassPay's own no burns the key; a redirect on the way to it does not. */
const IS_REFUSED_SPENDBACK = `(o.kind = 'spendback' and o.key_burnt)`

/** What one destination was refused for, another may take. */
const HAS_OTHER_DESTINATION = `(
  p.method = 'direct' and p.block_reason in ('limit', 'config')
  and exists (
    select 1 from masspay_destination d
     where d.payee_id = p.payee_id and d.currency_code = p.currency_code
       and d.replaced_at is null and d.status = 'ready'
       and not exists (
         select 1 from masspay_quote q
          where q.payout_id = p.id and q.created_at > d.created_at)))`

const LOOKED_UP = `('unknown', 'accepted', 'cancelled', 'reversing', 'ready', 'blocked')`

/**
 * Leases up to `limit` due payouts to look up, grouped by MassPay user. Which
 * are due: an unknown outcome, a ready payout that must not be sent unseen, an
 * accepted one, one whose reversal was sent, a cancelled one whose settle window
 * has passed, a blocked one whose cause may be gone, and a spendback that was
 * refused. What only an operator can mend is left alone.
 *
 * The `coalesce` keeps Postgres from trying every index for every part of the
 * condition, which took ten times as long as finding the payouts.
 */
export async function claimLookups(
  db: Db,
  {
    worker,
    limit,
    lease_ms,
  }: { worker: string; limit: number; lease_ms: number }
): Promise<LookupTask[]> {
  const rows = await db.tx((sql) =>
    sql.rows<
      Omit<PayoutToLookUp, "amount"> & { user_token: string; amount: string }
    >(
      `with due as materialized (
         select p.id
           from masspay_payout p
           join masspay_operation o on ${MAIN_OPERATION}
           join masspay_payee e on e.id = p.payee_id
          where ${SENDABLE}
            and p.user_token is not null
            and p.next_attempt_at <= (select masspay_now())
            and (p.lease_until is null or p.lease_until <= (select masspay_now()))
            and p.status in ${LOOKED_UP}
            and coalesce(
                  p.status in ('unknown', 'accepted')
                  or (p.status = 'cancelled'
                      and p.settle_until <= (select masspay_now()))
                  or (p.status = 'reversing' and not exists (
                        select 1 from masspay_operation t
                         where t.payout_id = p.id and t.kind = 'reverse'
                           and ${TAKE_BACK_IS_UNSENT}))
                  or (p.status = 'ready' and ${LOOK_UP_FIRST}
                      and (p.needs_lookup or ${PAYEE_IS_FIT}))
                  or (p.status = 'blocked'
                      and (p.block_reason in ('kyc', 'vendor', 'funds', 'auth')
                           or ${IS_REFUSED_SPENDBACK}
                           or ${HAS_OTHER_DESTINATION})), false)
          order by p.next_attempt_at, p.id
          limit ?
            for update of p skip locked)
       update masspay_payout p
          set lease_owner = ?,
              lease_until = masspay_now() + ? * interval '1 millisecond',
              updated_at = masspay_now()
         from due
        where p.id = due.id
        returning p.id as payout_id, p.payee_id, p.vendor_id, p.method, p.version,
                  p.status, p.block_reason, p.amount::text as amount,
                  p.currency_code, p.source_token, p.created_at, p.user_token`,
      [limit, worker, lease_ms]
    )
  )
  const tasks = new Map<string, LookupTask>()
  for (const { user_token, amount, ...payout } of rows) {
    const task = tasks.get(user_token) ?? { user_token, payouts: [] }
    task.payouts.push({ ...payout, amount: BigInt(amount) })
    tasks.set(user_token, task)
  }
  return [...tasks.values()]
}

/** One payout to look up, whatever its status; `null` when MassPay cannot be asked about it now. */
export async function lookupOf(
  db: Db,
  payout_id: string
): Promise<LookupTask | null> {
  const [row] = await db.rows<
    Omit<PayoutToLookUp, "amount"> & { user_token: string; amount: string }
  >(
    `select p.id as payout_id, p.payee_id, p.vendor_id, p.method, p.version, p.status,
            p.block_reason, p.amount::text as amount, p.currency_code,
            p.source_token, p.created_at, p.user_token
       from masspay_payout p
      where p.id = ? and p.user_token is not null
        and p.status <> 'sending' and p.method <> 'netting'`,
    [payout_id]
  )
  if (!row) return null
  const { user_token, amount, ...payout } = row
  return { user_token, payouts: [{ ...payout, amount: BigInt(amount) }] }
}

/**
 * Gives leased look-ups back for later, without having learnt anything: MassPay
 * did not answer, or what blocks the payout is still there. Returns how many
 * were still this worker's.
 */
export async function postponeLookups(
  db: Db,
  {
    worker,
    payout_ids,
    in_ms,
  }: { worker: string; payout_ids: readonly string[]; in_ms: number }
): Promise<number> {
  const rows = await db.rows(
    `update masspay_payout
        set lease_owner = null, lease_until = null,
            next_attempt_at = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
      where id = any(?) and lease_owner = ? and status <> 'sending'
      returning id`,
    [in_ms, payout_ids, worker]
  )
  return rows.length
}
