import { allocateRefund } from "../../src/modules/masspay/queries/allocate-refund"
import { placeHold, releaseHold } from "../../src/modules/masspay/queries/holds"
import {
  measureBooks,
  secondsSinceClaim,
} from "../../src/modules/masspay/queries/measures"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { listUnallocatedRefunds } from "../../src/modules/masspay/queries/unallocated-refunds"
import {
  applyWebhooks,
  forgetOldWebhooks,
} from "../../src/runners/apply-webhooks"
import { collectPayouts } from "../../src/runners/collect"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { mirrorWallets } from "../../src/runners/mirror-wallets"
import { publishOutbox } from "../../src/runners/publish-outbox"
import { resolvePayouts } from "../../src/runners/resolve"
import { alertAgedBalances } from "../../src/sweep/watch-balances"
import { explaining, type Plans } from "../support/explain"
import {
  finishedPayouts,
  manyPayees,
  readyPayouts,
} from "../support/many-payouts"
import { deciding } from "../support/open-money"
import { MINUTE_MS, openShop, type Shop } from "../support/payout-shop"
import { deliver } from "../support/webhooks"
import { aLine, anOrder, SETTLE, settleNow, TAG } from "./builders"

const FINISHED = 20_000
const BACKLOG = 300
/** Tables that keep everything there ever was, or for months. */
const GROWING =
  /^masspay_(payout|payout_item|payout_event|ledger_entry|operation|attempt|outbox_event|settlement|refund|refund_allocation|platform_line|webhook_event|webhook_object)$/

let shop: Shop
let plans: Plans

beforeAll(async () => {
  shop = await openShop({ in_flight: 8 })
  const { db, database } = shop.books
  const payees = await manyPayees(db, {
    tag: shop.tag,
    count: 200,
    createUser: async ({ vendor_id, internal_user_id }) => {
      const user = await shop.wire.createUser(
        {
          internal_user_id,
          email: `${vendor_id}@example.com`,
          first_name: "Ada",
          last_name: "Vendor",
          country_code: "US",
        },
        `create-${vendor_id}`
      )
      return user.user_token
    },
  })
  const { source_token, tag } = shop
  await finishedPayouts(db, { source_token, count: FINISHED })
  await readyPayouts(db, { tag, source_token, payees, count: BACKLOG })
  await settledOrders(db, FINISHED)
  await oldWebhooks(db, FINISHED)
  await db.rows(`vacuum (analyze)`)
  plans = explaining(database, GROWING)
}, 240_000)
afterAll(async () => {
  await plans.close()
  await shop.close()
})
beforeEach(() => {
  plans.forget()
})

/** Orders that were settled, with a refund, a line of the platform and an allocation each. */
async function settledOrders(
  db: Shop["books"]["db"],
  count: number
): Promise<void> {
  await db.rows(
    `insert into masspay_settlement
       (id, order_id, root_order_id, vendor_id, currency_code, gross, commission,
        shipping, tax, platform, refunded, net, commission_basis_points, tax_rule,
        lines, facts_hash, facts_as_of, revision)
     select 'msset_' || n, 'old_' || n, 'old_' || n, 'ven_old', 'USD', 0, 0, 0, 0,
            0, 0, 0, 0, 'vendor', '[]', 'x', masspay_now(), 1
       from generate_series(1, ?::int) n`,
    [count]
  )
  await db.rows(
    `insert into masspay_refund
       (id, refund_id, shop_refund_id, order_id, root_order_id, currency_code,
        amount, unallocated)
     select 'msref_' || n, 'ref_' || n, 'ref_' || n, 'old_' || n, 'old_' || n,
            'USD', 2, case when n % 1000 = 0 then 1 else 0 end
       from generate_series(1, ?::int) n`,
    [count]
  )
  await db.rows(
    `insert into masspay_refund_allocation
       (id, refund_id, settlement_id, amount, basis, rule)
     select 'msral_' || n, 'ref_' || n, 'msset_' || n, 1, 2, 'sole_vendor'
       from generate_series(1, ?::int) n`,
    [count]
  )
  await db.rows(
    `insert into masspay_platform_line (id, root_order_id, kind, ref)
     select 'mspln_' || n, 'old_' || n, 'item', 'item_' || n
       from generate_series(1, ?::int) n`,
    [count]
  )
}

/** Messages that were looked into, about objects that nothing waits for. */
async function oldWebhooks(
  db: Shop["books"]["db"],
  count: number
): Promise<void> {
  await db.rows(
    `insert into masspay_webhook_event
       (id, dedupe_key, body_sha256, kind, is_stale, state, object_key, finished_at)
     select 'mswhk_' || n, lpad(to_hex(n), 128, '0'), 'x', 'load', false, 'applied',
            'loads:old_' || n, masspay_now()
       from generate_series(1, ?::int) n`,
    [count]
  )
  await db.rows(
    `insert into masspay_webhook_object (key, looked_up_at)
     select 'loads:old_' || n, masspay_now() from generate_series(1, ?::int) n`,
    [count]
  )
}

/** `deps` whose statements are explained. */
const deps = (): ReturnType<Shop["deps"]> =>
  shop.deps({ books: plans.db, worker: "planner" })

it("sees a statement that reads a table from end to end", async () => {
  await plans.db.rows(
    `select count(*) from masspay_payout where remote_status = 'nothing'`
  )

  expect(plans.wasteful(100)).toEqual([expect.stringContaining("Seq Scan")])
})

it("claims and records by index, with a backlog and a history", async () => {
  const limits = { ...deps().limits, batches_per_run: 5 }

  const report = await dispatchPayouts({ ...deps(), limits })

  expect(report.completed).toBeGreaterThan(8)
  expect(plans.texts()).toMatch(/with candidate as materialized/)
  expect(plans.texts()).toMatch(/proven as/)
  expect(plans.wasteful(100)).toEqual([])
})

it("claims by index while vendors and orders are held", async () => {
  const held = await shop.books.db.rows<{ vendor_id: string }>(
    `select vendor_id from masspay_payee order by id limit 5`
  )
  const on = [
    ...held.map(({ vendor_id }) => ({ vendor_id, order_id: null })),
    ...Array.from({ length: 50 }, (_, nth) => ({
      vendor_id: null,
      order_id: `order_${nth}`,
    })),
  ]
  const ids: string[] = []
  for (const target of on) {
    const { hold } = await placeHold(shop.books.db, {
      hold: { ...target, kind: "manual", until: null, reserve: null },
      ...deciding(),
    })
    ids.push(hold.id)
  }
  const limits = { ...deps().limits, batches_per_run: 5 }

  const report = await dispatchPayouts({ ...deps(), limits })

  expect(report.completed).toBeGreaterThan(8)
  expect(plans.texts()).toMatch(/masspay_hold/)
  expect(plans.wasteful(100)).toEqual([])
  for (const id of ids) {
    await releaseHold(shop.books.db, { id, ...deciding() })
  }
})

it("records by index what nobody can tell, reaps, looks up and applies", async () => {
  shop.sandbox.control.armFault({
    fault: "execute_then_drop",
    method: "POST",
    path: "/load/",
    times: 3,
  })
  const limits = { ...deps().limits, batches_per_run: 2 }
  const report = await dispatchPayouts({ ...deps(), limits })
  expect(report.unknown).toBe(3)
  const dead = shop.deps({ worker: "dead" })
  await dispatchPayouts({
    ...dead,
    limits: { ...limits, batches_per_run: 1 },
    books: {
      ...dead.books,
      // Dies after its claim: what it would have written is lost.
      tx: failAfter(dead.books, 1),
      rows: (text, params) => {
        if (text.includes("update masspay_attempt")) throw new Error("dead")
        return dead.books.rows(text, params)
      },
    },
  })
  await shop.passTime(10 * MINUTE_MS)

  const resolved = await resolvePayouts(deps())

  expect(resolved.reaped).toBeGreaterThan(0)
  expect(resolved.moved).toBeGreaterThan(0)
  // A look-up may have to pass by everything that is ready.
  expect(plans.wasteful(2 * BACKLOG)).toEqual([])
})

it("stores, sorts and follows webhooks by index, and forgets old ones", async () => {
  const loads = shop.sandbox.control.loads().loads.slice(0, 12)
  const books = plans.db
  for (const { load_token, client_load_id } of loads) {
    const status = "CANCELLED"
    shop.sandbox.control.setLoadStatus(load_token, status)
    await deliver(
      { ...shop, books: { ...shop.books, db: books } },
      { event_type: "load", load_token, client_load_id, status }
    )
  }
  await shop.passTime(MINUTE_MS)

  const { applied } = await applyWebhooks(deps())
  await forgetOldWebhooks({ books, log: deps().log }, { days: 90 })

  expect(loads).toHaveLength(12)
  expect(applied).toBe(12)
  expect(plans.texts()).toMatch(/insert into masspay_webhook_event/)
  expect(plans.texts()).toMatch(/update masspay_webhook_object/)
  expect(plans.wasteful(2 * BACKLOG)).toEqual([])
})

function failAfter(
  db: Shop["books"]["db"],
  transactions: number
): Shop["books"]["db"]["tx"] {
  let left = transactions
  return (work) => {
    left -= 1
    return left < 0 ? Promise.reject(new Error("dead")) : db.tx(work)
  }
}

it("publishes and collects by index", async () => {
  const payee = await shop.books.db.rows<{ vendor_id: string }>(
    `select vendor_id from masspay_payee order by id limit 3`
  )
  for (const { vendor_id } of payee) {
    const id = newId("mslen")
    await shop.books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values (?, ?, 'USD', 1234, 'adjustment', ?, 'test', masspay_now())`,
      [id, vendor_id, id]
    )
  }
  await publishOutbox({
    books: plans.db,
    log: deps().log,
    publish: async () => undefined,
  })

  const { payouts } = await collectPayouts(deps(), {
    tag: shop.tag,
    policy: { minimum: {}, notify_payee: false, source_tokens: {} },
  })

  expect(payouts).toHaveLength(3)
  expect(plans.texts()).toMatch(/update masspay_outbox_event/)
  expect(plans.wasteful(BACKLOG)).toEqual([])
})

it("finds whose wallets are to be read by index", async () => {
  await shop.books.db.rows(
    `update masspay_payout p
        set completed_at = masspay_now() - case when p.id = any(array(
              select id from masspay_payout where completed_at is not null limit 5))
            then interval '0' else interval '1 day' end
      where completed_at is not null`
  )
  await shop.books.db.rows(`vacuum (analyze) masspay_payout`)

  const { read } = await mirrorWallets(deps())

  expect(read).toBeGreaterThan(0)
  expect(plans.texts()).toMatch(/wallets_not_before/)
  expect(plans.wasteful(2 * BACKLOG)).toEqual([])
})

it("finds vendors who owe, and since when, by index", async () => {
  const payees = await shop.books.db.rows<{ vendor_id: string }>(
    `select vendor_id from masspay_payee order by id limit 3`
  )
  for (const { vendor_id } of payees) {
    const id = newId("mslen")
    await shop.books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values (?, ?, 'USD', -100000000, 'adjustment', ?, 'test', masspay_now())`,
      [id, vendor_id, id]
    )
  }
  await shop.passTime(31 * 24 * 60 * MINUTE_MS)

  const told = await alertAgedBalances(deps(), { after_days: 30 })

  expect(told).toBe(3)
  expect(plans.texts()).toMatch(/as last_fine/)
  // A debtor's own history, and nobody else's.
  expect(plans.wasteful(FINISHED / 10)).toEqual([])
})

it("settles, allocates and lists refunds by index", async () => {
  const db = plans.db
  const lines = [
    aLine({ ref: "a", vendor_id: "ven_1", net: "60" }),
    aLine({ ref: "b", vendor_id: "ven_2", net: "40" }),
    aLine({ ref: "c", vendor_id: null, net: "10" }),
  ]
  const facts = anOrder({
    lines,
    total: "100.00",
    unattributed: "-10.00",
    payment: {
      captured: "full",
      captured_total: "110",
      refunded_total: "10",
    },
  })
  await settleNow(db, anOrder({ lines }))
  await settleNow(db, facts)
  const { unallocated_refunds } = await listUnallocatedRefunds(db, {
    filters: { order_id: "order_1" },
    limit: 20,
    offset: 0,
  })
  const { outcome } = await allocateRefund(db, {
    facts,
    read_at: await databaseNow(db),
    policy: SETTLE,
    tag: TAG,
    approval: { kind: "none" },
    dry_run: false,
    request: {
      id: unallocated_refunds[0]?.id ?? "",
      request_id: "plan-1",
      reason: "planned",
      actor: "user_1",
      allocations: [{ vendor_id: "ven_1", amount: "10.00" }],
    },
  })

  expect(outcome).toBe("recorded")
  expect(plans.texts()).toMatch(/insert into masspay_platform_line/)
  expect(plans.texts()).toMatch(/insert into masspay_refund_allocation/)
  expect(plans.wasteful(100)).toEqual([])
})

it("measures by index what waits, whatever there ever was", async () => {
  const points = await measureBooks(plans.db)
  await secondsSinceClaim(plans.db, "mspo_nobody")

  expect(points.length).toBeGreaterThan(20)
  expect(plans.texts()).toMatch(/aging as materialized/)
  expect(plans.texts()).toMatch(/min\(a.started_at\)/)
  expect(plans.wasteful(2 * BACKLOG)).toEqual([])
})
