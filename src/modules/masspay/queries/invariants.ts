import type { Sql } from "./db"
import { MAIN_OPERATION } from "./main-operation"

const VIOLATIONS_MAX = 20

/** Ids and amounts of what is wrong, enough to find it. */
export type Violation = Record<string, string | number | boolean | null>

export type InvariantResult = {
  id: InvariantId
  holds: boolean
  /** At most 20. */
  violations: Violation[]
}

/** When one of these fails, nothing may be sent until a person has looked. */
export const STOPPING_INVARIANTS: readonly InvariantId[] = [
  "I1",
  "I2",
  "I4",
  "I9",
]

const STATEMENTS = {
  // A payout's amount is the sum of its items, and each item is its entry.
  // What was adopted after a restore has no items.
  I1: `
    select 'amount' as problem, p.id as payout_id, p.amount::text as amount,
           coalesce(sum(i.amount), 0)::text as items
      from masspay_payout p
      left join masspay_payout_item i on i.payout_id = p.id
     where p.source_key not like 'adopt:%'
     group by p.id
    having coalesce(sum(i.amount), 0) <> p.amount or count(i.id) = 0
    union all
    select 'entry', i.payout_id, i.amount::text, e.amount::text
      from masspay_payout_item i
      join masspay_payout p on p.id = i.payout_id
      join masspay_ledger_entry e on e.id = i.entry_id
     where (i.amount, p.vendor_id, p.currency_code)
        is distinct from (e.amount, e.vendor_id, e.currency_code)
    union all
    select 'payee', p.id, p.vendor_id, y.vendor_id
      from masspay_payout p join masspay_payee y on y.id = p.payee_id
     where y.vendor_id <> p.vendor_id
        or (p.user_token is not null and not exists (
              select 1 from masspay_payee_user u
               where u.payee_id = p.payee_id and u.user_token = p.user_token))`,
  // An entry is taken at most once; a payout holds all of its items or none.
  I2: `
    select 'taken_twice' as problem, entry_id as id, count(*)::int as items
      from masspay_payout_item where released_at is null
     group by entry_id having count(*) > 1
    union all
    select 'half_released', p.id, count(*) filter (where i.released_at is null)::int
      from masspay_payout p join masspay_payout_item i on i.payout_id = p.id
     group by p.id
    having p.items_released <> bool_and(i.released_at is not null)
        or p.items_released <> bool_or(i.released_at is not null)
    union all
    select 'released_alive', p.id, 0
      from masspay_payout p
     where p.status in ('void', 'reversed') and not p.items_released`,
  // Entries are open or taken, and the list of open ones says the same.
  I3: `
    select 'not_listed' as problem, e.id as entry_id
      from masspay_ledger_entry e
     where not exists (select 1 from masspay_payout_item i
                        where i.entry_id = e.id and i.released_at is null)
       and not exists (select 1 from masspay_open_entry o where o.entry_id = e.id)
    union all
    select 'listed', o.entry_id
      from masspay_open_entry o
      left join masspay_ledger_entry e on e.id = o.entry_id
     where (o.vendor_id, o.currency_code, o.amount, o.available_at)
        is distinct from (e.vendor_id, e.currency_code, e.amount, e.available_at)
        or exists (select 1 from masspay_payout_item i
                    where i.entry_id = o.entry_id and i.released_at is null)`,
  // One key, one payout; one client id and one load or spendback, one operation.
  I4: `
    select 'source_key' as problem, source_key as key, count(*)::int as rows
      from masspay_payout group by source_key having count(*) > 1
    union all
    select 'client_id', client_id, count(*)::int
      from masspay_operation group by client_id having count(*) > 1
    union all
    select 'remote_token', kind || ' ' || remote_token, count(*)::int
      from masspay_operation where remote_token is not null
     group by kind, remote_token having count(*) > 1
    union all
    select 'main_operation', p.id, count(o.id)::int
      from masspay_payout p
      left join masspay_operation o
        on ${MAIN_OPERATION}
     group by p.id
    having count(o.id) filter (where o.kind = 'load')
             <> case when p.method = 'wallet' then 1 else 0 end
        or count(o.id) filter (where o.kind = 'commit')
             <> case when p.method = 'direct' then 1 else 0 end
        or count(o.id) filter (where o.kind = 'spendback')
             <> case when p.method = 'spendback' then 1 else 0 end`,
  // What is booked is what the settlement says, and its lines add up to it.
  I5: `
    select 'booked' as problem, s.id as settlement_id, s.net::text as net,
           coalesce(sum(e.amount), 0)::text as booked
      from masspay_settlement s
      left join masspay_ledger_entry e on e.settlement_id = s.id
     group by s.id
    having case
      when s.held_reason is null then coalesce(sum(e.amount), 0) <> s.net
      when s.revision = 0 then count(e.id) > 0
      when s.held_reason in ('unallocated_refund', 'unknown_currency') then false
      else coalesce(sum(e.amount), 0) > s.net end
    union all
    select 'gross', s.id, s.net::text, s.gross::text
      from masspay_settlement s
     where s.gross <> s.net + s.commission + s.platform
    union all
    select 'lines', s.id, s.net::text, l.net::text
      from masspay_settlement s
     cross join lateral (
       select coalesce(sum((line->>'gross')::bigint), 0) as gross,
              coalesce(sum((line->>'net')::bigint), 0) as net,
              coalesce(sum((line->>'commission')::bigint), 0) as commission,
              coalesce(sum((line->>'platform')::bigint), 0) as platform,
              coalesce(bool_or((line->>'gross')::bigint <> (line->>'net')::bigint
                + (line->>'commission')::bigint + (line->>'platform')::bigint), false) as is_torn
         from jsonb_array_elements(s.lines) line) l
     where l.is_torn or (l.gross, l.net, l.commission, l.platform)
        is distinct from (s.gross, s.net, s.commission, s.platform)
    union all
    select 'revision', s.id, s.revision::text, count(e.id)::text
      from masspay_settlement s
      left join masspay_ledger_entry e on e.settlement_id = s.id
     group by s.id having count(e.id) <> s.revision`,
  // A vendor is not charged more for an order than she was credited for it.
  I6: `
    select 'deficit' as problem, e.settlement_id, sum(e.amount)::text as booked
      from masspay_ledger_entry e
      join masspay_settlement s on s.id = e.settlement_id
     group by e.settlement_id, s.held_reason, s.notice
    having sum(e.amount) < 0 and s.held_reason is null and s.notice is null`,
  // The timeline leads without a gap to where the payout is.
  I7: `
    select 'chain' as problem, payout_id, version
      from (select payout_id, version, from_status,
                   lag(to_status) over steps as previous
              from masspay_payout_event
            window steps as (partition by payout_id order by version)) step
     where from_status is distinct from previous
    union all
    select 'end', p.id, p.version
      from masspay_payout p
      left join lateral (
        select v.to_status, v.version from masspay_payout_event v
         where v.payout_id = p.id order by v.version desc limit 1) last on true
     where last.to_status is distinct from p.status
        or last.version is null or last.version > p.version`,
  // Money that MassPay says the vendor has is money that our books say she has.
  I9: `
    with executed as (
      select p.vendor_id, p.currency_code, sum(p.amount) as amount
        from masspay_payout p
       where exists (
         select 1 from masspay_operation o
          where o.payout_id = p.id
            and o.kind in ('load', 'commit', 'spendback')
            and (o.remote_status = 'COMPLETED'
                 or (o.remote_status = 'PARTLY_REVERSED' and p.status = 'completed')
                 or (p.items_released and o.remote_status in
                   ('SCHEDULED', 'PROCESSING', 'HOLD', 'READY_FOR_PICKUP'))))
       group by p.vendor_id, p.currency_code),
    paid as (
      select p.vendor_id, p.currency_code, sum(i.amount) as amount
        from masspay_payout p
        join masspay_payout_item i on i.payout_id = p.id and i.released_at is null
       where p.status in ('completed', 'reversing')
       group by p.vendor_id, p.currency_code),
    overpaid as (
      select vendor_id, currency_code, sum(amount) as amount
        from masspay_ledger_entry where kind = 'overpayment'
       group by vendor_id, currency_code)
    select 'paid' as problem, vendor_id, currency_code,
           coalesce(executed.amount, 0)::text as executed,
           (coalesce(paid.amount, 0) - coalesce(overpaid.amount, 0))::text as booked
      from executed
      full join paid using (vendor_id, currency_code)
      full join overpaid using (vendor_id, currency_code)
     where coalesce(executed.amount, 0)
        <> coalesce(paid.amount, 0) - coalesce(overpaid.amount, 0)`,
} as const

export type InvariantId = keyof typeof STATEMENTS

/** Checks the books against themselves: one statement for each invariant. Writes nothing. */
export async function checkInvariants(sql: Sql): Promise<InvariantResult[]> {
  const results: InvariantResult[] = []
  for (const [id, statement] of Object.entries(STATEMENTS)) {
    const violations = await sql.rows<Violation>(
      `select * from (${statement}) violation limit ?`,
      [VIOLATIONS_MAX]
    )
    results.push({
      id: id as InvariantId,
      holds: violations.length === 0,
      violations,
    })
  }
  return results
}
