import type { LineFacts, OrderFacts, VendorFacts } from "../../src/domain/facts"
import type { SettlementPolicy } from "../../src/domain/settle-types"
import type { CollectPolicy } from "../../src/modules/masspay/queries/collect"
import type { Db } from "../../src/modules/masspay/queries/db"
import {
  claimPayeesToLink,
  recordLinked,
} from "../../src/modules/masspay/queries/payees"
import {
  databaseNow,
  recordSettlements,
  type RecordSettlementsResult,
} from "../../src/modules/masspay/queries/settlements"

export const TAG = "abc123"

export const SETTLE: SettlementPolicy = {
  since: null,
  release_on: "captured",
  hold_days: 0,
  commission_basis_points: 1000,
  shipping: "by_value",
  tax: "vendor",
}

export const COLLECT: CollectPolicy = {
  minimum: {},
  notify_payee: false,
  source_tokens: { USD: "wallet-usd" },
}

export function aVendor(overrides: Partial<VendorFacts> = {}): VendorFacts {
  const id = overrides.id ?? "ven_1"
  return {
    id,
    name: `Shop of ${id}`,
    email: `${id}@example.com`,
    first_name: "Ada",
    last_name: "Byron",
    business_name: null,
    country_code: "DE",
    ...overrides,
  }
}

export function aLine(overrides: Partial<LineFacts> = {}): LineFacts {
  return {
    ref: "item_1",
    kind: "item",
    order_id: "order_1",
    title: "Teapot",
    quantity: 1,
    vendor_id: "ven_1",
    net: "100",
    tax: "0",
    ...overrides,
  }
}

/** A paid order with one line of 100.00 by one vendor; the total follows the lines. */
export function anOrder(
  overrides: Partial<OrderFacts> & { order_id?: string } = {}
): OrderFacts {
  const { order_id = "order_1", ...facts } = overrides
  const lines = facts.lines ?? [aLine({ order_id, ref: `item_of_${order_id}` })]
  const total = lines
    .reduce((sum, line) => sum + Number(line.net) + Number(line.tax), 0)
    .toFixed(2)
  const vendors = [...new Set(lines.flatMap((line) => line.vendor_id ?? []))]
  return {
    root_order_id: order_id,
    currency_code: "USD",
    placed_at: "2026-01-01T00:00:00.000Z",
    total,
    lines,
    unattributed: "0",
    orders: [
      {
        order_id,
        display_id: Number(order_id.replace(/\D/g, "")) || 1,
        is_canceled: false,
        is_completed: true,
        is_fulfilled: true,
        is_delivered: true,
      },
    ],
    vendors: vendors.map((id) => aVendor({ id })),
    payment: { captured: "full", captured_total: total, refunded_total: "0" },
    ...facts,
  }
}

/** The same order, called off. */
export function cancelled(facts: OrderFacts): OrderFacts {
  return {
    ...facts,
    orders: facts.orders.map((order) => ({ ...order, is_canceled: true })),
  }
}

/** Reads the clock, then books: what a caller does after reading the shop. */
export async function settleNow(
  db: Db,
  facts: OrderFacts,
  policy: Partial<SettlementPolicy> = {}
): Promise<RecordSettlementsResult> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const result = await recordSettlements(db, {
      facts,
      read_at: await databaseNow(db),
      policy: { ...SETTLE, ...policy },
      tag: TAG,
    })
    // The clock we read has milliseconds, the books' own has more.
    if (result.outcome === "recorded") return result
    if (Date.now() > deadline) throw new Error("still stale after 30 seconds")
    // Several at once would keep making each other's facts old.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
  }
}

/** Links every payee who is owed due money to a MassPay user of her own. */
export async function linkAll(db: Db): Promise<void> {
  const claimed = await claimPayeesToLink(db, {
    worker: "linker",
    limit: 100,
    lease_ms: 60_000,
  })
  for (const { payee_id, vendor_id } of claimed) {
    await recordLinked(db, {
      payee_id,
      worker: "linker",
      user_token: `usr-${vendor_id}`,
      status: "active",
      was_found: false,
    })
  }
}

export type EntryRow = {
  amount: string
  kind: string
  reason: string
  source_key: string
}

export async function entriesIn(db: Db): Promise<EntryRow[]> {
  return db.rows<EntryRow>(
    `select amount::text as amount, kind, reason, source_key
       from masspay_ledger_entry order by created_at, id`
  )
}

export async function countOf(db: Db, table: string): Promise<number> {
  const [row] = await db.rows<{ count: string }>(
    `select count(*)::text as count from ${table}`
  )
  return Number(row?.count)
}
