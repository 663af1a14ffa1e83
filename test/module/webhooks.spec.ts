import { redriveWebhook } from "../../src/modules/masspay/queries/webhook-reads"
import { routeWebhooks } from "../../src/modules/masspay/queries/webhook-route"
import {
  claimWebhookObjects,
  finishWebhookObject,
} from "../../src/modules/masspay/queries/webhook-work"
import {
  applyWebhooks,
  forgetOldWebhooks,
} from "../../src/runners/apply-webhooks"
import { dispatchPayouts } from "../../src/runners/dispatch"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  type Shop,
  type TestPayout,
} from "../support/payout-shop"
import { deliver, inboxOf, signatureFor } from "../support/webhooks"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const DAY_MS = 24 * 60 * MINUTE_MS
const OPTIONS = { coalesce_ms: 5_000, second_look_ms: MINUTE_MS }

/** What the job does, a little after what came before. */
async function work(
  options: Parameters<typeof applyWebhooks>[1] = OPTIONS
): Promise<Awaited<ReturnType<typeof applyWebhooks>>> {
  await shop.passTime(6_000)
  return applyWebhooks(shop.deps(), options)
}

const aPaidPayout = async (): Promise<TestPayout> => {
  const payout = await aPayout(shop)
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  return payout
}

const flip = ({ client_id }: TestPayout, status: "COMPLETED" | "CANCELLED") => {
  const load = shop.sandbox.control
    .loads()
    .loads.find(({ client_load_id }) => client_load_id === client_id)
  if (!load) throw new Error("No such load")
  shop.sandbox.control.setLoadStatus(load.load_token, status)
}

const aboutLoad = ({ client_id }: TestPayout, status: string) => ({
  event_type: "load",
  client_load_id: client_id,
  load_token: "lod_any",
  amount: 12.34,
  source_currency_code: "USD",
  status,
})

const lookups = () =>
  requests(shop).filter(
    ({ method, path }) => method === "GET" && path.includes("/payout/load/")
  ).length

it("a message that lies changes nothing: MassPay is asked, and its word counts", async () => {
  const payout = await aPaidPayout()
  await deliver(shop, aboutLoad(payout, "CANCELLED"))
  await work()
  await shop.passTime(MINUTE_MS)
  await work()

  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  expect(await inboxOf(shop)).toMatchObject([
    { state: "applied", status: "CANCELLED", truth_status: "COMPLETED" },
  ])
  expect(shop.logs.join("\n")).toContain("warn webhook.differs")
  await expectBooksToAgree(shop)
})

it("every flip is followed, also the third, whose body is that of the first", async () => {
  const payout = await aPaidPayout()
  const statuses: string[] = []
  for (const status of [
    "CANCELLED",
    "COMPLETED",
    "CANCELLED",
    "COMPLETED",
  ] as const) {
    flip(payout, status)
    expect(await deliver(shop, aboutLoad(payout, status))).toBe(true)
    await work()
    statuses.push((await readPayout(shop, payout.id)).status)
    await expectBooksToAgree(shop)
  }

  expect(statuses).toEqual(["cancelled", "completed", "cancelled", "completed"])
  expect(await inboxOf(shop)).toHaveLength(4)
})

it("the same signed delivery is stored once, however its header is written", async () => {
  const payout = await aPaidPayout()
  const event = aboutLoad(payout, "COMPLETED")
  const body = JSON.stringify(event)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const hex = signatureFor(body, { timestamp })

  expect(await deliver(shop, event, { header: hex })).toBe(true)
  expect(await deliver(shop, event, { header: hex })).toBe(false)
  const upper = `t=${timestamp},s=${hex.slice(hex.indexOf("s=") + 2).toUpperCase()}`
  expect(await deliver(shop, event, { header: upper })).toBe(false)
  for (const encoding of ["base64", "base64url"] as const) {
    const header = signatureFor(body, { timestamp, encoding })
    expect(await deliver(shop, event, { header })).toBe(false)
  }
  expect(await inboxOf(shop)).toHaveLength(1)
})

it("however many messages name a user, she is looked up once in five seconds", async () => {
  const payee = await aPayee(shop)
  const payouts = [
    await aPayout(shop, { payee }),
    await aPayout(shop, { payee, amount: 5_00n }),
  ]
  await dispatchPayouts(shop.deps())
  const before = lookups()
  for (let time = 0; time < 10; time += 1) {
    for (const payout of payouts) {
      await deliver(shop, aboutLoad(payout, "COMPLETED"))
    }
  }
  await work()
  await applyWebhooks(shop.deps(), OPTIONS)
  expect(lookups() - before).toBe(1)

  await deliver(shop, aboutLoad(payouts[0] as TestPayout, "COMPLETED"))
  await applyWebhooks(shop.deps(), OPTIONS)
  expect(lookups() - before).toBe(1)
  await work()
  expect(lookups() - before).toBe(2)
  expect((await inboxOf(shop)).every(({ state }) => state === "applied")).toBe(
    true
  )
})

it("two workers at once look an object up once", async () => {
  const payout = await aPaidPayout()
  flip(payout, "CANCELLED")
  const before = lookups()
  await deliver(shop, aboutLoad(payout, "CANCELLED"))
  await shop.passTime(6_000)
  await Promise.all([1, 2, 3, 4].map(() => applyWebhooks(shop.deps(), OPTIONS)))

  expect(lookups() - before).toBe(1)
  expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
  expect(await inboxOf(shop)).toMatchObject([{ state: "applied" }])
})

it("a worker that dies between claim and apply leaves it to the next", async () => {
  const payout = await aPaidPayout()
  flip(payout, "CANCELLED")
  await deliver(shop, aboutLoad(payout, "CANCELLED"))
  await shop.passTime(6_000)
  const { books } = shop
  await routeWebhooks(books.db, { limit: 10, coalesce_ms: 5_000 })
  const lease = { worker: "died", limit: 10, lease_ms: MINUTE_MS }
  expect(await claimWebhookObjects(books.db, lease)).toHaveLength(1)

  await work()
  expect(await inboxOf(shop)).toMatchObject([{ state: "received" }])
  await shop.passTime(MINUTE_MS)
  await work()
  expect(await inboxOf(shop)).toMatchObject([{ state: "applied" }])
  expect((await readPayout(shop, payout.id)).status).toBe("cancelled")

  const late = await finishWebhookObject(books.db, {
    worker: "died",
    key: `loads:${payout.payee.user_token}`,
    outcome: { did: "unanswered" },
    coalesce_ms: 5_000,
    second_look_ms: MINUTE_MS,
  })
  expect(late).toBeNull()
})

it("a message that came after the look-up began waits for the next one", async () => {
  const payout = await aPaidPayout()
  await deliver(shop, aboutLoad(payout, "COMPLETED"))
  await shop.passTime(6_000)
  await applyWebhooks(
    shop.deps({
      failpoint: async (name) => {
        if (name !== "webhooks.looked_up") return
        flip(payout, "CANCELLED")
        await deliver(shop, aboutLoad(payout, "CANCELLED"))
      },
    }),
    OPTIONS
  )
  expect((await readPayout(shop, payout.id)).status).toBe("completed")

  await work()
  expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
  expect((await inboxOf(shop)).map(({ state }) => state)).toEqual([
    "applied",
    "applied",
  ])
})

it("while MassPay does not answer nothing is tried out on the messages", async () => {
  const payout = await aPaidPayout()
  flip(payout, "CANCELLED")
  await deliver(shop, aboutLoad(payout, "CANCELLED"))
  shop.sandbox.control.armFault({
    fault: "500_without_executing",
    method: "GET",
    path: "/payout/load/",
    times: 3,
  })
  for (let time = 0; time < 3; time += 1) {
    await work()
    await shop.passTime(15 * MINUTE_MS)
  }
  expect(await inboxOf(shop)).toMatchObject([
    { state: "received", attempts: 0 },
  ])
  await work()
  expect(await inboxOf(shop)).toMatchObject([{ state: "applied" }])
  expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
})

it("what cannot be applied is tried eight times, then is dead, and can be taken up again", async () => {
  const payout = await aPaidPayout()
  await deliver(shop, aboutLoad(payout, "COMPLETED"))
  const broken = {
    ...shop.wire,
    listLoads: () => Promise.reject(new Error("a bug of ours")),
  }
  for (let time = 0; time < 9; time += 1) {
    await shop.passTime(16 * MINUTE_MS)
    await applyWebhooks(shop.deps({ wire: broken }), OPTIONS)
  }
  expect(await inboxOf(shop)).toMatchObject([
    { state: "dead", reason: "not_applied", attempts: 8 },
  ])

  const [row] = await shop.books.db.rows<{ id: string }>(
    `select id from masspay_webhook_event`
  )
  const asking = {
    id: row?.id ?? "",
    actor: "user_1",
    reason: "The bug is mended",
    request_id: "req_1",
  }
  const first = await redriveWebhook(shop.books.db, asking)
  expect(await redriveWebhook(shop.books.db, asking)).toEqual(first)
  await work()
  expect(await inboxOf(shop)).toMatchObject([
    { state: "applied", reason: null },
  ])
  await expect(
    redriveWebhook(shop.books.db, { ...asking, request_id: "req_2" })
  ).rejects.toMatchObject({ code: "webhook_not_stuck" })
  await expect(
    redriveWebhook(shop.books.db, { ...asking, id: "x", request_id: "req_3" })
  ).rejects.toMatchObject({ code: "webhook_not_found" })
})

it("tells others' messages, and those that lead to nothing, apart from ours", async () => {
  const payee = await aPayee(shop)
  const { user_token } = payee
  const events = [
    {
      event_type: "load",
      client_load_id: "somebody-elses",
      status: "COMPLETED",
    },
    { event_type: "payout", payout_token: "pay_1", status: "PENDING" },
    { event_type: "user", user_token: "usr_somebody", status: "ACTIVE" },
    { event_type: "user", status: "ACTIVE" },
    { event_type: "card.shipped", user_token },
    { IdentityKey: "k", AccountId: user_token, TaxStatus: "TaxInfoOnFile" },
    { event_type: "load", client_load_id: { $ne: 1 }, load_token: 7 },
  ]
  for (const event of events) await deliver(shop, event)
  await deliver(shop, [])
  await work()

  expect(await inboxOf(shop)).toMatchObject([
    { kind: "load", state: "ignored", reason: "foreign" },
    { kind: "payout", state: "ignored", reason: "foreign" },
    { kind: "user", state: "ignored", reason: "foreign" },
    { kind: "user", state: "ignored", reason: "no_object" },
    { kind: "unknown", state: "ignored", reason: "unknown_type" },
    { kind: "tax", state: "applied", reason: "noted", status: "TaxInfoOnFile" },
    { kind: "load", state: "ignored", reason: "foreign" },
    { kind: "unreadable", state: "ignored", reason: "unreadable" },
  ])
})

it("an operation with our tag that the books do not know stays in sight", async () => {
  await deliver(shop, {
    event_type: "load",
    client_load_id: `mpl${shop.tag}${"0".repeat(40)}`,
    load_token: "lod_unknown",
    status: "COMPLETED",
  })
  await work()
  expect(await inboxOf(shop)).toMatchObject([
    { state: "received", reason: "unknown_operation", attempts: 1 },
  ])
  expect(shop.logs.join("\n")).toContain("error webhook.unknown_operation")
  for (let time = 0; time < 8; time += 1) {
    await shop.passTime(16 * MINUTE_MS)
    await work()
  }
  expect(await inboxOf(shop)).toMatchObject([
    { state: "dead", reason: "unknown_operation" },
  ])
})

it("a user is read again, whatever a message says about her", async () => {
  const payee = await aPayee(shop)
  const statusOf = async () => {
    const [row] = await shop.books.db.rows<{ status: string }>(
      `select status from masspay_payee where id = ?`,
      [payee.id]
    )
    return row?.status
  }
  const { user_token } = payee
  await deliver(shop, { event_type: "user", user_token, status: "LOCKED" })
  await work()
  expect(await statusOf()).toBe("active")

  shop.sandbox.control.lockUser(user_token, "identity")
  await deliver(shop, { event_type: "kyc", user_token, status: "APPROVED" })
  await work()
  expect(await statusOf()).toBe("locked")
})

it("money that came is counted", async () => {
  await deliver(shop, { event_type: "balance_credit", amount: 10 })
  await work()
  const [row] = await shop.books.db.rows<{ n: number }>(
    `select count(*)::int as n from masspay_control where key like 'funding%'`
  )
  expect(row?.n).toBeGreaterThan(0)
  expect(await inboxOf(shop)).toMatchObject([{ state: "applied" }])
})

it("old messages are forgotten, those that wait are not", async () => {
  const payout = await aPaidPayout()
  await deliver(shop, aboutLoad(payout, "COMPLETED"))
  await work()
  await deliver(shop, aboutLoad(payout, "CANCELLED"))
  await shop.passTime(91 * DAY_MS)
  const { books, log } = shop.deps()

  expect(await forgetOldWebhooks({ books, log }, { days: 90 })).toBe(1)
  expect(await inboxOf(shop)).toMatchObject([{ state: "received" }])
})
