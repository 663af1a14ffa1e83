import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { closeKycRequests } from "./kyc-close"
import { addOutboxEvent } from "./outbox"

/** What a decision about a payee's user is taken from. */
export type PayeeUserFacts = {
  payee_id: string
  vendor_id: string
  user_token: string | null
  found_user_token: string | null
  status_reason: string | null
  has_contact: boolean
  is_busy: boolean
}

/** With `lock`, nobody else links, collects for or unlinks her until the transaction ends. */
export async function payeeUserFacts(
  sql: Sql,
  payee_id: string,
  { lock }: { lock: boolean }
): Promise<PayeeUserFacts | null> {
  const [row] = await sql.rows<PayeeUserFacts>(
    `select p.id as payee_id, p.vendor_id, p.user_token, p.found_user_token,
            p.status_reason,
            p.email is not null and p.first_name is not null
              and p.last_name is not null and p.country_code is not null
              as has_contact,
            coalesce(p.lease_until > masspay_now(), false) as is_busy
       from masspay_payee p where p.id = ? ${lock ? "for update" : ""}`,
    [payee_id]
  )
  return row ?? null
}

/**
 * The payee who has a user, or was paid through her: she is never another's.
 * The same rule as the one that the table's trigger enforces.
 */
export async function ownerOfUser(
  sql: Sql,
  user_token: string
): Promise<string | null> {
  const [row] = await sql.rows<{ payee_id: string }>(
    `select u.payee_id from masspay_payee_user u
      where u.user_token = ?
        and (u.unlinked_at is null or exists (
          select 1 from masspay_payout p
           where p.payee_id = u.payee_id and p.user_token = u.user_token))
      order by u.unlinked_at desc nulls first limit 1`,
    [user_token]
  )
  return row?.payee_id ?? null
}

const NAMED_MAX = 5

/** Why a payee cannot be unlinked now, in plain words; none when she can. Read it under her lock. */
export async function openMattersOf(
  sql: Sql,
  payee_id: string
): Promise<string[]> {
  const [payee] = await sql.rows<{ needs_adoption: boolean }>(
    `select needs_adoption from masspay_payee where id = ?`,
    [payee_id]
  )
  const open = await sql.rows<{ id: string; status: string; count: number }>(
    `select id, status, (count(*) over ())::int as count
       from masspay_payout
      where payee_id = ? and user_token is not null
        and status not in ('completed', 'void', 'reversed')
      order by created_at, id limit ?`,
    [payee_id, NAMED_MAX]
  )
  const [sent] = await sql.rows<{ unproven: number; unknown: number }>(
    `select coalesce(sum(a.unproven) filter (where o.proof = 'none'), 0)::int as unproven,
            (count(*) filter (where o.remote_status = 'UNRECOGNISED'))::int as unknown
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id
      cross join lateral (
        select count(*) as unproven from masspay_attempt a
         where a.operation_id = o.id and a.proof is null) a
      where p.payee_id = ?`,
    [payee_id]
  )
  const reasons: string[] = []
  const [first] = open
  if (first) {
    const named = open.map(({ id, status }) => `${id} (${status})`).join(", ")
    reasons.push(
      `${first.count} of her payouts are not over: ${named}${first.count > open.length ? ", …" : ""}.`
    )
  }
  if (sent && sent.unproven > 0) {
    reasons.push(
      `Of ${sent.unproven} requests nobody knows yet whether MassPay acted on them.`
    )
  }
  if (sent && sent.unknown > 0) {
    reasons.push(
      `Of ${sent.unknown} operations MassPay says something that is not understood here.`
    )
  }
  if (payee?.needs_adoption) {
    reasons.push("What MassPay has paid her was not read in full yet.")
  }
  return reasons
}

/**
 * Unlinks a payee: nothing is collected for her until somebody links her again.
 * Her user stays hers in the history, and is still looked at. Call it under her
 * lock, when `openMattersOf` has found nothing.
 */
export async function unlinkPayee(
  sql: Sql,
  {
    payee_id,
    vendor_id,
    actor,
    reason,
  }: { payee_id: string; vendor_id: string; actor: string; reason: string }
): Promise<void> {
  const [link] = await sql.rows<{ id: string }>(
    `update masspay_payee_user u
        set unlinked_at = masspay_now(), unlinked_by = ?, unlink_reason = ?,
            read_in_full_at = p.read_in_full_at, updated_at = masspay_now()
       from masspay_payee p
      where p.id = ? and u.payee_id = p.id and u.user_token = p.user_token
        and u.unlinked_at is null
      returning u.id`,
    [actor, reason, payee_id]
  )
  if (!link) throw new Error(`Payee ${payee_id} has no link to end`)
  const papers = await sql.rows<{ id: string }>(
    `select id from masspay_kyc_request where payee_id = ? and state = 'open'`,
    [payee_id]
  )
  // They were wanted of a user whom she does not have any more.
  await closeKycRequests(sql, {
    payee_id,
    ids: papers.map(({ id }) => id),
    reason: "operator",
    by: actor,
    note: reason,
  })
  await sql.rows(
    `update masspay_payee
        set user_token = null, status = 'unlinked', status_reason = 'unlinked',
            status_detail = 'An operator unlinked her. She is linked again when somebody asks for it.',
            is_link_held = true, link_wanted_at = null, found_user_token = null,
            found_user_at = null, profile_missing = null, profile_as_of = null,
            truth_as_of = null, lease_owner = null, lease_until = null,
            kyc_status = 'unknown', papers_wanted = false, locked_at = null,
            kyc_sessions = '[]', kyc_sessions_at = null, kyc_probe_id = null,
            kyc_probes = 0, kyc_probe_after = null, refresh_at = null,
            refresh_wanted_at = null, refresh_reads = 0,
            refresh_lease_until = null,
            next_link_at = masspay_now(), updated_at = masspay_now()
      where id = ?`,
    [payee_id]
  )
  await addOutboxEvent(sql, {
    name: MasspayEvents.PAYEE_UNLINKED,
    payload: { id: payee_id, vendor_id },
    cause_key: `payee_user:${link.id}:unlinked`,
  })
}

/** Asks for her to be linked, where no operator has unlinked her. */
export async function wantLinkUnlessHeld(
  sql: Sql,
  payee_id: string
): Promise<void> {
  await sql.rows(
    `update masspay_payee
        set link_wanted_at = masspay_now(), next_link_at = masspay_now(),
            updated_at = masspay_now()
      where id = ? and user_token is null and not is_link_held`,
    [payee_id]
  )
}

/** Lets her be linked again, at once. Returns whose payee it is, or `null`. */
export async function wantLink(
  sql: Sql,
  payee_id: string
): Promise<{ vendor_id: string } | null> {
  const [row] = await sql.rows<{ vendor_id: string }>(
    `update masspay_payee
        set is_link_held = false, next_link_at = masspay_now(),
            link_wanted_at = case when user_token is null then masspay_now() end,
            status_reason = case when status_reason = 'unlinked' then null else status_reason end,
            status_detail = case when status_reason = 'unlinked' then null else status_detail end,
            updated_at = masspay_now()
      where id = ? returning vendor_id`,
    [payee_id]
  )
  return row ?? null
}
