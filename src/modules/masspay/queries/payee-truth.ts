import {
  clearReasonOf,
  isAskedBySession,
  type KycClearReason,
  type KycSession,
  type KycStatus,
  kycStatusOf,
  newestSession,
  type OpenKycRequest,
  refreshDelay,
} from "../../../domain/kyc"
import type { PayeeStatus } from "../../../domain/payout-status"
import type { ProfileField } from "../../../domain/profile"
import { MasspayEvents } from "../../../types/events"
import type { Db, Sql } from "./db"
import { closeKycRequests, makeBlockedDue } from "./kyc-close"
import { openKycRequests } from "./kyc-open"
import { addOutboxEvent } from "./outbox"

/** What a fresh read said about a linked payee. */
export type PayeeTruth = {
  user_token: string
  status: PayeeStatus
  /** The books' time before the first request of the reading. */
  looked_up_at: Date
  /** Her identity sessions; `null`: not read. */
  sessions?: readonly KycSession[] | null
  /** What a payout needs and her profile lacks; left out: not read. */
  profile_missing?: readonly ProfileField[] | undefined
}

export type AppliedPayeeTruth = {
  payee_id: string
  status: PayeeStatus
  cleared: number
  /** Her status was another one before. */
  is_changed: boolean
}

type PayeeRow = {
  id: string
  vendor_id: string
  status: PayeeStatus
  truth_as_of: Date | null
  locked_at: Date | null
  papers_wanted: boolean
  kyc_status: KycStatus
  kyc_sessions: StoredSession[]
  kyc_sessions_at: Date | null
  refresh_reads: number
  now: Date
}
type StoredSession = Omit<KycSession, "started_at"> & {
  started_at: string | null
}

const ANNOUNCED: Partial<Record<PayeeStatus, string>> = {
  active: MasspayEvents.PAYEE_ACTIVATED,
  locked: MasspayEvents.PAYEE_LOCKED,
  deactivated: MasspayEvents.PAYEE_DEACTIVATED,
}

/** An abandoned wish to upload something is not kept for ever. */
const STARTED_KEPT_MS = 30 * 24 * 3_600_000

/**
 * Applies what a fresh read said about a linked payee, in one transaction under
 * her lock: her status, what is known of her papers, which requests are over,
 * and when she is read next. An answer that began before the last one was
 * applied is dropped, and `null` returned; also where nobody has this user.
 */
export async function applyPayeeTruth(
  db: Db,
  truth: PayeeTruth
): Promise<AppliedPayeeTruth | null> {
  return db.tx(async (sql) => {
    const payee = await lockPayee(sql, truth.user_token)
    if (!payee) return null
    if (payee.truth_as_of && payee.truth_as_of >= truth.looked_up_at) {
      return null
    }
    const cleared = await closeWhatIsOver(sql, { payee, truth })
    await openWhatSessionsAsk(sql, { payee, truth })
    await writeTruth(sql, { payee, truth, has_news: cleared > 0 })
    const { status } = truth
    return {
      payee_id: payee.id,
      status,
      cleared,
      is_changed: status !== payee.status,
    }
  })
}

async function lockPayee(
  sql: Sql,
  user_token: string
): Promise<PayeeRow | undefined> {
  const [payee] = await sql.rows<PayeeRow>(
    `select id, vendor_id, status, truth_as_of, locked_at, papers_wanted,
            kyc_status, kyc_sessions, kyc_sessions_at, refresh_reads,
            masspay_now() as now
       from masspay_payee where user_token = ? for update`,
    [user_token]
  )
  return payee
}

type Applying = { payee: PayeeRow; truth: PayeeTruth }

async function closeWhatIsOver(
  sql: Sql,
  { payee, truth }: Applying
): Promise<number> {
  const open = await openRequests(sql, payee.id)
  const facts = {
    looked_up_at: truth.looked_up_at,
    status: truth.status,
    locked_at: payee.locked_at,
    sessions: truth.sessions ?? null,
    known_sessions: payee.kyc_sessions.map(fromStored),
    known_sessions_at: payee.kyc_sessions_at,
  }
  const byReason = new Map<KycClearReason, string[]>()
  for (const request of open) {
    const reason =
      clearReasonOf(request, facts) ??
      (isForgotten(request, payee.now) ? "session_over" : null)
    if (reason === null) continue
    byReason.set(reason, [...(byReason.get(reason) ?? []), request.id])
  }
  let cleared = 0
  for (const [reason, ids] of byReason) {
    const closed = await closeKycRequests(sql, {
      payee_id: payee.id,
      ids,
      reason,
    })
    cleared += closed.length
  }
  return cleared
}

function isForgotten(
  { source, opened_at }: OpenKycRequest,
  now: Date
): boolean {
  return (
    (source === "operator" || source === "vendor") &&
    now.getTime() - opened_at.getTime() > STARTED_KEPT_MS
  )
}

/**
 * Of a request `r`: MassPay carried out a payment of hers, and every request
 * for it that may have counted left after `r` was opened.
 */
const PAYMENT_PASSED = `exists (
  select 1 from masspay_payout p
    join masspay_operation o on o.payout_id = p.id and o.kind in ('load', 'commit')
   where p.payee_id = r.payee_id and o.proof = 'executed'
     and o.key_first_used_at is not null
     and exists (
       select 1 from masspay_attempt a
        where a.operation_id = o.id and a.started_at > r.created_at)
     and not exists (
       select 1 from masspay_attempt a
        where a.operation_id = o.id and a.proof is distinct from 'not_executed'
          and a.started_at <= r.created_at))`

async function openRequests(
  sql: Sql,
  payee_id: string
): Promise<OpenKycRequest[]> {
  return sql.rows<OpenKycRequest>(
    `select r.id, r.source, r.refusal, r.created_at as opened_at,
            ${PAYMENT_PASSED} as payment_passed
       from masspay_kyc_request r
      where r.payee_id = ? and r.state = 'open'
      order by r.created_at, r.id`,
    [payee_id]
  )
}

/** A session that asks for papers again says so although no payment was refused. */
async function openWhatSessionsAsk(
  sql: Sql,
  { payee, truth }: Applying
): Promise<void> {
  const { sessions } = truth
  if (!sessions || !isAskedBySession(sessions)) return
  const newest = newestSession(sessions)
  const before = payee.kyc_sessions.find(
    ({ session_id }) => session_id === newest?.session_id
  )
  // Told once: what was closed by an operator is not opened again.
  if (before?.status === newest?.status) return
  await openKycRequests(sql, {
    payee_id: payee.id,
    vendor_id: payee.vendor_id,
    source: "session",
    refusal: "none",
    papers: [{ kind: "identity", text: null, link: null, link_host: null }],
  })
}

async function writeTruth(
  sql: Sql,
  { payee, truth, has_news }: Applying & { has_news: boolean }
): Promise<void> {
  const { status, sessions = null, looked_up_at } = truth
  const missing = truth.profile_missing
    ? JSON.stringify([...truth.profile_missing])
    : null
  const known = sessions ?? payee.kyc_sessions.map(fromStored)
  const [now] = await sql.rows<{
    papers_wanted: boolean
    has_open: boolean
    payment_passed: boolean
  }>(
    `select y.papers_wanted,
            exists (select 1 from masspay_kyc_request r
                     where r.payee_id = y.id and r.state = 'open') as has_open,
            exists (select 1 from masspay_payout p
                     where p.payee_id = y.id and p.method in ('wallet', 'direct')
                       and p.status = 'completed') as payment_passed
       from masspay_payee y where y.id = ?`,
    [payee.id]
  )
  if (!now) throw new Error(`Payee ${payee.id} does not exist although locked`)
  const kyc_status = kycStatusOf({ status, sessions: known, ...now })
  const isChanged = status !== payee.status
  const isWaiting = status !== "active" || now.has_open
  const reads =
    isChanged || has_news || kyc_status !== payee.kyc_status
      ? 0
      : payee.refresh_reads + 1
  await sql.rows(
    `update masspay_payee
        set status = ?, status_reason = null, status_detail = null,
            truth_as_of = masspay_now(), kyc_status = ?,
            locked_at = case when ? = 'locked' then masspay_now() else locked_at end,
            kyc_sessions = coalesce(?::jsonb, kyc_sessions),
            kyc_sessions_at = case when ?::jsonb is null then kyc_sessions_at
                                   else masspay_now() end,
            -- A change that was made since this reading began knows better.
            profile_missing = case when coalesce(profile_as_of < ?, true)
              then coalesce(?::jsonb, profile_missing) else profile_missing end,
            profile_as_of = case when ?::jsonb is null or profile_as_of >= ?
              then profile_as_of else masspay_now() end,
            refresh_reads = ?,
            refresh_at = masspay_now() + ?::bigint * interval '1 millisecond',
            refresh_lease_until = null,
            -- What was wanted since this reading began is still wanted.
            refresh_wanted_at = case when refresh_wanted_at <= ? then null
                                     else refresh_wanted_at end,
            updated_at = masspay_now()
      where id = ?`,
    [
      status,
      kyc_status,
      status,
      sessions && JSON.stringify(sessions),
      sessions && JSON.stringify(sessions),
      looked_up_at,
      missing,
      missing,
      looked_up_at,
      isWaiting ? reads : 0,
      isWaiting ? refreshDelay(reads - 1) : null,
      looked_up_at,
      payee.id,
    ]
  )
  if (isChanged) await announce(sql, { payee, status })
}

async function announce(
  sql: Sql,
  { payee, status }: { payee: PayeeRow; status: PayeeStatus }
): Promise<void> {
  const name = ANNOUNCED[status]
  if (name !== undefined) {
    await addOutboxEvent(sql, {
      name,
      payload: { id: payee.id, vendor_id: payee.vendor_id },
      cause_key: `payee:${payee.id}:${status}:${payee.now.toISOString()}`,
    })
  }
  // Whatever her payouts were refused for, it may be over.
  if (status === "active") await makeBlockedDue(sql, payee.id)
}

function fromStored({ started_at, ...session }: StoredSession): KycSession {
  return {
    ...session,
    started_at: started_at === null ? null : new Date(started_at),
  }
}
