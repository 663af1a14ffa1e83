import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import type { ListedLoad } from "../../src/modules/masspay/queries/lookup"
import { claimPayeesToRefresh } from "../../src/modules/masspay/queries/payee-refresh"
import {
  claimLookups,
  reapExpiredLeases,
} from "../../src/modules/masspay/queries/resolve"
import { applyLookup } from "../../src/modules/masspay/queries/resolve-apply"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { PayeeUnusableError } from "../../src/modules/masspay-gateway/errors"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  attemptsOf,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  sentLoads,
  type Shop,
  type TestPayout,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const policy = { settle_window_ms: 60 * MINUTE_MS }
/** After everything that was written: times of one millisecond are one time to us. */
const later = async (): Promise<Date> =>
  new Date((await databaseNow(shop.books.db)).getTime() + 1)
const look = async (
  payout: TestPayout,
  loads: ListedLoad[],
  { began_at, version }: { began_at?: Date; version?: number } = {}
) =>
  applyLookup(shop.books.db, {
    payout: {
      payout_id: payout.id,
      version: version ?? (await readPayout(shop, payout.id)).version,
    },
    lookup: {
      began_at: began_at ?? (await later()),
      loads,
      is_complete: true,
    },
    policy,
  })
const aLoad = (
  payout: TestPayout,
  overrides: Partial<ListedLoad> = {}
): ListedLoad => ({
  load_token: `ld_${payout.id}`,
  client_load_id: payout.client_id,
  status: "COMPLETED",
  currency_code: "USD",
  amount: 12_34n,
  time_of_load: null,
  ...overrides,
})
/** Sent, and nobody knows what became of it. */
async function anUnknownPayout(lease_ms = MINUTE_MS): Promise<TestPayout> {
  const payout = await aPayout(shop)
  await claimReady(shop.books.db, { worker: "gone", limit: 1, lease_ms })
  await shop.passTime(lease_ms + 1_000)
  await reapExpiredLeases(shop.books.db, { limit: 10 })
  return payout
}

it("turns an expired lease into unknown, never into ready, and leaves the attempt open", async () => {
  const payout = await anUnknownPayout()

  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "unknown",
    ambiguous_count: 1,
  })
  expect(await attemptsOf(shop, payout.id)).toMatchObject([
    { outcome: null, proof: null },
  ])
})

it("does not reap a lease that still runs", async () => {
  const payout = await aPayout(shop)
  await claimReady(shop.books.db, {
    worker: "busy",
    limit: 1,
    lease_ms: MINUTE_MS,
  })

  expect(await reapExpiredLeases(shop.books.db, { limit: 10 })).toEqual([])
  expect((await readPayout(shop, payout.id)).status).toBe("sending")
})

it("never allows a resend while a load may still be invisible, counted from the last lease", async () => {
  const payout = await anUnknownPayout()

  // One second after the lease: a paused process may just have written its bytes.
  expect(await look(payout, [])).toMatchObject({
    did: "wait",
    reason: "not_visible_yet",
  })
  await shop.passTime(100_000)
  expect(await look(payout, [])).toMatchObject({ did: "wait" })
  expect((await readPayout(shop, payout.id)).status).toBe("unknown")

  await shop.passTime(20_000)
  expect(await look(payout, [])).toMatchObject({
    did: "move",
    to: "ready",
    event: "resend_allowed",
    is_rotated: false,
  })
})

it("drops an answer that is older than the truth applied last", async () => {
  const payout = await anUnknownPayout()
  const early = await databaseNow(shop.books.db)
  await shop.passTime(10 * MINUTE_MS)
  await look(payout, [aLoad(payout)])

  // The slow one began first and saw nothing yet.
  expect(await look(payout, [], { began_at: early })).toEqual({
    did: "nothing",
  })
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
})

it("drops an answer to a question about another version", async () => {
  const payout = await anUnknownPayout()
  const { version } = await readPayout(shop, payout.id)

  expect(await look(payout, [aLoad(payout)], { version: version - 1 })).toEqual(
    { did: "nothing" }
  )
})

it("never turns to a payout that is on the wire", async () => {
  const payout = await aPayout(shop)
  await claimReady(shop.books.db, {
    worker: "busy",
    limit: 1,
    lease_ms: MINUTE_MS,
  })

  expect(await look(payout, [aLoad(payout)])).toEqual({ did: "nothing" })
  expect((await readPayout(shop, payout.id)).status).toBe("sending")
})

it.each([
  ["another amount", { amount: 12_35n }, "client_load_id_mismatch"],
  ["another currency", { currency_code: "EUR" }, "client_load_id_mismatch"],
] as const)("parks a load of %s", async (_, overrides, reason) => {
  const payout = await anUnknownPayout()

  await look(payout, [aLoad(payout, overrides)])

  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "needs_review",
    review_reason: reason,
    items_released: false,
  })
})

it("parks two loads under one client id", async () => {
  const payout = await anUnknownPayout()

  await look(payout, [aLoad(payout), aLoad(payout, { load_token: "ld_two" })])

  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "needs_review",
    review_reason: "several_loads",
  })
})

it("parks a load that another payout has already", async () => {
  const [first, second] = [await anUnknownPayout(), await anUnknownPayout()]
  await look(first, [aLoad(first, { load_token: "ld_same" })])

  await look(second, [aLoad(second, { load_token: "ld_same" })])

  expect((await readPayout(shop, first.id)).status).toBe("completed")
  expect(await readPayout(shop, second.id)).toMatchObject({
    status: "needs_review",
    review_reason: "load_token_taken",
  })
})

it("follows a scheduled load until it is completed", async () => {
  const payout = await anUnknownPayout()

  await look(payout, [aLoad(payout, { status: "SCHEDULED" })])
  expect((await readPayout(shop, payout.id)).status).toBe("accepted")
  expect(
    await look(payout, [aLoad(payout, { status: "SCHEDULED" })])
  ).toMatchObject({ did: "wait", reason: "nothing_new" })
  // Not in the list for once: what was accepted is not undone by that.
  expect(await look(payout, [])).toMatchObject({ did: "wait" })
  await look(payout, [aLoad(payout)])

  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  expect(sentLoads(shop)).toEqual([])
})

it("does not take a word it does not know for an answer", async () => {
  const payout = await anUnknownPayout()

  expect(
    await look(payout, [aLoad(payout, { status: "UNRECOGNISED" })])
  ).toMatchObject({ did: "wait", reason: "unrecognised_status" })
  expect((await readPayout(shop, payout.id)).status).toBe("unknown")
})

it("does not open entries on a look-up that began before the settle window was over", async () => {
  const payout = await anUnknownPayout()
  await look(payout, [aLoad(payout, { status: "CANCELLED" })])
  await shop.passTime(59 * MINUTE_MS)
  const began_at = await databaseNow(shop.books.db)
  await shop.passTime(2 * MINUTE_MS)

  await look(payout, [aLoad(payout, { status: "CANCELLED" })], { began_at })
  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "cancelled",
    items_released: false,
  })
  await look(payout, [aLoad(payout, { status: "CANCELLED" })])
  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "void",
    items_released: true,
  })
})

it("keeps a payout unknown for at most 72 hours, then hands it to a person", async () => {
  const payout = await anUnknownPayout()
  await shop.passTime(72 * 60 * MINUTE_MS)

  await look(payout, [])

  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "needs_review",
    review_reason: "unknown_too_long",
    items_released: false,
  })
})

it("hands it to a person after that time also when MassPay no longer lists the user", async () => {
  const payout = await anUnknownPayout()
  const wire: Wire = {
    ...shop.wire,
    listLoads: () => Promise.reject(new PayeeUnusableError("No such user")),
  }
  const ask = () => resolvePayouts(shop.deps({ wire }))
  await shop.passTime(71 * 60 * MINUTE_MS)
  await ask()
  expect((await readPayout(shop, payout.id)).status).toBe("unknown")

  await shop.passTime(2 * 60 * MINUTE_MS)
  await ask()

  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "needs_review",
    review_reason: "unknown_too_long",
    items_released: false,
  })
})

it("asks once per user, shares the work, and never sends a key on a read", async () => {
  const payees = [await aPayee(shop), await aPayee(shop)]
  for (const payee of [...payees, ...payees, ...payees]) {
    await aPayout(shop, { payee })
  }
  await claimReady(shop.books.db, {
    worker: "gone",
    limit: 10,
    lease_ms: MINUTE_MS,
  })
  await shop.passTime(MINUTE_MS + 1)

  await Promise.all([resolvePayouts(shop.deps()), resolvePayouts(shop.deps())])

  const reads = requests(shop).filter((entry) => entry.method === "GET")
  const lists = reads.filter((entry) => entry.path.includes("/load/"))
  expect(lists.length).toBeGreaterThanOrEqual(2)
  // Two workers may each get a part of one user's payouts, never all twice.
  expect(lists.length).toBeLessThanOrEqual(4)
  expect(reads.every((entry) => entry.idempotency_key === null)).toBe(true)
  await shop.passTime(5 * MINUTE_MS)
  await untilQuiet(shop)
  expect(sentLoads(shop)).toHaveLength(6)
  await expectBooksToAgree(shop)
})

it("gives each due look-up to one worker", async () => {
  for (let count = 0; count < 10; count += 1) await anUnknownPayout()

  const tasks = await Promise.all(
    ["a", "b"].map((worker) =>
      claimLookups(shop.books.db, { worker, limit: 10, lease_ms: MINUTE_MS })
    )
  )

  const ids = tasks
    .flat()
    .flatMap((task) => task.payouts.map((p) => p.payout_id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(10)
})

it("changes nothing in a second run over the same state", async () => {
  const payout = await aPayout(shop)
  await dispatchPayouts(shop.deps())
  await resolvePayouts(shop.deps())
  const before = [
    await readPayout(shop, payout.id),
    await timelineOf(shop, payout.id),
  ]

  const report = await resolvePayouts(shop.deps())

  expect(report).toMatchObject({ reaped: 0, looked_up: 0, moved: 0 })
  expect([
    await readPayout(shop, payout.id),
    await timelineOf(shop, payout.id),
  ]).toEqual(before)
})

it("notices by itself that a locked payee can be paid again", async () => {
  const payout = await aPayout(shop)
  await shop.books.db.rows(
    `update masspay_payee set status = 'locked', truth_as_of = masspay_now()`
  )
  await dispatchPayouts(shop.deps())
  expect(sentLoads(shop)).toEqual([])

  await shop.passTime(11 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  await dispatchPayouts(shop.deps())

  expect((await readPayout(shop, payout.id)).status).toBe("completed")
})

it("pays from the wallet that a payout was made for when the account has several by now", async () => {
  await shop.close()
  shop = await openShop({ funds: "10.00" })
  const payout = await aPayout(shop, { amount: 50_00n })
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).block_reason).toBe("funds")
  const wallet = { currency_code: "USD", balance: 100_00n }
  const wire: Wire = {
    ...shop.wire,
    getFundingBalances: () =>
      Promise.resolve([
        { ...wallet, token: "clnt_wlt_new" },
        { ...wallet, token: shop.source_token },
      ]),
  }
  shop.sandbox.control.fund({ currency_code: "USD", amount: "90.00" })
  await shop.passTime(5 * MINUTE_MS)

  await resolvePayouts(shop.deps({ wire }))
  await dispatchPayouts(shop.deps())

  expect((await readPayout(shop, payout.id)).status).toBe("completed")
})

it("finds the payees to ask about among many without asking for each of them", async () => {
  const { db } = shop.books
  await db.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, user_token, status, truth_as_of)
     select 'e' || n, 'v' || n, 'i' || n, 'u' || n,
            case n when 1 then 'locked' else 'active' end,
            masspay_now() - interval '1 hour'
       from generate_series(1, 30000) n`
  )
  await db.rows(
    `insert into masspay_payout
       (id, payee_id, vendor_id, method, status, block_reason, amount,
        currency_code, source_key, oldest_entry_at, updated_at)
     select 'p' || n, 'e' || n, 'v' || n, 'wallet', 'blocked', 'kyc', 1, 'USD',
            's' || n, masspay_now(),
            masspay_now() - case n when 2 then interval '0' else interval '2 hours' end
       from generate_series(2, 2000) n`
  )
  await db.rows(
    `update masspay_payee set refresh_wanted_at = masspay_now() where id = 'e2'`
  )
  const began = performance.now()

  const due = await claimPayeesToRefresh(db, { limit: 20, lease_ms: 60_000 })

  expect(due.map(({ user_token }) => user_token).sort()).toEqual(["u1", "u2"])
  // Asked of every payee it took a quarter of a minute.
  expect(performance.now() - began).toBeLessThan(5_000)
})
