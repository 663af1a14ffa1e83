import { PAID_STATUSES, RELEASED_STATUSES } from "../../../domain/statement"

/** As SQL: the members of `in (…)`. */
export const listed = (statuses: readonly string[]): string =>
  statuses.map((status) => `'${status}'`).join(", ")

/**
 * Everything that ever changed what a vendor is owed in one currency, as SQL
 * over `c (vendor_id, currency_code)`: her entries, and the steps at which a
 * payout began or ceased to have paid. `amount` is the change, `at` when it was
 * written; the sum of those before an instant is the balance at that instant.
 *
 * What a step changes depends on it and on the steps before it alone, so a line
 * that was there once is there for ever.
 */
export const LINES_OF_C = `
  select e.created_at as at, e.id, e.amount, e.kind, null::text as method,
         e.id as entry_id, null::text as payout_id, null::boolean as is_paid
    from masspay_ledger_entry e
   where e.vendor_id = c.vendor_id and e.currency_code = c.currency_code
  union all
  select step.created_at, step.id,
         case when step.is_paid then -p.amount else p.amount end, null, p.method,
         null, p.id, step.is_paid
    from masspay_payout p
   cross join lateral (
     select paid.*, lag(paid.is_paid, 1, false) over (order by paid.version) as was_paid
       from (select v.id, v.version, v.created_at,
                    v.to_status in (${listed(PAID_STATUSES)})
                      and not bool_or(v.to_status in (${listed(RELEASED_STATUSES)}))
                        over (order by v.version
                               rows between unbounded preceding and current row) as is_paid
               from masspay_payout_event v
              where v.payout_id = p.id) paid) step
   where p.vendor_id = c.vendor_id and p.currency_code = c.currency_code
     and p.amount <> 0 and step.is_paid <> step.was_paid`
