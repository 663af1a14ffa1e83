import { needsApproval, type PlannedPayout } from "../../../domain/collect"
import type { PayoutMethod } from "../../../domain/payout-status"
import {
  type CollectPolicy,
  payeesOf,
  plansOf,
  type VendorPlan,
} from "./collect-facts"
import { defaultSchedule, lastMoments } from "./collect-terms"
import { createPayout, type NewPayout } from "./create-payout"
import { areBooksKnown } from "./database-identity"
import type { Db, Sql } from "./db"
import { HELD_ENTRIES, VENDOR_IS_HELD } from "./hold-facts"
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

const VENDORS_PER_PAGE = 1_000

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
    const vendors = await vendorsWithDueMoney(db, { policy, vendor_id, after })
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
 * Vendors whose due money leads to a payout as far as sums can tell, by id. Only
 * sorts out what certainly does not: the decision is `planCollect`'s, under the
 * lock.
 */
async function vendorsWithDueMoney(
  sql: Sql,
  {
    policy,
    vendor_id,
    after,
  }: { policy: CollectPolicy; vendor_id: string | null; after: string }
): Promise<string[]> {
  const moments = lastMoments(policy, await databaseNow(sql))
  const minimum = Object.entries(policy.minimum)
  const rows = await sql.rows<{ vendor_id: string }>(
    `select distinct due.vendor_id
       from (select o.vendor_id, o.currency_code,
                    count(*) filter (where o.available_at <= c.last) as entries,
                    -- What became due since the last moment counts where it is a debt.
                    least(sum(o.amount),
                          coalesce(sum(o.amount) filter (where o.available_at <= c.last), 0)) as amount
               from masspay_open_entry o
               join masspay_payee y on y.vendor_id = o.vendor_id
               join (select schedule, coalesce(at, 'infinity') as last
                       from unnest(?::text[], ?::timestamptz[]) t (schedule, at)) c
                 on c.schedule = coalesce(y.schedule, ?)
              where o.available_at <= (select masspay_now())
                and o.vendor_id > ? and o.vendor_id = coalesce(?::text, o.vendor_id)
                and not (o.entry_id in (select held.entry_id from ${HELD_ENTRIES} held))
              group by o.vendor_id, o.currency_code) due
       join masspay_payee p on p.vendor_id = due.vendor_id
       left join unnest(?::text[], ?::bigint[]) m (currency_code, amount)
         on m.currency_code = due.currency_code
      where due.entries > 0
        and (due.amount = 0
             or (due.amount > 0
                 and due.amount >= coalesce((p.minimum->>due.currency_code)::bigint, m.amount, 0)
                 and p.status = 'active' and not p.is_paused
                 and not p.needs_adoption))
        and not ${VENDOR_IS_HELD}
      order by due.vendor_id
      limit ?`,
    [
      moments.map(({ schedule }) => schedule),
      moments.map(({ at }) => at),
      defaultSchedule(policy),
      after,
      vendor_id,
      minimum.map(([currency_code]) => currency_code),
      minimum.map(([, amount]) => amount.toString()),
      VENDORS_PER_PAGE,
    ]
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

/** Makes the payout of a plan. Call it under the lock of its payee. */
export async function take(
  sql: Sql,
  {
    found,
    pay,
    policy,
    tag,
    now,
    by,
  }: {
    found: VendorPlan
    pay: PlannedPayout
    policy: CollectPolicy
    tag: string
    now: Date
    /** Who asked for it; left out: the schedule. */
    by?: NewPayout["by"]
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
    ...(by && { by }),
  })
  return {
    id,
    vendor_id: payee.vendor_id,
    amount: pay.amount,
    currency_code,
    method: pay.method,
  }
}
