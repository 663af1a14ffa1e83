import type { ApprovalPolicy } from "../../src/domain/collect"
import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { operatorsOf } from "../support/operators"
import {
  aPayout,
  attemptsOf,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  sentLoads,
  type Shop,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"
import { aPaidPayee, aSpendback, sentSpendbacks } from "../support/spendbacks"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const { act, answer, lookUp } = operatorsOf(() => shop)
const ABOVE_100: ApprovalPolicy = { kind: "above", amounts: { USD: 100_00n } }
const dispatch = (approval?: ApprovalPolicy) =>
  dispatchPayouts(shop.deps(approval && { approval }))

describe("a payout that today's policy asks an approval for", () => {
  it("waits for one instead of being sent, while the others are", async () => {
    const small = await aPayout(shop, { amount: 100_00n })
    const large = await aPayout(shop, { amount: 100_01n })

    await dispatch(ABOVE_100)

    expect(sentLoads(shop)).toHaveLength(1)
    expect((await readPayout(shop, small.id)).status).toBe("completed")
    expect((await readPayout(shop, large.id)).status).toBe("pending")
    expect(await timelineOf(shop, large.id)).toEqual([
      "collected>ready",
      "approval_required>pending",
    ])
    expect(shop.logs.join("\n")).toMatch(
      /warn payout.approval_required payout_id/
    )
    await dispatch(ABOVE_100)
    expect(sentLoads(shop)).toHaveLength(1)

    await act("approve", large, { actor: "user_2" })
    await dispatch(ABOVE_100)
    expect((await readPayout(shop, large.id)).status).toBe("completed")
    await expectBooksToAgree(shop)
  })

  it("is sent where it has one already, whatever the policy says by now", async () => {
    const payout = await aPayout(shop, { amount: 100_01n })
    await dispatch({ kind: "all" })
    await act("approve", payout, { actor: "user_2" })

    await dispatch({ kind: "all" })

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
  })

  it("goes back whole, many at a time, and nothing is left claimed", async () => {
    for (let count = 0; count < 12; count += 1) await aPayout(shop)

    const { claimed, unapproved } = await claimReady(shop.books.db, {
      worker: "w",
      limit: 10,
      lease_ms: MINUTE_MS,
      approval: { kind: "all" },
    })
    expect([claimed.length, unapproved.length]).toEqual([0, 10])
    await dispatch({ kind: "all" })
    expect(
      await shop.books.db.rows(
        `select distinct status, approval, lease_owner from masspay_payout`
      )
    ).toEqual([{ status: "pending", approval: "required", lease_owner: null }])
    expect(sentLoads(shop)).toEqual([])
  })

  it("is rejected after a send only once a look-up agreed that nothing came of it", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.armFault({ fault: "429", path: "/load/", times: 1 })
    await dispatch()
    expect(await attemptsOf(shop, payout.id)).toMatchObject([
      { proof: "not_executed" },
    ])
    await shop.passTime(10 * MINUTE_MS)
    await dispatch({ kind: "all" })
    expect((await readPayout(shop, payout.id)).status).toBe("pending")

    await expect(act("reject", payout)).rejects.toMatchObject({
      code: "look_up_first",
    })
    await lookUp(payout)
    await act("reject", payout)
    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("is for a person when nobody knows what came of an earlier send", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.armFault({
      fault: "drop_before_execute",
      method: "POST",
      path: "/load/",
      times: 1,
    })
    await dispatch()
    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    await shop.passTime(10 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("ready")

    await dispatch({ kind: "all" })

    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "needs_review",
      review_reason: "approval_required",
    })
    expect(sentLoads(shop)).toHaveLength(1)
    // Two people say that nothing was executed: then it is a question of an approval.
    const { id } = await act("assert_not_executed", payout, {
      outcome: "ready",
    })
    await answer(id)
    for (let look = 0; look < 4; look += 1) {
      await shop.passTime(10 * MINUTE_MS)
      await resolvePayouts(shop.deps())
      await dispatch({ kind: "all" })
    }
    expect((await readPayout(shop, payout.id)).status).toBe("pending")
    expect(sentLoads(shop)).toHaveLength(1)
    await act("approve", payout, { actor: "user_3" })
    await untilQuiet(shop)
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    await expectBooksToAgree(shop)
  })

  it("may be a spendback, by its size", async () => {
    const payee = await aPaidPayee(shop, 500_00n)
    const small = await aSpendback(shop, { payee, amount: -100_00n })
    const large = await aSpendback(shop, { payee, amount: -100_01n })

    await dispatch(ABOVE_100)

    expect((await readPayout(shop, small.id)).status).toBe("completed")
    expect((await readPayout(shop, large.id)).status).toBe("pending")
    expect(sentSpendbacks(shop)).toHaveLength(1)
    await act("approve", large)
    await dispatch(ABOVE_100)
    expect((await readPayout(shop, large.id)).status).toBe("completed")
    await expectBooksToAgree(shop)
  })
})
