import type { ClawbackRung } from "../../src/domain/clawback"
import { CLAWBACK_RUNGS } from "../../src/domain/clawback"
import type { OrderFacts } from "../../src/domain/facts"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { clawBack } from "../../src/runners/clawback"
import { collectPayouts } from "../../src/runners/collect"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { COLLECT } from "../support/collect-policy"
import { operatorsOf, RULES } from "../support/operators"
import {
  aPayee,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  requests,
  sentLoads,
  type Shop,
  untilQuiet,
} from "../support/payout-shop"
import { anEntry, openAmounts, sentSpendbacks } from "../support/spendbacks"
import { aLine, anOrder, cancelled, settleNow } from "./builders"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const { act, lookUp, sendByHand } = operatorsOf(() => shop)

const collect = (clawback: readonly ClawbackRung[] = CLAWBACK_RUNGS) =>
  collectPayouts(shop.deps(), {
    policy: { ...COLLECT, clawback },
    tag: shop.tag,
  })

/** She was paid so much, for an order of her own. */
async function aPaidVendor(amount = 100_00n): Promise<Payee> {
  const payee = await aPayee(shop)
  await anEntry(shop, payee, amount)
  await collect()
  await dispatchPayouts(shop.deps())
  return payee
}

type PayoutLine = { method: string; status: string; amount: string }
function payouts(): Promise<PayoutLine[]> {
  return shop.books.db.rows<PayoutLine>(
    `select method, status, amount::text as amount from masspay_payout
      order by created_at, id`
  )
}

const eventsOf = (event: string) =>
  shop.books.db.rows<{ detail: string | null }>(
    `select detail from masspay_payout_event where event = ?`,
    [event]
  )

it("makes a payout that was not sent anew with what was taken off, in one step", async () => {
  const payee = await aPayee(shop)
  await anEntry(shop, payee, 80_00n)
  await collect()
  await anEntry(shop, payee, -30_00n)
  const { payouts: made } = await collect()

  expect(made).toMatchObject([{ method: "wallet", amount: 50_00n }])
  expect(await payouts()).toEqual([
    { method: "wallet", status: "void", amount: "8000" },
    { method: "wallet", status: "ready", amount: "5000" },
  ])
  expect(await eventsOf("remade")).toEqual([{ detail: "clawback" }])
  await dispatchPayouts(shop.deps())
  expect(sentLoads(shop)).toHaveLength(1)
  await expectBooksToAgree(shop)
})

it("does not make anew what two people are deciding about", async () => {
  const payee = await aPayee(shop)
  await anEntry(shop, payee, 80_00n)
  await collect()
  const [payout] = await shop.books.db.rows<{ id: string }>(
    `select id from masspay_payout`
  )
  await act(
    "settle_elsewhere",
    { id: payout?.id ?? "", client_id: "", payee },
    { rules: { ...RULES, approval: { kind: "all" } } }
  )
  await anEntry(shop, payee, -30_00n)
  await collect()

  expect(await payouts()).toEqual([
    { method: "wallet", status: "ready", amount: "8000" },
  ])
})

it("asks for approval again when a payout is made anew", async () => {
  const payee = await aPayee(shop)
  await anEntry(shop, payee, 80_00n)
  await collect()
  await anEntry(shop, payee, -30_00n)
  await collectPayouts(shop.deps(), {
    policy: { ...COLLECT, approval: { kind: "all" } },
    tag: shop.tag,
  })

  expect(await payouts()).toEqual([
    { method: "wallet", status: "void", amount: "8000" },
    { method: "wallet", status: "pending", amount: "5000" },
  ])
})

it("does nothing to a payout whose outcome is not known, and takes back once it is", async () => {
  const payee = await aPayee(shop)
  await anEntry(shop, payee, 80_00n)
  await collect()
  shop.sandbox.control.armFault({
    fault: "execute_then_drop",
    method: "POST",
    path: "/load/",
  })
  await dispatchPayouts(shop.deps())
  await anEntry(shop, payee, -80_00n)
  await collect()
  expect(await payouts()).toEqual([
    { method: "wallet", status: "unknown", amount: "8000" },
  ])
  expect(await openAmounts(shop)).toEqual(["-8000"])

  await shop.passTime(11 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  await collect()
  await dispatchPayouts(shop.deps())
  expect(sentSpendbacks(shop)).toHaveLength(1)
  await untilQuiet(shop)
  expect(await openAmounts(shop)).toEqual([])
  await expectBooksToAgree(shop)
})

it("spends back what she owes, once, by however many processes at once", async () => {
  const payee = await aPaidVendor()
  await anEntry(shop, payee, -40_00n)
  await Promise.all([collect(), collect(), collect()])
  await Promise.all([
    dispatchPayouts(shop.deps({ worker: "a" })),
    dispatchPayouts(shop.deps({ worker: "b" })),
  ])
  await untilQuiet(shop)
  await collect()
  await dispatchPayouts(shop.deps())

  expect(sentSpendbacks(shop)).toHaveLength(1)
  expect(await openAmounts(shop)).toEqual([])
  expect(await payouts()).toEqual([
    { method: "wallet", status: "completed", amount: "10000" },
    { method: "spendback", status: "completed", amount: "-4000" },
  ])
  await expectBooksToAgree(shop)
})

it("takes nothing out of her wallet where the shop does not say so", async () => {
  const payee = await aPaidVendor()
  await anEntry(shop, payee, -40_00n)
  await collect(["void", "cancel-scheduled", "carry"])
  await dispatchPayouts(shop.deps())

  expect(sentSpendbacks(shop)).toHaveLength(0)
  expect(requests(shop).filter(({ method }) => method === "DELETE")).toEqual([])
  expect(await openAmounts(shop)).toEqual(["-4000"])
})

it("takes what her next earnings do not cover, and nothing besides", async () => {
  const payee = await aPaidVendor()
  await anEntry(shop, payee, -40_00n)
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     values ('mslen_later', ?, 'USD', 4000, 'adjustment', 'later', 'test',
             masspay_now() + interval '9 days')`,
    [payee.vendor_id]
  )
  await collect()

  expect(await payouts()).toHaveLength(1)
  expect(await openAmounts(shop)).toEqual(["-4000", "4000"])
})

it("carries what she has spent, and meets her next earnings with it", async () => {
  const payee = await aPaidVendor()
  shop.sandbox.control.withdrawAll(payee.user_token)
  await anEntry(shop, payee, -40_00n)
  await collect()
  await dispatchPayouts(shop.deps())
  expect(sentSpendbacks(shop)).toHaveLength(0)

  await anEntry(shop, payee, 100_00n)
  await collect()
  await dispatchPayouts(shop.deps())
  expect(await payouts()).toEqual([
    { method: "wallet", status: "completed", amount: "10000" },
    { method: "wallet", status: "completed", amount: "6000" },
  ])
  await expectBooksToAgree(shop)
})

it("spends back only after an approval where spendbacks of that size need one", async () => {
  const payee = await aPaidVendor()
  await anEntry(shop, payee, -40_00n)
  const policy = {
    ...COLLECT,
    approval: { kind: "above" as const, amounts: { USD: 39_99n } },
  }
  await collectPayouts(shop.deps(), { policy, tag: shop.tag })
  await dispatchPayouts(shop.deps())

  expect((await payouts()).at(-1)).toEqual({
    method: "spendback",
    status: "pending",
    amount: "-4000",
  })
  expect(sentSpendbacks(shop)).toHaveLength(0)
})

it("does not ask again for a spendback that a person rejected", async () => {
  const payee = await aPaidVendor()
  await anEntry(shop, payee, -40_00n)
  const run = () =>
    collectPayouts(shop.deps(), {
      policy: { ...COLLECT, approval: { kind: "all" } },
      tag: shop.tag,
    })
  await run()
  const [spendback] = await shop.books.db.rows<{ id: string }>(
    `select id from masspay_payout where method = 'spendback'`
  )
  await act("reject", { id: spendback?.id ?? "", client_id: "", payee })
  await shop.passTime(11 * MINUTE_MS)
  await run()

  expect((await payouts()).map(({ status }) => status)).toEqual([
    "completed",
    "void",
  ])
  expect(await openAmounts(shop)).toEqual(["-4000"])
})

it("looks at a debt again only when something was booked, or after a while", async () => {
  const payee = await aPaidVendor()
  shop.sandbox.control.withdrawAll(payee.user_token)
  await anEntry(shop, payee, -40_00n)
  const asked = () =>
    requests(shop).filter(({ path }) => path.includes("/wallet/")).length
  const run = () => clawBack(shop.deps(), { policy: COLLECT, tag: shop.tag })
  await run()
  const once = asked()
  expect(once).toBeGreaterThan(0)
  await run()
  expect(asked()).toBe(once)

  await anEntry(shop, payee, -1_00n)
  await run()
  expect(asked()).toBe(2 * once)
  await shop.passTime(11 * MINUTE_MS)
  await run()
  expect(asked()).toBe(3 * once)
})

describe("an order that is called off after it was paid", () => {
  const facts = () =>
    anOrder({
      lines: [aLine({ net: "100", vendor_id: "ven_1" })],
    })
  const settled = (order: OrderFacts) =>
    settleNow(shop.books.db, order, { commission_basis_points: 0 })

  async function aPaidOrder(): Promise<void> {
    await settled(facts())
    await collect()
    await dispatchPayouts(shop.deps())
  }

  /** The payout that waits is at MassPay, to be executed in an hour. */
  async function sendScheduled(): Promise<void> {
    const [row] = await shop.books.db.rows<{
      id: string
      client_id: string
      vendor_id: string
      user_token: string
    }>(
      `select p.id, o.client_id, p.vendor_id, p.user_token
         from masspay_payout p join masspay_operation o on o.payout_id = p.id`
    )
    if (!row) throw new Error("No payout waits")
    const { id, client_id, vendor_id, user_token } = row
    const payout = {
      id,
      client_id,
      payee: { id: "", internal_user_id: "", vendor_id, user_token },
    }
    const now = await databaseNow(shop.books.db)
    await sendByHand(payout, {
      time_to_process: new Date(now.getTime() + 60 * MINUTE_MS).toISOString(),
    })
    await lookUp(payout)
  }

  it("has its whole payout reversed, once", async () => {
    await aPaidOrder()
    await settled(cancelled(facts()))
    await Promise.all([collect(), collect()])
    await dispatchPayouts(shop.deps())
    await untilQuiet(shop)
    await collect()
    await dispatchPayouts(shop.deps())

    expect((await payouts()).map(({ status }) => status)).toEqual([
      "reversed",
      "netted",
    ])
    expect(
      requests(shop).filter(({ method }) => method === "DELETE")
    ).toHaveLength(1)
    expect(await openAmounts(shop)).toEqual([])
    await expectBooksToAgree(shop)
  })

  it("has what she earned since paid back out of it, where it cannot be reversed", async () => {
    await aPaidOrder()
    const [user] = shop.sandbox.control.state().users
    shop.sandbox.control.withdrawAll(user?.user_token ?? "")
    await settled(cancelled(facts()))
    await collect()
    await dispatchPayouts(shop.deps())
    await untilQuiet(shop)
    await collect()
    await dispatchPayouts(shop.deps())

    // Tried once, and then carried.
    expect(
      requests(shop).filter(({ method }) => method === "DELETE")
    ).toHaveLength(1)
    expect(await openAmounts(shop)).toEqual(["-10000"])
    await settled(
      anOrder({
        order_id: "order_2",
        lines: [aLine({ order_id: "order_2", ref: "item_2", net: "130" })],
      })
    )
    await collect()
    await dispatchPayouts(shop.deps())
    expect((await payouts()).at(-1)).toEqual({
      method: "wallet",
      status: "completed",
      amount: "3000",
    })
    await expectBooksToAgree(shop)
  })

  it("has a load that is still scheduled cancelled", async () => {
    await settled(facts())
    await collect()
    await sendScheduled()
    expect((await payouts())[0]?.status).toBe("accepted")
    await settled(cancelled(facts()))
    await collect(["void", "cancel-scheduled", "carry"])
    await dispatchPayouts(shop.deps())
    await untilQuiet(shop)
    await shop.passTime(61 * MINUTE_MS)
    await untilQuiet(shop)
    await collect()

    expect((await payouts()).map(({ status }) => status)).toEqual([
      "void",
      "netted",
    ])
    expect(await openAmounts(shop)).toEqual([])
    await expectBooksToAgree(shop)
  })
})
