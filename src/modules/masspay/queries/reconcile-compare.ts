import type { OurSide, Pair, TheirSide } from "../../../domain/compare"
import type {
  PayeeStatus,
  PayoutMethod,
  PayoutStatus,
} from "../../../domain/payout-status"
import { isQuotedAmount } from "../../../domain/quotes"
import type { PayeeToRead } from "./adopt"
import type { Sql } from "./db"
import { MAIN_OPERATION } from "./main-operation"
import type { PayoutToLookUp } from "./resolve"

/** A pair of the comparison with what names it. */
export type ComparedPair = Pair & {
  operation_id: string | null
  payout_id: string | null
  payee_id: string | null
  vendor_id: string | null
  payout_version: number | null
  /** How long it has been completed, in milliseconds. */
  completed_for_ms: number | null
}

type Row = {
  operation_id: string | null
  payout_id: string | null
  payee_id: string | null
  vendor_id: string | null
  payout_version: number | null
  completed_for_ms: number | null
  method: PayoutMethod | null
  status: PayoutStatus | null
  amount: string | null
  currency_code: string | null
  user_token: string | null
  remote_token: string | null
  counted: boolean | null
  is_reversed: boolean | null
  is_lease_over: boolean | null
  their_token: string | null
  their_type: string | null
  their_status: string | null
  their_amount: string | null
  their_fee: string | null
  their_currency_code: string | null
  their_user_token: string | null
  their_client_id: string | null
  live_copies: number
}

const LIVE = `r.remote_status <> 'CANCELLED'`

/** A direct payout that was reversed whole stays completed as MassPay tells it, as SQL. */
const IS_REVERSED = `(
  o.remote_status = 'REVERSED' and not p.counted
  and t.remote_status = 'COMPLETED')`

/**
 * Where what MassPay shows (`t`) and what the books have (`p`, of the operation
 * `o`) certainly agree, as SQL: such pairs are not looked at any further. It may
 * leave out one that agrees, never take in one that does not; what a pair is, is
 * for `comparePair`.
 */
export const IS_EQUAL = `(
  o.remote_token = t.token
  and (t.user_token is null or t.user_token = p.user_token)
  and (t.source_amount is null or t.source_amount = abs(p.amount)
       -- The vendor bears the fee.
       or (o.kind = 'commit'
           and p.amount - t.source_amount - coalesce(t.fee, 0) in (0, 1)))
  and (t.source_currency_code is null or t.source_currency_code = p.currency_code)
  and case p.status
        when 'completed' then t.remote_status = 'COMPLETED'
        when 'cancelled' then t.remote_status = 'CANCELLED' or ${IS_REVERSED}
        when 'accepted' then t.remote_status in ('SCHEDULED', 'PROCESSING', 'HOLD', 'READY_FOR_PICKUP')
        when 'void' then ${IS_REVERSED} or (
          t.remote_status in ('COMPLETED', 'CANCELLED')
          and (t.remote_status = 'COMPLETED') = p.counted)
        when 'reversed' then ${IS_REVERSED} or (
          t.remote_status in ('COMPLETED', 'CANCELLED')
          and (t.remote_status = 'COMPLETED') = p.counted)
        else false
      end)`

/**
 * What belongs to our operations, of the staged transactions `r`, as SQL. Of
 * direct payouts those under our names: quotes that nobody committed, also those
 * that MassPay calls cancelled once they are over, are nothing that happened.
 */
export const IS_OURS = `(
  r.type in ('load', 'spendback')
  or (r.type = 'payout' and r.client_id is not null and r.remote_status <> 'PENDING'
      and (r.remote_status <> 'CANCELLED' or exists (
        select 1 from masspay_operation c
         where c.kind = 'commit' and c.remote_token = r.token))))`

/** The kind of our operation that a staged transaction `r` is of, as SQL. */
export const KIND = `case r.type when 'payout' then 'commit' else r.type end as kind`

/** Transactions of MassPay's with the operation that they belong to: by token, else by client id. */
export const JOINED = `theirs t
      left join masspay_operation a on a.kind = t.kind and a.remote_token = t.token
      left join masspay_operation b on a.id is null and b.kind = t.kind
        and b.client_id = t.client_id
      left join masspay_operation o on o.id = coalesce(a.id, b.id)
      left join masspay_payout p on p.id = o.payout_id`

/**
 * Everything of one user that her own lists, read since `began_at`, say otherwise
 * than the books, and what of ours they do not show.
 */
export async function differencesOfUser(
  sql: Sql,
  { user_token, began_at }: { user_token: string; began_at: Date }
): Promise<ComparedPair[]> {
  const rows = await sql.rows<Row>(
    `with theirs as materialized (
       select r.*, ${KIND}, count(*) filter (where ${LIVE}) over (
                partition by r.type, coalesce(r.client_id, r.token))::int as live_copies
         from masspay_remote_transaction r
        where r.user_token = ? and ${IS_OURS}
          and r.last_seen_at >= ?::timestamptz),
     payee as (
       select payee_id, vendor_id from masspay_payee_user where user_token = ?
        order by unlinked_at desc nulls first limit 1),
     pairs as (
       select o.id as operation_id, t.token as their_token
         from ${JOINED}
        where o.id is null or not ${IS_EQUAL} or t.live_copies > 1
       union all
       select o.id, null
         from masspay_payout p
         join payee on payee.payee_id = p.payee_id
         join masspay_operation o on ${MAIN_OPERATION}
        where p.user_token = ?
          and p.status in ('completed', 'unknown', 'sending')
          and not exists (select 1 from theirs t
                           where t.kind = o.kind
                             and (t.token = o.remote_token or t.client_id = o.client_id)))
     select o.id as operation_id, p.id as payout_id,
            coalesce(p.payee_id, payee.payee_id) as payee_id,
            coalesce(p.vendor_id, payee.vendor_id) as vendor_id,
            p.version as payout_version, p.method, p.status,
            p.amount::text as amount, p.currency_code, p.user_token,
            o.remote_token, p.counted,
            o.remote_status is not distinct from 'REVERSED' as is_reversed,
            (p.lease_until is null or p.lease_until <= (select masspay_now())) as is_lease_over,
            (extract(epoch from (select masspay_now()) - p.completed_at) * 1000)::float8
              as completed_for_ms,
            t.token as their_token, t.type as their_type,
            t.remote_status as their_status, t.source_amount::text as their_amount,
            t.fee::text as their_fee,
            t.source_currency_code as their_currency_code,
            t.user_token as their_user_token, t.client_id as their_client_id,
            coalesce(t.live_copies, 0) as live_copies
       from pairs
       left join masspay_operation o on o.id = pairs.operation_id
       left join masspay_payout p on p.id = o.payout_id
       left join theirs t on t.token = pairs.their_token
       left join payee on true
      order by coalesce(o.id, ''), coalesce(t.token, '')`,
    [user_token, began_at, user_token, user_token]
  )
  return rows.map(pairOf)
}

function pairOf(row: Row): ComparedPair {
  return {
    operation_id: row.operation_id,
    payout_id: row.payout_id,
    payee_id: row.payee_id,
    vendor_id: row.vendor_id,
    payout_version: row.payout_version,
    completed_for_ms: row.completed_for_ms,
    ours: oursOf(row),
    theirs: theirsOf(row),
  }
}

function oursOf(row: Row): OurSide | null {
  const { method, status, amount, currency_code } = row
  if (
    method === null ||
    status === null ||
    amount === null ||
    currency_code === null
  ) {
    return null
  }
  return {
    method,
    status,
    amount: BigInt(amount),
    currency_code,
    user_token: row.user_token,
    remote_token: row.remote_token,
    counted: row.counted ?? false,
    is_reversed: row.is_reversed ?? false,
    is_lease_over: row.is_lease_over ?? false,
  }
}

function theirsOf(row: Row): TheirSide | null {
  const { their_token, their_status, their_amount } = row
  if (their_token === null || their_status === null) return null
  const amount = their_amount === null ? null : BigInt(their_amount)
  return {
    token: their_token,
    status: their_status,
    amount: amount === null ? null : asOurs(amount, row),
    currency_code: row.their_currency_code,
    user_token: row.their_user_token,
    client_id: row.their_client_id,
    live_copies: row.live_copies,
    is_of_a_payee: row.payee_id !== null,
  }
}

/** As payouts have it: what is taken back is negative, and a fee that she bears is part of it. */
function asOurs(
  amount: bigint,
  { their_type, their_fee, amount: ours }: Row
): bigint {
  if (their_type === "spendback") return -amount
  if (their_type !== "payout" || ours === null) return amount
  const listed = { source_amount: amount, fee: BigInt(their_fee ?? 0) }
  return isQuotedAmount(BigInt(ours), listed) ? BigInt(ours) : amount
}

/**
 * Payouts of which nobody knows whether they were executed, as they were before
 * the lists were asked for: what those do not show is applied to that version.
 */
export async function unknownBefore(
  sql: Sql,
  { payout_ids, began_at }: { payout_ids: readonly string[]; began_at: Date }
): Promise<PayoutToLookUp[]> {
  const rows = await sql.rows<
    Omit<PayoutToLookUp, "amount"> & { amount: string }
  >(
    `select id as payout_id, payee_id, vendor_id, method, version, status,
            block_reason, amount::text as amount, currency_code, source_token,
            created_at
       from masspay_payout
      where id = any(?) and status = 'unknown' and updated_at < ?::timestamptz
      order by created_at, id`,
    [payout_ids, began_at]
  )
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
}

/**
 * Users of payees for whom anything was made since `since`, active or not, also
 * those an operator unlinked. In order of their tokens, after `after`.
 */
export async function usersPaidSince(
  sql: Sql,
  { since, after, limit }: { since: Date; after: string; limit: number }
): Promise<string[]> {
  const rows = await sql.rows<{ user_token: string }>(
    `select distinct u.user_token from masspay_payee_user u
      where u.user_token > ?
        and exists (select 1 from masspay_payout p
                     where p.payee_id = u.payee_id and p.method <> 'netting'
                       and p.user_token = u.user_token
                       and p.created_at >= ?::timestamptz)
      order by u.user_token limit ?`,
    [after, since, limit]
  )
  return rows.map(({ user_token }) => user_token)
}

export type PayeeOfUser = PayeeToRead & {
  vendor_id: string
  status: PayeeStatus
  /** Her money from before a restore, or from before she was found, is not in the books yet. */
  needs_adoption: boolean
  /** Whether she has this user now. */
  is_hers: boolean
}

/** Whose user it is or was; `null` where nobody's. */
export async function payeeOfUser(
  sql: Sql,
  user_token: string
): Promise<PayeeOfUser | null> {
  const [row] = await sql.rows<PayeeOfUser>(
    `select y.id as payee_id, y.vendor_id, u.user_token, y.status,
            coalesce(y.user_token = u.user_token, false) as is_hers,
            case when y.user_token = u.user_token then y.needs_adoption
                 else u.needs_adoption end as needs_adoption
       from masspay_payee_user u join masspay_payee y on y.id = u.payee_id
      where u.user_token = ?
      order by u.unlinked_at desc nulls first limit 1`,
    [user_token]
  )
  return row ?? null
}

/** What every client id of this shop begins with, after MassPay's own letters. */
export async function tagOf(sql: Sql): Promise<string> {
  const [row] = await sql.rows<{ tag: string }>(
    `select tag from masspay_installation`
  )
  if (!row) throw new Error("These books belong to nobody")
  return row.tag
}
