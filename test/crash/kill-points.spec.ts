import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { newId } from "../../src/modules/masspay/queries/new-id"
import type { FailpointName } from "../../src/runners/deps"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { linkPayees } from "../../src/runners/link-payees"
import { publishOutbox } from "../../src/runners/publish-outbox"
import { resolvePayouts } from "../../src/runners/resolve"
import { runChild, runToDeath } from "../support/failpoints"
import {
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  sentLoads,
  type Shop,
  type TestPayout,
  untilQuiet,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

async function publishRest(): Promise<void> {
  // What a dead publisher had leased comes back.
  await shop.passTime(5 * MINUTE_MS)
  const { books, log } = shop.deps()
  await publishOutbox({
    books,
    log,
    publish: async (messages) => {
      for (const { id } of messages) {
        await books.rows(`insert into test_published (event_id) values (?)`, [
          id,
        ])
      }
    },
  })
}

/** Everything was paid, each once, and everybody was told. */
async function expectAllPaid(payouts: readonly TestPayout[]): Promise<void> {
  await shop.passTime(10 * MINUTE_MS)
  await untilQuiet(shop)
  for (const { id } of payouts) {
    expect(await readPayout(shop, id)).toMatchObject({ status: "completed" })
  }
  const executed = shop.sandbox.control.audit().executed_loads
  expect(executed).toEqual(
    Object.fromEntries(payouts.map(({ client_id }) => [client_id, 1]))
  )
  await expectBooksToAgree(shop)
  await publishRest()
  const untold = await shop.books.db.rows(
    `select id from masspay_outbox_event
      where published_at is null
         or id not in (select event_id from test_published)`
  )
  expect(untold).toEqual([])
}

const payoutsOf = async (count: number): Promise<TestPayout[]> => {
  const payouts: TestPayout[] = []
  for (let made = 0; made < count; made += 1) payouts.push(await aPayout(shop))
  return payouts
}

describe("a dispatcher that is killed pays everybody once in the end", () => {
  const POINTS: [FailpointName, number, string][] = [
    ["dispatch.claiming", 1, "before its claim is committed"],
    ["dispatch.claimed", 1, "after the claim, before anything is sent"],
    ["dispatch.claimed", 2, "with one request sent and one not"],
    ["dispatch.answered", 1, "with an answer read and not written"],
    ["dispatch.recording", 1, "in the middle of writing an outcome"],
    ["dispatch.recorded", 1, "after writing, before telling"],
    ["outbox.published", 1, "after telling, before noting that it told"],
  ]
  it.each(POINTS)("%s, hit %i: %s", async (at, hit) => {
    const payouts = await payoutsOf(3)

    await runToDeath(shop, { steps: ["dispatch", "publish"], die: { at, hit } })

    await expectAllPaid(payouts)
  })

  it("with the request on the wire, which MassPay executes afterwards", async () => {
    const [payout] = await payoutsOf(1)
    shop.sandbox.control.armFault({
      fault: "delay_then_execute",
      delay_ms: 300,
      method: "POST",
      path: "/load/",
    })

    await runToDeath(shop, {
      steps: ["dispatch"],
      die: { at: "dispatch.sending", hit: 1, once_faults_are_taken: true },
    })

    await until(() => sentLoads(shop).some((entry) => entry.executed))
    expect(payout).toBeDefined()
    await expectAllPaid(payout ? [payout] : [])
    expect(sentLoads(shop)).toHaveLength(1)
  })

  it("with the request on the wire, which MassPay never executes", async () => {
    const [payout] = await payoutsOf(1)
    shop.sandbox.control.armFault({
      fault: "timeout_before_execute",
      method: "POST",
      path: "/load/",
    })

    await runToDeath(shop, {
      steps: ["dispatch"],
      die: { at: "dispatch.sending", hit: 1, once_faults_are_taken: true },
    })

    await expectAllPaid(payout ? [payout] : [])
    expect(sentLoads(shop)).toHaveLength(2)
  })
})

describe("a resolver that is killed loses nothing and sends nothing", () => {
  it.each([
    ["resolve.reaping", 1],
    ["resolve.reaped", 1],
  ] as [FailpointName, number][])("%s, hit %i", async (at, hit) => {
    const payouts = await payoutsOf(2)
    await claimReady(shop.books.db, {
      worker: "gone",
      limit: 2,
      lease_ms: MINUTE_MS,
    })
    await shop.passTime(2 * MINUTE_MS)

    await runToDeath(shop, { steps: ["resolve"], die: { at, hit } })

    expect(sentLoads(shop)).toEqual([])
    await expectAllPaid(payouts)
  })

  it.each([
    ["resolve.looked_up", 1],
    ["resolve.applying", 1],
    ["resolve.applied", 1],
  ] as [FailpointName, number][])("%s, hit %i", async (at, hit) => {
    const payouts = await payoutsOf(2)
    // One of them was executed, the other was not; neither was answered.
    for (const fault of ["execute_then_drop", "drop_before_execute"] as const) {
      shop.sandbox.control.armFault({ fault, method: "POST", path: "/load/" })
    }
    await dispatchPayouts(shop.deps())
    await shop.passTime(5 * MINUTE_MS)

    await runToDeath(shop, { steps: ["resolve"], die: { at, hit } })

    expect(sentLoads(shop)).toHaveLength(2)
    await expectAllPaid(payouts)
    expect(sentLoads(shop)).toHaveLength(3)
  })
})

it.each([
  ["resolve.looked_up", 1],
  ["resolve.applying", 2],
  ["resolve.applied", 2],
] as [FailpointName, number][])(
  "a resolver killed over a payout that was paid after its entries were released books it once (%s, hit %i)",
  async (at, hit) => {
    shop.sandbox.control.armFault({
      fault: "200_cancelled",
      method: "POST",
      path: "/load/",
      times: 1,
    })
    const [gone] = await payoutsOf(1)
    await dispatchPayouts(shop.deps())
    await shop.passTime(MINUTE_MS)
    await untilVoid(gone?.id ?? "")
    const [load] = shop.sandbox.control.loads().loads
    shop.sandbox.control.setLoadStatus(load?.load_token ?? "", "COMPLETED")
    // What her next look-up is for; the first of the two that it is applied to.
    const next = () =>
      aPayout(shop, { ...(gone && { payee: gone.payee }), needs_lookup: true })
    await next()

    await runToDeath(shop, { steps: ["resolve"], die: { at, hit } })

    await next()
    await shop.passTime(10 * MINUTE_MS)
    await untilQuiet(shop)
    await resolvePayouts(shop.deps())
    expect(
      await shop.books.db.rows(
        `select amount::text as amount, source_key from masspay_ledger_entry
          where kind = 'overpayment'`
      )
    ).toEqual([{ amount: "-1234", source_key: `payout:${gone?.id}:effect:1` }])
    await expectBooksToAgree(shop)
  }
)

async function untilVoid(id: string): Promise<void> {
  await resolvePayouts(shop.deps())
  await shop.passTime(61 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  expect((await readPayout(shop, id)).status).toBe("void")
}

it("a worker killed after it created a user finds her again, and creates no second one", async () => {
  const id = newId("mspye")
  await shop.books.db.rows(
    `insert into masspay_payee (id, vendor_id, internal_user_id, email, first_name, last_name, country_code)
     values (?, 'vendor_new', 'mpu.vendor_new', 'new@example.com', 'New', 'Vendor', 'US')`,
    [id]
  )
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     values ('mslen_new', 'vendor_new', 'USD', 100, 'adjustment', 'new', 'test', masspay_now())`
  )

  await runToDeath(shop, {
    steps: ["link"],
    die: { at: "link.created", hit: 1 },
  })
  expect(shop.sandbox.control.state().user_count).toBe(1)
  await shop.passTime(60 * MINUTE_MS)
  const report = await linkPayees(shop.deps())

  expect(report).toEqual({ linked: 1, not_linked: 0 })
  expect(shop.sandbox.control.state().user_count).toBe(1)
})

it("two worker processes pay one backlog once", async () => {
  const payouts = await payoutsOf(30)

  const ends = await Promise.all([
    runChild(shop, { steps: ["dispatch"], in_flight: 4 }),
    runChild(shop, { steps: ["dispatch"], in_flight: 4 }),
  ])

  expect(ends.map((end) => end.code)).toEqual([0, 0])
  expect(sentLoads(shop)).toHaveLength(30)
  await expectAllPaid(payouts)
})

it("a worker killed again and again, wherever it is, pays everybody once", async () => {
  const payouts = await payoutsOf(10)
  const deaths: [FailpointName, number][] = [
    ["dispatch.answered", 2],
    ["dispatch.claimed", 3],
    ["dispatch.recording", 2],
    ["resolve.reaping", 1],
    ["resolve.applying", 1],
  ]
  for (const [at, hit] of deaths) {
    await runToDeath(shop, {
      steps: ["dispatch", "resolve", "dispatch"],
      die: { at, hit },
    })
    await shop.passTime(4 * MINUTE_MS)
  }

  await runChild(shop, { steps: ["resolve", "dispatch", "publish"] })
  await expectAllPaid(payouts)
})

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error("It never became true")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
