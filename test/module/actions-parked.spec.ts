import { listActionRequests } from "../../src/modules/masspay/queries/action-requests"
import { operatorsOf } from "../support/operators"
import {
  attemptsOf,
  expectBooksToAgree,
  openShop,
  readPayout,
  sentLoads,
  type Shop,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const {
  act,
  answer,
  lookUp,
  sendByHand,
  aParkedPayout,
  openAmounts,
  storedRequests,
} = operatorsOf(() => shop)

describe("a parked payout", () => {
  it("is left by two people, and paid once", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout)
    expect(proposal).toMatchObject({ state: "proposed", to: "needs_review" })
    expect((await readPayout(shop, payout.id)).status).toBe("needs_review")

    await expect(
      answer(proposal.id, { actor: "user_1" })
    ).rejects.toMatchObject({ code: "own_proposal" })
    const confirmed = await answer(proposal.id)
    expect(await answer(proposal.id)).toEqual(confirmed)
    await expect(
      answer(proposal.id, { answer: "reject", actor: "user_3" })
    ).rejects.toMatchObject({ code: "already_answered" })
    const sent = sentLoads(shop).length
    await untilQuiet(shop)

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(sentLoads(shop)).toHaveLength(sent + 1)
    expect(Object.values(shop.sandbox.control.audit().executed_loads)).toEqual([
      1,
    ])
    await expectBooksToAgree(shop)
  })

  it("may be given up by two people; its entries are open again", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout, {
      outcome: "void",
    })
    await answer(proposal.id)

    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await openAmounts()).toEqual(["1234"])
    const proofs = await attemptsOf(shop, payout.id)
    expect(new Set(proofs.map(({ proof }) => proof))).toEqual(
      new Set(["not_executed"])
    )
  })

  it("is left once, however many confirm at once", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout)
    const answers = await Promise.allSettled(
      ["user_2", "user_3", "user_4"].map((actor) =>
        answer(proposal.id, { actor })
      )
    )
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(
      1
    )
    const timeline = await timelineOf(shop, payout.id)
    expect(
      timeline.filter((step) => step === "resend_confirmed>ready")
    ).toHaveLength(1)
  })

  it("is not left by confirming what a look-up has decided meanwhile", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout, {
      outcome: "void",
    })
    await sendByHand(payout)
    await lookUp(payout)

    await expect(answer(proposal.id)).rejects.toMatchObject({
      code: "wrong_status",
    })
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(await openAmounts()).toEqual([])
    await expectBooksToAgree(shop)
  })

  it("is shown to the second person before anything is done", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout, {
      outcome: "void",
    })
    const { action_requests } = await listActionRequests(shop.books.db, {
      filters: { state: "proposed" },
      limit: 10,
      offset: 0,
    })
    expect(action_requests).toMatchObject([
      { id: proposal.id, outcome: "void", amount: "12.34", maker: "user_1" },
    ])
    const before = await readPayout(shop, payout.id)

    expect(await answer(proposal.id, { dry_run: true })).toMatchObject({
      id: null,
      state: "preview",
      from: "needs_review",
      to: "void",
    })
    expect(await readPayout(shop, payout.id)).toEqual(before)
    expect(await storedRequests()).toEqual([{ state: "proposed" }])
  })

  it("has one open proposal, which its maker may withdraw", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout)
    await expect(
      act("assert_not_executed", payout, { actor: "user_2" })
    ).rejects.toMatchObject({ code: "already_proposed" })

    const withdrawal = { answer: "reject", actor: "user_1" } as const
    const withdrawn = await answer(proposal.id, withdrawal)
    expect(withdrawn).toMatchObject({ state: "rejected", to: "needs_review" })
    expect(await answer(proposal.id, withdrawal)).toEqual(withdrawn)
    await expect(answer(proposal.id)).rejects.toMatchObject({
      code: "already_answered",
    })
    expect(
      await shop.books.db.rows(
        `select state, checker, checker_reason from masspay_action_request`
      )
    ).toEqual([
      { state: "rejected", checker: null, checker_reason: "I looked too" },
    ])
  })

  it("asked about with the same request id but another outcome is refused", async () => {
    const payout = await aParkedPayout()
    const same = { request_id: "same" }
    await act("assert_not_executed", payout, same)

    await expect(
      act("assert_not_executed", payout, { ...same, outcome: "void" })
    ).rejects.toMatchObject({ code: "request_id_used" })
  })

  it("stays parked when the second person says no", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout)

    expect(await answer(proposal.id, { answer: "reject" })).toMatchObject({
      state: "rejected",
    })
    expect((await readPayout(shop, payout.id)).status).toBe("needs_review")
    await act("assert_not_executed", payout)
  })

  it("that was executed after all is found by the look-up before it is sent again", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout)
    // Both were wrong: the request was only slow.
    await sendByHand(payout)
    const before = sentLoads(shop).length
    await answer(proposal.id)
    await untilQuiet(shop)

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(sentLoads(shop)).toHaveLength(before)
    await expectBooksToAgree(shop)
  })

  it("is moved by a look-up now, when MassPay shows it", async () => {
    const payout = await aParkedPayout()
    await lookUp(payout)
    expect((await readPayout(shop, payout.id)).status).toBe("needs_review")

    await sendByHand(payout)
    await lookUp(payout)
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    await expectBooksToAgree(shop)
  })
})
