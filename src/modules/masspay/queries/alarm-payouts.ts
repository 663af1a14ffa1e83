import { ALARM_AFTER } from "../../../domain/incidents"
import type { Sql } from "./db"
import { PAYEE_IS_FIT, WALLET_IS_FIT } from "./dispatch-ready"
import { amountText } from "./dto"
import { PAYOUT_IS_HELD } from "./hold-facts"
import type { IncidentCause } from "./incidents"

/** So many of a kind that are not open yet are opened by one look; the next one goes on. */
const NEW_MAX = 100
/** More are not counted. */
const COUNT_MAX = 1_000

type PayoutRow = {
  id: string
  vendor_id: string
  amount: string
  currency_code: string
  detail: string | null
}

/** Payouts of which nobody can prove whether they were executed: one alarm each. */
export async function parkedPayouts(sql: Sql): Promise<IncidentCause[]> {
  const rows = await sql.rows<PayoutRow>(
    `select p.id, p.vendor_id, abs(p.amount)::text as amount, p.currency_code,
            p.review_reason as detail
       from masspay_payout p
      where p.status = 'needs_review' and ${openOrFirst("payout_parked")}
      order by p.created_at, p.id`,
    [NEW_MAX]
  )
  return rows.map(({ id, vendor_id, amount, currency_code, detail }) => ({
    kind: "payout_parked",
    cause_key: `payout_parked:${id}`,
    subject_type: "payout",
    subject_id: id,
    vendor_id,
    detail: {
      amount: amountText(amount, currency_code),
      currency_code,
      reason: detail,
    },
  }))
}

/**
 * Payouts that were completed and are cancelled now, until MassPay's word is
 * final; and those whose money was released, that were paid after all, for as
 * long as their vendor owes because of it.
 */
export async function flippedPayouts(sql: Sql): Promise<IncidentCause[]> {
  const rows = await sql.rows<PayoutRow>(
    `select p.id, p.vendor_id, abs(p.amount)::text as amount, p.currency_code,
            'cancelled' as detail, p.created_at
       from masspay_payout p
      where p.status = 'cancelled'
        and exists (select 1 from masspay_payout_event e
                     where e.payout_id = p.id and e.to_status = 'completed')
        and ${openOrFirst("payout_flipped")}
     union all
     select p.id, p.vendor_id, abs(p.amount)::text, p.currency_code,
            'paid_after_release', p.created_at
       from masspay_payout p
      where p.items_released and p.status in ('accepted', 'completed')
        -- Of what was found after a restore operators hear as of that.
        and p.source_key not like 'adopt:%'
        and (select coalesce(sum(o.amount), 0) from masspay_open_entry o
              where o.vendor_id = p.vendor_id
                and o.currency_code = p.currency_code) < 0
        and ${openOrFirst("payout_flipped")}
      order by created_at, id`,
    [NEW_MAX, NEW_MAX]
  )
  return rows.map(({ id, vendor_id, amount, currency_code, detail }) => ({
    kind: "payout_flipped",
    cause_key: `payout_flipped:${id}`,
    subject_type: "payout",
    subject_id: id,
    vendor_id,
    detail: {
      amount: amountText(amount, currency_code),
      currency_code,
      now: detail,
    },
  }))
}

/** Those of `p` that an incident is open for, and the oldest of the others. */
function openOrFirst(kind: "payout_parked" | "payout_flipped"): string {
  const status =
    kind === "payout_parked"
      ? `q.status = 'needs_review'`
      : `(q.status = 'cancelled' or (q.items_released and q.status in ('accepted', 'completed')))`
  const isOpen = (payout: string) => `exists (
    select 1 from masspay_incident i
     where i.state = 'open' and i.cause_key = '${kind}:' || ${payout}.id)`
  return `(${isOpen("p")} or p.id in (
    select q.id from masspay_payout q
     where ${status} and not ${isOpen("q")}
     order by q.created_at, q.id limit ?))`
}

type Counted = { count: number; oldest_at: Date | null }

/** Payouts whose outcome was looked for in vain for hours: one alarm for all of them. */
export async function unknownPayouts(sql: Sql): Promise<IncidentCause[]> {
  const [row] = await sql.rows<Counted>(
    `select count(*)::int as count, min(unknown_since) as oldest_at
       from masspay_payout
      where status = 'unknown'
        and unknown_since <= masspay_now() - ? * interval '1 millisecond'`,
    [ALARM_AFTER.unknown_ms]
  )
  return countedCause("payout_unknown", row)
}

/** Since when the ready payout `p` is ready, however often it was tried since. */
const READY_SINCE = `(
  select max(e.created_at) from masspay_payout_event e
   where e.payout_id = p.id and e.to_status = 'ready'
     and e.event in ('collected', 'approved', 'unblocked', 'resend_confirmed',
                     'not_found', 'resend_allowed'))`

/**
 * Payouts that nothing keeps from being sent, and that are not. What waits
 * because MassPay is away, because sending is stopped or because a wallet is
 * empty is another alarm's.
 */
export async function waitingPayouts(sql: Sql): Promise<IncidentCause[]> {
  const [row] = await sql.rows<Counted>(
    `with kept_back as (
       select exists (
         select 1 from masspay_control
          where (key = 'circuit' and value->>'state' = 'open')
             or (key = 'dispatch_stop' and value->>'stopped' = 'true')
             or (key = 'dispatch_refused' and value->>'refused' = 'true')
             or (key = 'dispatch_pause'
                 and (value->>'until')::timestamptz > masspay_now())
             or (key = 'database_identity' and value->>'state' <> 'known')
             or (key = 'job:masspay-dispatch-payouts'
                 and greatest((value->>'finished')::timestamptz,
                              (value->>'since')::timestamptz)
                       <= masspay_now() - interval '10 minutes')) as yes),
     -- Nothing is late that nobody was there to send.
     awake as (
       select max((value->>'since')::timestamptz) as since from masspay_control
        where key = 'job:masspay-dispatch-payouts'),
     late as (
       select greatest(${READY_SINCE}, (select since from awake)) as since
         from masspay_payout p
         join masspay_payee e on e.id = p.payee_id
        where p.status = 'ready' and p.method = 'wallet'
          and p.created_at <= (select masspay_now()) - ? * interval '1 millisecond'
          and p.next_attempt_at <= (select masspay_now())
          and p.approval in ('not_required', 'approved')
          and ${PAYEE_IS_FIT}
          and not coalesce(${PAYOUT_IS_HELD}, true)
          and ${WALLET_IS_FIT}
          and not exists (select 1 from masspay_action_request r
                           where r.payout_id = p.id and r.state = 'proposed')
          and not (select yes from kept_back)
        order by p.created_at, p.id
        limit ?)
     select count(*)::int as count, min(since) as oldest_at from late
      where since <= masspay_now() - ? * interval '1 millisecond'`,
    [ALARM_AFTER.waiting_ms, COUNT_MAX, ALARM_AFTER.waiting_ms]
  )
  return countedCause("payout_waiting", row)
}

function countedCause(
  kind: "payout_unknown" | "payout_waiting",
  row: Counted | undefined
): IncidentCause[] {
  if (!row || row.count === 0) return []
  return [
    {
      kind,
      cause_key: kind,
      subject_type: "payouts",
      detail: {
        count: row.count,
        oldest_at: row.oldest_at?.toISOString() ?? null,
      },
    },
  ]
}
