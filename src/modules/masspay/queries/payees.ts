import type { PayeeStatus } from "../../../domain/payout-status"
import type { ProfileField } from "../../../domain/profile"
import { MasspayEvents } from "../../../types/events"
import type { Db, Sql } from "./db"
import { addOutboxEvent } from "./outbox"

const UNIQUE_VIOLATION = "23505"

/** A payee whom this worker may look up or create at MassPay until its lease ends. */
export type PayeeToLink = {
  payee_id: string
  vendor_id: string
  internal_user_id: string
  email: string
  first_name: string
  last_name: string
  business_name: string | null
  /** ISO 3166-1 alpha-2, upper case. */
  country_code: string
  /** Including this one. */
  link_attempts: number
  /** Due money waits for her user, or somebody asked for it. Otherwise she is only sought: she may be one whom a restored database forgot. */
  needs_user: boolean
}

/** Of a payee `p`: everything that MassPay creates a user with is there. */
export const CONTACT_IS_COMPLETE = `(
  p.email is not null and p.first_name is not null
  and p.last_name is not null and p.country_code is not null)`

/** Columns of a payee `p` whom this worker may link. */
const TO_LINK = `p.id as payee_id, p.vendor_id, p.internal_user_id, p.email,
  p.first_name, p.last_name, p.business_name, p.country_code, p.link_attempts`

/**
 * True where these books may have forgotten the MassPay user of the payee `p`,
 * as SQL: they were restored, and she was not sought since.
 */
const MAY_BE_FORGOTTEN = `(
  exists (
    select 1 from masspay_control i
     where i.key = 'database_identity'
       and coalesce(p.read_in_full_at, '-infinity')
             < (i.value->>'noticed_at')::timestamptz))`

const IS_OWED = `(
  exists (
    select 1 from masspay_open_entry o
     where o.vendor_id = p.vendor_id
       and o.available_at <= (select masspay_now())))`

export type LinkOutcome = "linked" | "user_taken" | "lease_lost"

/**
 * Leases up to `limit` payees who have no MassPay user yet and are owed due
 * money, or whose user a restored database may have forgotten; `of: "wanted"`
 * those whom somebody asked for instead, whatever they are owed. Not paused,
 * contact complete, not waiting after a failed try, and not one whom an operator
 * unlinked. Longest waiting first; rows that another worker holds are left to it.
 */
export async function claimPayeesToLink(
  db: Db,
  {
    worker,
    limit,
    lease_ms,
    of = "owed",
    vendor_id = null,
  }: {
    worker: string
    limit: number
    lease_ms: number
    of?: "owed" | "wanted"
    vendor_id?: string | null
  }
): Promise<PayeeToLink[]> {
  const wanted = of === "wanted"
  return db.rows<PayeeToLink>(
    `with due as materialized (
       select p.id, ${wanted ? "true" : IS_OWED} as needs_user
         from masspay_payee p
        where p.user_token is null
          and p.status in ('unlinked', 'linking')
          and not p.is_paused and not p.is_link_held
          and ${CONTACT_IS_COMPLETE}
          and p.next_link_at <= (select masspay_now())
          and (p.lease_until is null or p.lease_until <= (select masspay_now()))
          and p.vendor_id = coalesce(?::text, p.vendor_id)
          and ${wanted ? "p.link_wanted_at is not null" : `(${IS_OWED} or ${MAY_BE_FORGOTTEN})`}
        order by p.next_link_at, p.id
        limit ?
          for update skip locked)
     update masspay_payee p
        set status = 'linking', lease_owner = ?,
            lease_until = masspay_now() + ? * interval '1 millisecond',
            link_attempts = p.link_attempts + 1, updated_at = masspay_now()
       from due where p.id = due.id
     returning ${TO_LINK}, due.needs_user`,
    [vendor_id, limit, worker, lease_ms]
  )
}

/**
 * Leases the payee whose found user an operator confirms, or `null` when she is
 * linked, somebody else links her, or another user than `found_user_token` was
 * found meanwhile.
 */
export async function claimPayeeToConfirm(
  db: Db,
  {
    payee_id,
    found_user_token,
    worker,
    lease_ms,
  }: {
    payee_id: string
    found_user_token: string
    worker: string
    lease_ms: number
  }
): Promise<PayeeToLink | null> {
  const [payee] = await db.rows<PayeeToLink>(
    `update masspay_payee p
        set status = 'linking', lease_owner = ?,
            lease_until = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
      where p.id = ? and p.user_token is null and p.found_user_token = ?
        and ${CONTACT_IS_COMPLETE}
        and (p.lease_until is null or p.lease_until <= masspay_now())
     returning ${TO_LINK}, true as needs_user`,
    [worker, lease_ms, payee_id, found_user_token]
  )
  return payee ?? null
}

/**
 * Ties the payee to her MassPay user until an operator unlinks her. A user that
 * another payee has, or was paid through, is refused (`user_taken`): it would
 * pay the wrong person, so the payee stays unlinked for an operator.
 */
export async function recordLinked(db: Db, link: Link): Promise<LinkOutcome> {
  try {
    return await db.tx((sql) => writeLink(sql, link))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await recordNotLinked(db, {
      payee_id: link.payee_id,
      worker: link.worker,
      reason: "user_taken",
      detail:
        "MassPay's user for this vendor belongs to another vendor here. Somebody has to decide whose it is.",
      retry_in_ms: RETRY_TAKEN_IN_MS,
    })
    return "user_taken"
  }
}

/** Only a person can solve it; asking again now and then shows when they did. */
const RETRY_TAKEN_IN_MS = 24 * 3_600_000

export type Link = {
  payee_id: string
  worker: string
  user_token: string
  status: PayeeStatus
  /** She was at MassPay already: these books may have forgotten what she was paid. */
  was_found: boolean
  /** What a payout needs and MassPay does not have; left out: it was not read. */
  profile_missing?: readonly ProfileField[] | undefined
}

/** Throws a violation of uniqueness where the user is another payee's. */
export async function writeLink(sql: Sql, link: Link): Promise<LinkOutcome> {
  const missing = link.profile_missing
    ? JSON.stringify([...link.profile_missing])
    : null
  const [linked] = await sql.rows<{ vendor_id: string; link_id: string }>(
    `with linked as (
       update masspay_payee
          set user_token = ?, status = ?, status_reason = null,
              status_detail = null, lease_owner = null, lease_until = null,
              found_user_token = null, found_user_at = null,
              is_link_held = false, link_wanted_at = null,
              profile_missing = ?::jsonb,
              profile_as_of = case when ?::jsonb is not null then masspay_now() end,
              needs_adoption = ?, truth_as_of = masspay_now(),
              updated_at = masspay_now()
        where id = ? and lease_owner = ? and user_token is null
        returning id, vendor_id)
     select vendor_id,
            (select count(*) from masspay_payee_user u
              where u.payee_id = linked.id)::text as link_id
       from linked`,
    [
      link.user_token,
      link.status,
      missing,
      missing,
      link.was_found,
      link.payee_id,
      link.worker,
    ]
  )
  if (!linked) return "lease_lost"
  await addOutboxEvent(sql, {
    name: MasspayEvents.PAYEE_LINKED,
    payload: { id: link.payee_id, vendor_id: linked.vendor_id },
    // The number of users whom she had before.
    cause_key: `payee:${link.payee_id}:linked:${linked.link_id}`,
  })
  return "linked"
}

/** Whoever asked for her to be linked has to do something first. */
const FOR_A_PERSON = [
  "user_not_ours",
  "user_taken",
  "user_not_found",
  "contact_rejected",
]

/** Gives the payee back, to be tried again after `retry_in_ms`. Returns whether the lease was still held. */
export async function recordNotLinked(
  db: Db,
  {
    payee_id,
    worker,
    reason,
    detail,
    retry_in_ms,
    found_user_token = null,
  }: {
    payee_id: string
    worker: string
    /** Stable code. */
    reason: string
    /** Plain words for an operator. */
    detail: string
    retry_in_ms: number
    /** Whom MassPay named and an operator may confirm. */
    found_user_token?: string | null
  }
): Promise<boolean> {
  const rows = await db.rows(
    `update masspay_payee
        set status = 'unlinked', status_reason = ?, status_detail = ?,
            found_user_token = ?::text,
            found_user_at = case when ?::text is not null then masspay_now() end,
            link_wanted_at = case when ? = any(?) then null else link_wanted_at end,
            next_link_at = masspay_now() + ? * interval '1 millisecond',
            lease_owner = null, lease_until = null, updated_at = masspay_now()
      where id = ? and lease_owner = ? and user_token is null
      returning id`,
    [
      reason,
      detail,
      found_user_token,
      found_user_token,
      reason,
      FOR_A_PERSON,
      retry_in_ms,
      payee_id,
      worker,
    ]
  )
  return rows.length === 1
}

/** MassPay has no user of hers, and nothing waits for one: she is as she was, and is not sought again. */
export async function recordSought(
  db: Db,
  { payee_id, worker }: { payee_id: string; worker: string }
): Promise<void> {
  await db.rows(
    `update masspay_payee
        set status = 'unlinked', status_reason = null, status_detail = null,
            link_attempts = 0, found_user_token = null, found_user_at = null,
            lease_owner = null, lease_until = null,
            read_in_full_at = masspay_now(), updated_at = masspay_now()
      where id = ? and lease_owner = ? and user_token is null`,
    [payee_id, worker]
  )
}

export function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION
  )
}
