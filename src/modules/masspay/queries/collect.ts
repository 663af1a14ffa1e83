import { needsApproval, type PlannedPayout } from "../../../domain/collect"
import type { PayoutMethod } from "../../../domain/payout-status"
import type { AdminPayoutPreviewRow } from "../../../types/http"
import {
  type CollectPolicy,
  IS_HELD,
  payeesOf,
  plansOf,
  type VendorPlan,
} from "./collect-facts"
import { createPayout } from "./create-payout"
import { areBooksKnown } from "./database-identity"
import type { Db, Sql } from "./db"
import { amountText, isoOrNull } from "./dto"
import { databaseNow } from "./settlements"

export type { CollectPolicy } from "./collect-facts"

export type CollectedPayout = {
  id: string
  vendor_id: string
  /** Minor units; zero for netting. */
  amount: bigint
  currency_code: string
  method: PayoutMethod
}

type NotCollected = { vendor_id: string; error: unknown }

const VENDORS_PER_PAGE = 100

/**
 * Makes payouts of what is due, until `limit` payouts are made or every vendor
 * was looked at. One short transaction per vendor, under the lock of her
 * payee: two collectors at once never take one entry twice, and what one of
 * them has made stays when the other fails. A vendor whose payout cannot be
 * made keeps no other from being paid.
 */
export async function collectDue(
  db: Db,
  {
    policy,
    tag,
    vendor_id = null,
    limit,
  }: {
    policy: CollectPolicy
    tag: string
    vendor_id?: string | null
    limit: number
  }
): Promise<{ payouts: CollectedPayout[]; failed: NotCollected[] }> {
  const payouts: CollectedPayout[] = []
  const failed: NotCollected[] = []
  let after = ""
  for (;;) {
    const vendors = await vendorsWithDueMoney(db, { vendor_id, after })
    for (const vendor of vendors) {
      if (payouts.length >= limit) return { payouts, failed }
      try {
        payouts.push(...(await collectVendor(db, { vendor, policy, tag })))
      } catch (error) {
        failed.push({ vendor_id: vendor, error })
      }
    }
    const last = vendors.at(-1)
    if (last === undefined || vendors.length < VENDORS_PER_PAGE) {
      return { payouts, failed }
    }
    after = last
  }
}

/**
 * Vendors whose due money may lead to a payout, by id. Only sorts out what
 * certainly does not: the decision is `planCollect`'s, under the lock.
 */
async function vendorsWithDueMoney(
  sql: Sql,
  { vendor_id, after }: { vendor_id: string | null; after: string }
): Promise<string[]> {
  const rows = await sql.rows<{ vendor_id: string }>(
    `select distinct due.vendor_id
       from (select o.vendor_id, o.currency_code, sum(o.amount) as amount
               from masspay_open_entry o
               join masspay_ledger_entry e on e.id = o.entry_id
               left join masspay_settlement s on s.id = e.settlement_id
              where o.available_at <= (select masspay_now())
                and o.vendor_id > ? and o.vendor_id = coalesce(?::text, o.vendor_id)
                and not ${IS_HELD}
              group by o.vendor_id, o.currency_code) due
       join masspay_payee p on p.vendor_id = due.vendor_id
      where due.amount = 0
         or (due.amount > 0 and p.status = 'active' and not p.is_paused
             and not p.needs_adoption)
      order by due.vendor_id
      limit ?`,
    [after, vendor_id, VENDORS_PER_PAGE]
  )
  return rows.map((row) => row.vendor_id)
}

async function collectVendor(
  db: Db,
  {
    vendor,
    policy,
    tag,
  }: { vendor: string; policy: CollectPolicy; tag: string }
): Promise<CollectedPayout[]> {
  return db.tx(async (sql) => {
    // First of all locks, so that no restore is noticed or ended meanwhile.
    if (!(await areBooksKnown(sql))) return []
    return collectLocked(sql, { vendor, policy, tag })
  })
}

/**
 * Makes payouts of what one vendor is due. Call it inside a transaction that
 * knows that the books are known; locks the payee.
 */
export async function collectLocked(
  sql: Sql,
  {
    vendor,
    policy,
    tag,
  }: { vendor: string; policy: CollectPolicy; tag: string }
): Promise<CollectedPayout[]> {
  const payees = await payeesOf(sql, [vendor], { lock: true })
  const now = await databaseNow(sql)
  const payouts: CollectedPayout[] = []
  for (const found of await plansOf(sql, { payees, policy, now })) {
    const { pay } = found.plan
    if (pay) payouts.push(await take(sql, { found, pay, policy, tag, now }))
  }
  return payouts
}

async function take(
  sql: Sql,
  {
    found,
    pay,
    policy,
    tag,
    now,
  }: {
    found: VendorPlan
    pay: PlannedPayout
    policy: CollectPolicy
    tag: string
    now: Date
  }
): Promise<CollectedPayout> {
  const { payee, currency_code, source_token } = found
  const taken = new Set(pay.entry_ids)
  const id = await createPayout(sql, {
    payee,
    currency_code,
    amount: pay.amount,
    method: pay.method,
    entries: found.entries.filter((entry) => taken.has(entry.id)),
    source_token,
    notify_payee: policy.notify_payee,
    needs_approval: needsApproval(policy.approval ?? { kind: "none" }, {
      amount: pay.amount,
      currency_code,
    }),
    tag,
    now,
  })
  return {
    id,
    vendor_id: payee.vendor_id,
    amount: pay.amount,
    currency_code,
    method: pay.method,
  }
}

/** What the next collect would do with every vendor's open money, and why. */
export type PreviewRow = AdminPayoutPreviewRow

/**
 * Reads only, and decides with the same function as `collectDue`. Pages are of
 * vendors, by id; a vendor has one row for each currency. `count` is the
 * number of vendors with open money.
 */
export async function previewCollect(
  db: Db,
  {
    policy,
    vendor_id = null,
    limit,
    offset,
  }: {
    policy: CollectPolicy
    vendor_id?: string | null
    limit: number
    offset: number
  }
): Promise<{ rows: PreviewRow[]; count: number }> {
  const vendors = await db.rows<{ vendor_id: string; count: string }>(
    `select vendor_id, (count(*) over ())::text as count
       from (select distinct vendor_id from masspay_open_entry
              where vendor_id = coalesce(?::text, vendor_id)) open
      order by vendor_id limit ? offset ?`,
    [vendor_id, limit, offset]
  )
  const payees = await payeesOf(
    db,
    vendors.map((row) => row.vendor_id),
    { lock: false }
  )
  const now = await databaseNow(db)
  const plans = await plansOf(db, { payees, policy, now })
  return {
    rows: plans.map(previewOf),
    count: Number(vendors[0]?.count ?? "0"),
  }
}

function previewOf({ payee, currency_code, plan }: VendorPlan): PreviewRow {
  return {
    vendor_id: payee.vendor_id,
    vendor_name: payee.name,
    currency_code,
    open: amountText(plan.open, currency_code),
    due: amountText(plan.due, currency_code),
    reason: plan.reason,
    detail: detailOf({ payee, plan }),
    next_due_at: isoOrNull(plan.next_due_at),
  }
}

/** What is known about this payee says more than the rule's general words. */
export function detailOf({
  payee,
  plan,
}: Pick<VendorPlan, "payee" | "plan">): string | null {
  if (plan.reason === "not_linked" || plan.reason === "kyc") {
    return payee.status_detail ?? plan.detail
  }
  if (plan.reason === "paused") return payee.pause_reason ?? plan.detail
  return plan.detail
}
