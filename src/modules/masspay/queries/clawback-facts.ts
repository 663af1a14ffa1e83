import type {
  ClawbackFacts,
  ClawbackPayout,
  NegativeEntry,
} from "../../../domain/clawback"
import { VISIBILITY_DELAY_MS } from "../../../domain/lookup-timing"
import { type EntryFacts, openEntriesOf, payeesOf } from "./collect-facts"
import { areOrdersSwept } from "./database-identity"
import type { Sql } from "./db"
import { databaseNow } from "./settlements"
import { refusedBefore } from "./spendback-refused"
import { TAKE_BACK_WAS_TRIED } from "./take-back-reads"
import { IS_UNSENT } from "./void-unsent"

export type ClawbackTarget = {
  payee_id: string
  user_token: string | null
  facts: Omit<ClawbackFacts, "wallet">
}

/**
 * What is known about what one vendor has too much of in one currency. Locks
 * the payee; `null` where there is none.
 */
export async function clawbackTarget(
  sql: Sql,
  { vendor_id, currency_code }: { vendor_id: string; currency_code: string }
): Promise<ClawbackTarget | null> {
  const are_orders_swept = await areOrdersSwept(sql)
  const [payee] = await payeesOf(sql, [vendor_id], { lock: true })
  if (!payee) return null
  const byCurrency = (await openEntriesOf(sql, [vendor_id])).get(vendor_id)
  const open = byCurrency?.get(currency_code) ?? []
  const now = await databaseNow(sql)
  const negatives = open.filter((entry) => entry.amount < 0n)
  const facts = {
    open: sum(open),
    due: sum(
      open.filter((entry) => !entry.is_held && entry.available_at <= now)
    ),
    negatives: await asNegatives(sql, negatives),
    payouts: await payoutsOf(sql, {
      payee_id: payee.id,
      currency_code,
      negatives,
    }),
    are_orders_swept,
    may_be_debited:
      payee.status === "active" &&
      !payee.is_paused &&
      !payee.needs_adoption &&
      payee.user_token !== null,
  }
  return { payee_id: payee.id, user_token: payee.user_token, facts }
}

async function asNegatives(
  sql: Sql,
  negatives: readonly EntryFacts[]
): Promise<NegativeEntry[]> {
  const refused = await refusedBefore(
    sql,
    negatives.map((entry) => entry.id)
  )
  return negatives.map(({ id, amount, created_at, is_held }) => ({
    id,
    amount,
    created_at,
    is_held,
    was_refused: refused.has(id),
  }))
}

/**
 * Payouts that have not ended, and those that are done and paid for an order
 * that something is now taken off, or are themselves what was paid too much.
 */
async function payoutsOf(
  sql: Sql,
  {
    payee_id,
    currency_code,
    negatives,
  }: {
    payee_id: string
    currency_code: string
    negatives: readonly EntryFacts[]
  }
): Promise<ClawbackPayout[]> {
  const rows = await sql.rows<
    Omit<ClawbackPayout, "amount"> & { amount: string }
  >(
    `with related as materialized (
       select i.payout_id as id
         from masspay_ledger_entry e
         join masspay_payout_item i on i.entry_id = e.id
        where e.settlement_id = any(?) and i.released_at is null
       union
       select split_part(e.source_key, ':', 2)
         from masspay_ledger_entry e
        where e.id = any(?) and e.kind = 'overpayment')
     select p.id, p.method, p.status, p.amount::text as amount, p.remote_status,
            ${IS_UNSENT} as is_unsent,
            p.id in (select id from related) as is_related,
            exists (select 1 from masspay_operation t
                     where t.payout_id = p.id and t.kind = 'reverse'
                       and ${TAKE_BACK_WAS_TRIED}) as was_reversed,
            exists (select 1 from masspay_operation t
                     where t.payout_id = p.id and t.kind = 'cancel'
                       and ${TAKE_BACK_WAS_TRIED}) as was_cancelled,
            p.created_at
       from masspay_payout p
      where p.payee_id = ? and p.currency_code = ?
        and (p.status in ('pending', 'ready', 'blocked', 'sending', 'unknown',
                          'needs_review', 'accepted', 'cancelled', 'reversing')
             or (p.status = 'completed' and p.id in (select id from related)))
      order by p.created_at, p.id`,
    [
      negatives.flatMap((entry) => entry.settlement_id ?? []),
      negatives.map((entry) => entry.id),
      VISIBILITY_DELAY_MS,
      payee_id,
      currency_code,
    ]
  )
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }))
}

function sum(entries: readonly EntryFacts[]): bigint {
  return entries.reduce((total, { amount }) => total + amount, 0n)
}
