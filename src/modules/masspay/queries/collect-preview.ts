import {
  type CollectVerdict,
  decideOnSums,
  type NotPaidReason,
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
import { openSums } from "./collect-open-sums"
import { detailOf, reasonFacts } from "./collect-reasons"
import { readTerms } from "./collect-terms"
import { PreviewTotals } from "./collect-totals"
import type { Db, Sql } from "./db"
import { amountText, isoOrNull } from "./dto"
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

type PreviewInput = {
  policy: CollectPolicy
  filters?: PreviewFilters
  limit: number
  offset: number
  /** Left out where only the page is wanted; all vendors are decided about for them. */
  with_totals?: boolean
}
export type Preview = {
  rows: PreviewRow[]
  count: number
  totals: AdminPayoutPreviewTotal[]
}

/**
 * Reads only, and decides with the same rules as `collectDue`. Pages are of
 * vendors, by id; a vendor has one row for each currency. `count` is the number
 * of vendors who match, `totals` are of all of them, or none where they are not
 * asked for. A page alone is decided about alone; a reason is known of nobody
 * before she was decided about.
 */
export async function previewCollect(
  db: Db,
  { with_totals = true, ...input }: PreviewInput
): Promise<Preview> {
  return with_totals || input.filters?.reason
    ? decideOnAll(db, { with_totals, ...input })
    : decideOnPage(db, input)
}

async function decideOnPage(
  db: Db,
  { policy, filters = {}, limit, offset }: PreviewInput
): Promise<Preview> {
  const now = await databaseNow(db)
  const count = await countWithOpenMoney(db, filters)
  const vendors = await vendorsWithOpenMoney(db, {
    filters,
    limit,
    offset,
  })
  const decided = await decideFor(db, { vendors, filters, policy, now })
  const rows = vendors.flatMap((vendor_id) =>
    (decided.get(vendor_id) ?? []).map(previewOf)
  )
  return { rows, count, totals: [] }
}

/** Vendors are read a thousand at a time and by their sums, however many there are. */
async function decideOnAll(
  db: Db,
  { policy, filters = {}, limit, offset, with_totals = true }: PreviewInput
): Promise<Preview> {
  const now = await databaseNow(db)
  const rows: PreviewRow[] = []
  const totals = new PreviewTotals()
  let count = 0
  let after = ""
  for (;;) {
    const vendors = await vendorsWithOpenMoney(db, {
      filters,
      after,
      limit: VENDORS_PER_READ,
    })
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
      return { rows, count, totals: with_totals ? totals.all() : [] }
    }
    after = last
  }
}

async function vendorsWithOpenMoney(
  sql: Sql,
  {
    filters,
    after = "",
    limit,
    offset = 0,
  }: {
    filters: PreviewFilters
    after?: string
    limit: number
    offset?: number
  }
): Promise<string[]> {
  const { text, params } = withOpenMoney(filters)
  const rows = await sql.rows<{ vendor_id: string }>(
    `select p.vendor_id ${text} and p.vendor_id > ?
      order by p.vendor_id limit ? offset ?`,
    [...params, after, limit, offset]
  )
  return rows.map((row) => row.vendor_id)
}

async function countWithOpenMoney(
  sql: Sql,
  filters: PreviewFilters
): Promise<number> {
  const { text, params } = withOpenMoney(filters)
  const [row] = await sql.rows<{ count: number }>(
    `select count(*)::int as count ${text}`,
    params
  )
  return row?.count ?? 0
}

/** Of payees `p`. */
function withOpenMoney({ vendor_id, currency_code }: PreviewFilters): {
  text: string
  params: string[]
} {
  // Written out: behind a `coalesce`, Postgres expects a handful of vendors and reads them all.
  return {
    text: `
       from masspay_payee p
      cross join lateral (
        select from masspay_open_entry o
         where o.vendor_id = p.vendor_id ${currency_code ? "and o.currency_code = ?" : ""}
         limit 1) open
      where ${vendor_id ? "p.vendor_id = ?" : "true"}`,
    params: [currency_code, vendor_id].filter((given) => given !== undefined),
  }
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
    facts: reasonFacts({ payee, plan: verdict, currency_code }),
    next_due_at: isoOrNull(verdict.next_due_at),
  }
}
