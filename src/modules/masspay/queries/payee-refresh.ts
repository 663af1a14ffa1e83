import { refreshDelay } from "../../../domain/kyc"
import type { AdminPayeeSyncResponse } from "../../../types/http-kyc"
import type { Db, Sql } from "./db"
import { DESTINATION_IS_FIT } from "./dispatch-ready"
import { isoOrNull } from "./dto"

export type PayeeToRefresh = {
  payee_id: string
  user_token: string
  /** Her sessions may tell something that her status does not. */
  with_sessions: boolean
}

/**
 * Of a payee `y`: what is known of her papers. Nobody reads a payee of whom
 * nothing is wanted, and yet a payment that passed is proof.
 */
export const KYC_STATUS = `(case
  when y.kyc_status = 'unknown' and y.status = 'active' and not y.papers_wanted
    and exists (
      select 1 from masspay_payout p
       where p.payee_id = y.id and p.method in ('wallet', 'direct')
         and p.status = 'completed')
  then 'not_required' else y.kyc_status end)`

/**
 * Of a payee `y`: MassPay refused a payment because she is not active, and no
 * reading since has said otherwise. Only a reading ends that.
 */
const IS_KNOWN_LOCKED = `exists (
  select 1 from masspay_kyc_request r
   where r.payee_id = y.id and r.state = 'open' and r.refusal = 'user_inactive')`

/**
 * Of a payout `p` of a payee `y`: MassPay refused it for want of facts about her
 * that it was seen to lack since. What else we would ask her for is no matter.
 */
export const PROFILE_IS_WANTED = `(
  p.status = 'blocked' and p.block_reason = 'vendor' and exists (
  select 1 from (
    select a.outcome, a.evidence from masspay_attempt a
      join masspay_operation o on o.id = a.operation_id
     where o.payout_id = p.id and a.finished_at is not null
     order by a.finished_at desc limit 1) last
   cross join jsonb_array_elements_text(coalesce(y.profile_missing, '[]')) lacks
   where last.outcome = 'masspay.profile_required'
     and strpos(last.evidence->'details'->>0, lacks) > 0))`

/** Of a payee `y`: her sessions are worth a request of their own. */
const SESSIONS_MATTER = `(
  y.kyc_status in ('submitted', 'declined')
  or exists (
    select 1 from masspay_kyc_request r
     where r.payee_id = y.id and r.state = 'open'))`

/**
 * Leases up to `limit` payees whose user is to be read: those somebody wants
 * read, those whose time has come, and those who could not be paid when last
 * read. Longest waiting first. A worker that dies costs a lease.
 */
export async function claimPayeesToRefresh(
  db: Db,
  { limit, lease_ms }: { limit: number; lease_ms: number }
): Promise<PayeeToRefresh[]> {
  return db.rows<PayeeToRefresh>(
    // Short lists by index: asked of every payee it would cost minutes.
    `with found as (
       (select id, refresh_wanted_at as due_at from masspay_payee
         where refresh_wanted_at <= (select masspay_now())
         order by refresh_wanted_at, id limit ?)
       union all
       (select id, refresh_at from masspay_payee
         where refresh_at <= (select masspay_now())
         order by refresh_at, id limit ?)
       union all
       -- What was tried although papers are wanted has passed: that is news.
       (select y.id, '-infinity' from masspay_payee y
          join masspay_payout p on p.id = y.kyc_probe_id
         where y.papers_wanted and p.status in ('accepted', 'completed')
           and p.updated_at > coalesce(y.truth_as_of, '-infinity')
         order by y.id limit ?)
       union all
       (select id, truth_as_of from masspay_payee
         where status in ('locked', 'deactivated') and refresh_at is null
           and coalesce(truth_as_of, '-infinity')
                 <= (select masspay_now()) - ? * interval '1 millisecond'
         order by truth_as_of nulls first, id limit ?)),
     due as materialized (
       select y.id from masspay_payee y
        where y.id in (select id from found)
          and y.user_token is not null
          and (y.refresh_lease_until is null
               or y.refresh_lease_until <= (select masspay_now()))
        order by (select min(due_at) from found where found.id = y.id) nulls first, y.id
        limit ?
          for update skip locked)
     update masspay_payee y
        set refresh_lease_until = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
       from due where y.id = due.id
     returning y.id as payee_id, y.user_token, ${SESSIONS_MATTER} as with_sessions`,
    [limit, limit, limit, refreshDelay(0), limit, limit, lease_ms]
  )
}

/** MassPay did not answer: later, and later each time, whoever wanted it. */
export async function noteUnread(
  db: Db,
  { user_token }: { user_token: string }
): Promise<void> {
  await db.tx(async (sql) => {
    const [payee] = await sql.rows<{ id: string; refresh_reads: number }>(
      `select id, refresh_reads from masspay_payee
        where user_token = ? for update`,
      [user_token]
    )
    if (!payee) return
    await sql.rows(
      `update masspay_payee
          set refresh_at = masspay_now() + ? * interval '1 millisecond',
              refresh_reads = refresh_reads + 1, refresh_wanted_at = null,
              refresh_lease_until = null, updated_at = masspay_now()
        where id = ?`,
      [refreshDelay(payee.refresh_reads), payee.id]
    )
  })
}

/** Makes her due now, for whoever heard that something may have changed. Returns whether she is known. */
export async function wantPayeeRead(
  sql: Sql,
  { user_token }: { user_token: string }
): Promise<boolean> {
  const rows = await sql.rows(
    `update masspay_payee
        set refresh_wanted_at = coalesce(refresh_wanted_at, masspay_now()),
            updated_at = masspay_now()
      where user_token = ? returning id`,
    [user_token]
  )
  return rows.length === 1
}

/** Whether her sessions are worth reading, and who she is; `null` where nobody has this user. */
export async function refreshFactsOf(
  sql: Sql,
  user_token: string
): Promise<PayeeToRefresh | null> {
  const [payee] = await sql.rows<PayeeToRefresh>(
    `select y.id as payee_id, y.user_token, ${SESSIONS_MATTER} as with_sessions
       from masspay_payee y where y.user_token = ?`,
    [user_token]
  )
  return payee ?? null
}

/**
 * Chooses, for each active payee whose payments are refused, the one payout
 * that is tried next, once the pause since the last refusal is over: the oldest
 * that waits. Otherwise nothing would ever show that a user who was active all
 * the time can be paid. Returns how many were chosen.
 */
export async function chooseProbes(
  db: Db,
  { limit }: { limit: number }
): Promise<number> {
  return db.tx(async (sql) => {
    const payees = await sql.rows<{ id: string; payout_id: string }>(
      `select y.id, w.id as payout_id
         from masspay_payee y
        cross join lateral (
          select p.id from masspay_payout p
           where p.payee_id = y.id and p.method in ('wallet', 'direct')
             and (p.status = 'ready'
                  or (p.status = 'blocked' and p.block_reason = 'kyc'))
           order by p.created_at, p.id limit 1) w
        where y.papers_wanted and y.status = 'active'
          and not ${IS_KNOWN_LOCKED}
          and y.kyc_probe_after <= (select masspay_now())
          and (y.kyc_probe_id is null or not exists (
            select 1 from masspay_payout p
             where p.id = y.kyc_probe_id
               and p.status in ('ready', 'blocked', 'sending', 'unknown')))
        order by y.kyc_probe_after, y.id
        limit ?
          for update of y skip locked`,
      [limit]
    )
    for (const { id, payout_id } of payees) {
      await sql.rows(
        `update masspay_payee set kyc_probe_id = ?, updated_at = masspay_now()
          where id = ?`,
        [payout_id, id]
      )
      await sql.rows(
        `update masspay_payout
            set next_attempt_at = least(next_attempt_at, masspay_now()),
                updated_at = masspay_now()
          where id = ? and status = 'blocked'`,
        [payout_id]
      )
    }
    return payees.length
  })
}

/** An operator wants this payout tried although papers are wanted: it is the next one, unless she is locked. */
export async function probeWith(sql: Sql, payout_id: string): Promise<void> {
  await sql.rows(
    `update masspay_payee y set kyc_probe_id = ?, updated_at = masspay_now()
      where y.id = (select payee_id from masspay_payout where id = ?)
        and y.papers_wanted and not ${IS_KNOWN_LOCKED}`,
    [payout_id, payout_id]
  )
}

/**
 * Whether what a payout was refused for, as far as it lies with the payee, is
 * over by a reading of her user that was applied after the refusal. Where there
 * was none since, one is wanted from now on.
 */
export async function isPayeeFitFor(
  db: Db,
  payout_id: string
): Promise<boolean> {
  const [payee] = await db.rows<{
    id: string
    is_fit: boolean
    is_read: boolean
  }>(
    `select y.id,
            y.status = 'active'
              and (not y.papers_wanted or coalesce(y.kyc_probe_id = p.id, false))
              and ${DESTINATION_IS_FIT} and not ${PROFILE_IS_WANTED} as is_fit,
            coalesce(y.truth_as_of > (
              select max(a.finished_at) from masspay_attempt a
                join masspay_operation o on o.id = a.operation_id
               where o.payout_id = p.id), y.truth_as_of is not null) as is_read
       from masspay_payout p join masspay_payee y on y.id = p.payee_id
      where p.id = ?`,
    [payout_id]
  )
  if (!payee) return false
  if (!payee.is_read) {
    await db.rows(
      `update masspay_payee
          set refresh_wanted_at = coalesce(refresh_wanted_at, masspay_now()),
              updated_at = masspay_now()
        where id = ?`,
      [payee.id]
    )
  }
  return payee.is_fit && payee.is_read
}

type PayeeTruthNow = AdminPayeeSyncResponse["payee"] & {
  user_token: string | null
}

/** What MassPay last said about one payee, or `null`. */
export async function payeeTruthOf(
  sql: Sql,
  id: string
): Promise<PayeeTruthNow | null> {
  const [row] = await sql.rows<
    Omit<PayeeTruthNow, "truth_as_of" | "sessions"> & {
      truth_as_of: Date | null
      kyc_sessions: PayeeTruthNow["sessions"]
    }
  >(
    `select y.id, y.vendor_id, y.user_token, y.status,
            ${KYC_STATUS} as kyc_status, y.papers_wanted, y.truth_as_of,
            y.kyc_sessions
       from masspay_payee y where y.id = ?`,
    [id]
  )
  if (!row) return null
  const { kyc_sessions, truth_as_of, ...payee } = row
  return {
    ...payee,
    truth_as_of: isoOrNull(truth_as_of),
    sessions: kyc_sessions.map(({ provider, status, started_at }) => ({
      provider,
      status,
      started_at,
    })),
  }
}

/** A vendor's MassPay user; `null` before she has one. */
export async function userTokenOf(
  sql: Sql,
  vendor_id: string
): Promise<string | null> {
  const [payee] = await sql.rows<{ user_token: string | null }>(
    `select user_token from masspay_payee where vendor_id = ?`,
    [vendor_id]
  )
  return payee?.user_token ?? null
}
