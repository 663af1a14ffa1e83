import {
  type CollectVerdict,
  decideOnSums,
  type NotPaidReason,
  type OpenSums,
  planCollect,
} from "../../../domain/collect"
import type {
  AdminPayoutPreviewRow,
  AdminPayoutPreviewTotal,
} from "../../../types/http"
import {
  type CollectPolicy,
  openEntriesOf,
  type PayeeFacts,
  payeesOf,
} from "./collect-facts"
import { readTerms } from "./collect-terms"
import type { Db, Sql } from "./db"
import { amountText, isoOrNull } from "./dto"
import { HELD_ENTRIES, holdOf, type HoldRow } from "./hold-facts"
import { databaseNow } from "./settlements"

export type PreviewFilters = {
  vendor_id?: string | undefined
  /** Upper case. */
  currency_code?: string | undefined
  reason?: NotPaidReason | undefined
}

/** What the next collect would do with a vendor's open money in one currency, and why. */
export type PreviewRow = AdminPayoutPreviewRow

type Decided = {
  payee: PayeeFacts
  currency_code: string
  verdict: CollectVerdict
}

const VENDORS_PER_READ = 1_000

/**
 * Reads only, and decides with the same rules as `collectDue`. Pages are of
 * vendors, by id; a vendor has one row for each currency. `count` is the number
 * of vendors who match, `totals` are of all of them. Vendors are read a
 * thousand at a time and by their sums, however many there are.
 */
export async function previewCollect(
  db: Db,
  {
    policy,
    filters = {},
    limit,
    offset,
  }: {
    policy: CollectPolicy
    filters?: PreviewFilters
    limit: number
    offset: number
  }
): Promise<{
  rows: PreviewRow[]
  count: number
  totals: AdminPayoutPreviewTotal[]
}> {
  const now = await databaseNow(db)
  const rows: PreviewRow[] = []
  const totals = new Totals()
  let count = 0
  let after = ""
  for (;;) {
    const vendors = await vendorsWithOpenMoney(db, { filters, after })
    const decided = await decideFor(db, { vendors, filters, policy, now })
    for (const vendor_id of vendors) {
      const matching = (decided.get(vendor_id) ?? []).filter(
        ({ verdict }) => (filters.reason ?? verdict.reason) === verdict.reason
      )
      if (matching.length === 0) continue
      if (count >= offset && count < offset + limit) {
        rows.push(...matching.map(previewOf))
      }
      count += 1
      for (const each of matching) totals.add(each)
    }
    const last = vendors.at(-1)
    if (last === undefined || vendors.length < VENDORS_PER_READ) {
      return { rows, count, totals: totals.all() }
    }
    after = last
  }
}

async function vendorsWithOpenMoney(
  sql: Sql,
  { filters, after }: { filters: PreviewFilters; after: string }
): Promise<string[]> {
  const { vendor_id, currency_code } = filters
  // Written out: behind a `coalesce`, Postgres expects a handful of vendors and reads them all.
  const rows = await sql.rows<{ vendor_id: string }>(
    `select p.vendor_id
       from masspay_payee p
      cross join lateral (
        select from masspay_open_entry o
         where o.vendor_id = p.vendor_id ${currency_code ? "and o.currency_code = ?" : ""}
         limit 1) open
      where p.vendor_id > ? ${vendor_id ? "and p.vendor_id = ?" : ""}
      order by p.vendor_id limit ?`,
    [
      ...(currency_code ? [currency_code] : []),
      after,
      ...(vendor_id ? [vendor_id] : []),
      VENDORS_PER_READ,
    ]
  )
  return rows.map((row) => row.vendor_id)
}

/** What is decided about these vendors, in the order of their currencies. */
async function decideFor(
  sql: Sql,
  {
    vendors,
    filters,
    policy,
    now,
  }: {
    vendors: readonly string[]
    filters: PreviewFilters
    policy: CollectPolicy
    now: Date
  }
): Promise<Map<string, Decided[]>> {
  const payees = await payeesOf(sql, vendors, { lock: false })
  const known = await readTerms(sql, { vendor_ids: vendors, policy, now })
  const sums = await openSums(sql, {
    vendors: payees.map((payee) => ({
      vendor_id: payee.vendor_id,
      last: known.lastMoment(payee),
    })),
    currency_code: filters.currency_code ?? null,
    now,
  })
  const reserved = payees.filter((payee) => known.hasReserve(payee))
  // What lies above a reserve depends on the entries themselves.
  const entries = await openEntriesOf(
    sql,
    reserved.map((payee) => payee.vendor_id)
  )
  return new Map(
    payees.map((payee) => [
      payee.vendor_id,
      (sums.get(payee.vendor_id) ?? []).map(({ currency_code, open }) => {
        const { source_token: _wallet, ...terms } = known.of(
          payee,
          currency_code
        )
        const own = entries.get(payee.vendor_id)?.get(currency_code)
        const verdict =
          terms.reserve > 0n
            ? planCollect({ ...terms, entries: own ?? [] })
            : decideOnSums(terms, open)
        return { payee, currency_code, verdict }
      }),
    ])
  )
}

type SumsRow = {
  vendor_id: string
  currency_code: string
  entries: number
  open: string
  due_entries: number
  due: string
  scheduled_entries: number
  scheduled: string
  held: number
  hold: HoldRow | null
  next_due_at: Date | null
}

/**
 * As `sumUp` adds up entries; times in milliseconds, as entries have them there.
 * `offset 0` has Postgres read the entries of these vendors, not those of all.
 */
async function openSums(
  sql: Sql,
  {
    vendors,
    currency_code,
    now,
  }: {
    vendors: readonly { vendor_id: string; last: Date }[]
    currency_code: string | null
    now: Date
  }
): Promise<Map<string, { currency_code: string; open: OpenSums }[]>> {
  const rows = await sql.rows<SumsRow>(
    `select vendor_id, currency_code, count(*)::int as entries,
            sum(amount)::text as open,
            count(*) filter (where is_due)::int as due_entries,
            coalesce(sum(amount) filter (where is_due), 0)::text as due,
            count(*) filter (where is_due and at <= last)::int as scheduled_entries,
            coalesce(sum(amount) filter (where is_due and at <= last), 0)::text as scheduled,
            count(*) filter (where is_held and is_past)::int as held,
            (array_agg(hold order by at, entry_id)
               filter (where is_past and hold is not null))[1] as hold,
            min(at) filter (where not is_held and not is_past) as next_due_at
       from (select *, is_past and not is_held as is_due
               from (select o.vendor_id, o.currency_code, o.amount, o.entry_id, t.at,
                            v.last, t.at <= ?::timestamptz as is_past,
                            held.entry_id is not null as is_held, held.hold
                       from unnest(?::text[], ?::timestamptz[]) v (vendor_id, last)
                       cross join lateral (
                         select * from masspay_open_entry
                          where vendor_id = v.vendor_id offset 0) o
                       cross join lateral (
                         select date_trunc('milliseconds', o.available_at) as at) t
                       left join ${HELD_ENTRIES} held on held.entry_id = o.entry_id
                      where o.currency_code = coalesce(?::text, o.currency_code)) entry
            ) told
      group by vendor_id, currency_code
      order by vendor_id, currency_code`,
    [
      now,
      vendors.map(({ vendor_id }) => vendor_id),
      vendors.map(({ last }) => last),
      currency_code,
    ]
  )
  const sums = new Map<string, { currency_code: string; open: OpenSums }[]>()
  for (const row of rows) {
    const list = sums.get(row.vendor_id) ?? []
    list.push({ currency_code: row.currency_code, open: sumsOf(row) })
    sums.set(row.vendor_id, list)
  }
  return sums
}

function sumsOf(row: SumsRow): OpenSums {
  return {
    entries: row.entries,
    open: BigInt(row.open),
    due: { entries: row.due_entries, amount: BigInt(row.due) },
    scheduled: {
      entries: row.scheduled_entries,
      amount: BigInt(row.scheduled),
    },
    held: row.held,
    hold: holdOf(row.hold),
    next_due_at: row.next_due_at,
  }
}

function previewOf({ payee, currency_code, verdict }: Decided): PreviewRow {
  return {
    vendor_id: payee.vendor_id,
    vendor_name: payee.name,
    currency_code,
    open: amountText(verdict.open, currency_code),
    due: amountText(verdict.due, currency_code),
    pays:
      verdict.pays === null ? null : amountText(verdict.pays, currency_code),
    reason: verdict.reason,
    detail: detailOf({ payee, plan: verdict }),
    next_due_at: isoOrNull(verdict.next_due_at),
  }
}

/** What is known about this payee says more than the rule's general words. */
export function detailOf({
  payee,
  plan,
}: {
  payee: PayeeFacts
  plan: Pick<CollectVerdict, "reason" | "detail">
}): string | null {
  if (plan.reason === "not_linked" || plan.reason === "kyc") {
    return payee.status_detail ?? plan.detail
  }
  if (plan.reason === "paused") return payee.pause_reason ?? plan.detail
  return plan.detail
}

type Sum = { vendors: number; open: bigint; due: bigint }

/** By currency, and within it by reason. */
class Totals {
  private readonly currencies = new Map<
    string,
    Sum & { pays: bigint; reasons: Map<NotPaidReason, Sum> }
  >()

  add({ currency_code, verdict }: Decided): void {
    const total = this.currencies.get(currency_code) ?? {
      ...nothing(),
      pays: 0n,
      reasons: new Map<NotPaidReason, Sum>(),
    }
    const reason = total.reasons.get(verdict.reason) ?? nothing()
    total.pays += verdict.pays ?? 0n
    for (const sum of [total, reason]) {
      sum.vendors += 1
      sum.open += verdict.open
      sum.due += verdict.due
    }
    total.reasons.set(verdict.reason, reason)
    this.currencies.set(currency_code, total)
  }

  all(): AdminPayoutPreviewTotal[] {
    return [...this.currencies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency_code, { pays, reasons, ...total }]) => ({
        currency_code,
        ...textOf(total, currency_code),
        pays: amountText(pays, currency_code),
        reasons: [...reasons]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([reason, sum]) => ({
            reason,
            ...textOf(sum, currency_code),
          })),
      }))
  }
}

function nothing(): Sum {
  return { vendors: 0, open: 0n, due: 0n }
}

function textOf(
  { vendors, open, due }: Sum,
  currency_code: string
): { vendors: number; open: string; due: string } {
  return {
    vendors,
    open: amountText(open, currency_code),
    due: amountText(due, currency_code),
  }
}
