import type { ActionRules } from "../../src/modules/masspay/queries/action-facts"
import { allowedActions } from "../../src/modules/masspay/queries/actions"
import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { operatorsOf, RULES } from "../support/operators"
import {
  aPayout,
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

const {
  act,
  answer,
  lookUp,
  sendByHand,
  aRefusedPayout,
  aPendingPayout,
  openAmounts,
  storedRequests,
} = operatorsOf(() => shop)

describe("an action", () => {
  it("is done once for each request id, also when it comes twice at once", async () => {
    const payout = await aPendingPayout()
    const ask = () => act("approve", payout, { request_id: "same" })
    const [first, second] = await Promise.all([ask(), ask()])
    const third = await ask()

    expect(first).toEqual(second)
    expect(third).toMatchObject({ state: "done", from: "pending", to: "ready" })
    expect(await storedRequests()).toEqual([{ state: "done" }])
    expect(await timelineOf(shop, payout.id)).toEqual([
      "collected_for_approval>pending",
      "approved>ready",
    ])
  })

  it.each([
    ["another action", { action: "reject" as const }],
    ["another operator", { actor: "user_2" }],
    ["another payout", null],
  ])("with the request id of %s is refused", async (_, overrides) => {
    const payout = await aPendingPayout()
    const other = overrides ? payout : await aPendingPayout()
    await act("approve", payout, { request_id: "same" })

    await expect(
      act("approve", other, { request_id: "same", ...overrides })
    ).rejects.toMatchObject({ code: "request_id_used" })
    if (!overrides) {
      expect((await readPayout(shop, other.id)).status).toBe("pending")
    }
  })

  it("with one request id for two payouts at once is done to one of them", async () => {
    const payouts = [await aPendingPayout(), await aPendingPayout()]
    const answers = await Promise.allSettled(
      payouts.map((payout) => act("approve", payout, { request_id: "same" }))
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ])
    const statuses = await Promise.all(
      payouts.map(async ({ id }) => (await readPayout(shop, id)).status)
    )
    expect(statuses.sort()).toEqual(["pending", "ready"])
  })

  it("of two operators at once, one decides", async () => {
    for (let round = 0; round < 5; round += 1) {
      const payout = await aPendingPayout()
      const answers = await Promise.allSettled([
        act("approve", payout, { actor: "user_1" }),
        act("reject", payout, { actor: "user_2" }),
      ])
      expect(
        answers.filter(({ status }) => status === "fulfilled")
      ).toHaveLength(1)
      const { status } = await readPayout(shop, payout.id)
      expect(status).toBe(answers[0].status === "fulfilled" ? "ready" : "void")
    }
    await dispatchPayouts(shop.deps())
    await expectBooksToAgree(shop)
  })

  it("changes nothing in a dry run, and says what it would do", async () => {
    const payout = await aPendingPayout()
    const before = await readPayout(shop, payout.id)

    expect(await act("approve", payout, { dry_run: true })).toMatchObject({
      id: null,
      state: "preview",
      from: "pending",
      to: "ready",
      amount: "12.34",
      currency_code: "USD",
    })
    expect(await readPayout(shop, payout.id)).toEqual(before)
    expect(await storedRequests()).toEqual([])
  })

  it("on a payout that does not exist is refused", async () => {
    await expect(
      act("void", { id: "mspo_none", client_id: "", payee: {} as never })
    ).rejects.toMatchObject({ code: "not_found" })
  })

  it("is kept with who asked and why, and never changes afterwards", async () => {
    const payout = await aPayout(shop)
    await act("void", payout)

    expect(
      await shop.books.db.rows(
        `select action, payout_id, state, maker, maker_reason, checker from masspay_action_request`
      )
    ).toEqual([
      {
        action: "void",
        payout_id: payout.id,
        state: "done",
        maker: "user_1",
        maker_reason: "because",
        checker: null,
      },
    ])
    await expect(
      shop.books.db.rows(`update masspay_action_request set maker_reason = 'x'`)
    ).rejects.toThrow("kept as they were given")
  })
})

describe("approve and reject", () => {
  it("an approved payout is paid; one that waits is not", async () => {
    const payout = await aPendingPayout()
    await dispatchPayouts(shop.deps())
    expect(sentLoads(shop)).toHaveLength(0)

    await act("approve", payout)
    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    await expectBooksToAgree(shop)
  })

  it("whoever caused a payout cannot approve it", async () => {
    const payout = await aPendingPayout("user_1")

    await expect(act("approve", payout)).rejects.toMatchObject({
      code: "own_payout",
    })
    await act("approve", payout, { actor: "user_2" })
  })

  it("nor can whoever caused one of its entries", async () => {
    const payout = await aPendingPayout()
    await shop.books.db.rows(
      `alter table masspay_ledger_entry disable trigger user`
    )
    await shop.books.db.rows(`update masspay_ledger_entry set actor = 'user_1'`)
    await shop.books.db.rows(
      `alter table masspay_ledger_entry enable trigger user`
    )

    await expect(act("approve", payout)).rejects.toMatchObject({
      code: "own_payout",
    })
  })

  it("a rejected payout opens its entries again", async () => {
    const payout = await aPendingPayout()
    await act("reject", payout)

    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await openAmounts()).toEqual(["1234"])
    await expectBooksToAgree(shop)
  })
})

describe("void", () => {
  it("and a claim never both win", async () => {
    for (let round = 0; round < 10; round += 1) {
      const payout = await aPayout(shop)
      const [voided, { claimed }] = await Promise.all([
        act("void", payout).then(
          () => true,
          () => false
        ),
        claimReady(shop.books.db, {
          worker: "w",
          limit: 10,
          lease_ms: MINUTE_MS,
        }),
      ])
      const isClaimed = claimed.some((each) => each.payout_id === payout.id)

      expect([voided, isClaimed].filter(Boolean).length).toBeLessThanOrEqual(1)
      const { status } = await readPayout(shop, payout.id)
      if (voided) expect(status).toBe("void")
      if (isClaimed) expect(status).toBe("sending")
    }
  })

  it("is refused once anything was sent", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.armFault({
      fault: "400_reject",
      method: "POST",
      path: "/load/",
    })
    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("blocked")

    await expect(act("void", payout)).rejects.toMatchObject({
      code: "was_sent",
    })
    expect(await openAmounts()).toEqual([])
  })
})

it("a payout that is blocked for its configuration is paid once after a retry", async () => {
  const payout = await aPayout(shop)
  shop.sandbox.control.armFault({
    fault: "400_reject",
    method: "POST",
    path: "/load/",
  })
  await dispatchPayouts(shop.deps())
  await expect(act("retry", payout)).rejects.toMatchObject({
    code: "too_early",
  })
  await shop.passTime(10 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "blocked",
    block_reason: "config",
  })

  const { id } = await act("retry", payout)
  await lookUp(payout, { request: id ?? "", may_unblock: true })
  await dispatchPayouts(shop.deps())

  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  expect(sentLoads(shop)).toHaveLength(2)
  await expectBooksToAgree(shop)
})

describe("a look-up that an operator asks for", () => {
  it("leaves a blocked payout blocked: nothing is sent for it", async () => {
    const payout = await aRefusedPayout()
    const before = await timelineOf(shop, payout.id)

    expect(await lookUp(payout)).toMatchObject({ looked_up: 1, unanswered: 0 })
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())

    expect((await readPayout(shop, payout.id)).status).toBe("blocked")
    expect(sentLoads(shop)).toHaveLength(1)
    expect(await timelineOf(shop, payout.id)).toEqual(before)
  })

  it("applies what MassPay has of a blocked payout", async () => {
    const payout = await aRefusedPayout()
    await sendByHand(payout)
    await lookUp(payout)

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    await expectBooksToAgree(shop)
  })

  it("says so when MassPay does not answer, and then nothing has changed", async () => {
    const payout = await aRefusedPayout()
    const before = await readPayout(shop, payout.id)
    shop.sandbox.control.armFault({
      fault: "drop_before_execute",
      method: "GET",
      path: "/load/",
    })

    expect(await lookUp(payout, { may_unblock: true })).toMatchObject({
      unanswered: 1,
    })
    expect(await readPayout(shop, payout.id)).toEqual(before)
  })

  it("names the operator where it lets a blocked payout go", async () => {
    const payout = await aRefusedPayout()
    await lookUp(payout, { may_unblock: true })

    expect(
      await shop.books.db.rows(
        `select actor, cause from masspay_payout_event where event = 'unblocked'`
      )
    ).toEqual([{ actor: "user_1", cause: "msact_test" }])
  })
})

describe("an action whose process ended before MassPay was asked", () => {
  const lookUps = () =>
    requests(shop).filter(
      ({ method, path }) => method === "GET" && path.includes("/load/")
    ).length

  it("is done by the next look for unknown outcomes, in the operator's name", async () => {
    const payout = await aRefusedPayout()
    // A cause that no look-up takes for gone by itself.
    const retried = await act("retry", payout)
    await resolvePayouts(shop.deps())

    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "ready",
      block_reason: null,
    })
    expect(
      await shop.books.db.rows(
        `select actor, cause from masspay_payout_event where event = 'unblocked'`
      )
    ).toEqual([{ actor: "user_1", cause: retried.id }])
  })

  it("is done for the others where one cannot be", async () => {
    const first = await aRefusedPayout()
    const second = await aRefusedPayout()
    await act("retry", first)
    await act("retry", second)
    let looks = 0
    const failpoint = (point: string) => {
      if (point === "resolve.looked_up" && (looks += 1) === 1) {
        throw new Error("not this one")
      }
    }
    await resolvePayouts(shop.deps({ failpoint }))

    expect((await readPayout(shop, first.id)).status).toBe("blocked")
    expect((await readPayout(shop, second.id)).status).toBe("ready")
  })

  it("asks MassPay once", async () => {
    const payout = await aRefusedPayout()
    await act("resolve", payout)
    await resolvePayouts(shop.deps())
    const asked = lookUps()
    await resolvePayouts(shop.deps())

    expect((await readPayout(shop, payout.id)).status).toBe("blocked")
    expect(asked).toBeGreaterThan(0)
    expect(lookUps()).toBe(asked)
  })
})

describe("settle elsewhere", () => {
  it("of a refused payout waits for a look-up, which does not send it", async () => {
    const payout = await aRefusedPayout()
    await expect(act("settle_elsewhere", payout)).rejects.toMatchObject({
      code: "look_up_first",
    })
    await lookUp(payout)
    await act("settle_elsewhere", payout)
    await untilQuiet(shop)

    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await openAmounts()).toEqual([])
    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("does not take a look that began too early for one that agrees", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.armFault({
      fault: "400_reject",
      method: "POST",
      path: "/load/",
    })
    await dispatchPayouts(shop.deps())
    // The answer is as old as its request, however late it is applied.
    await lookUp(payout, {}, async (point) => {
      if (point === "resolve.looked_up") await shop.passTime(10 * MINUTE_MS)
    })

    await expect(act("settle_elsewhere", payout)).rejects.toMatchObject({
      code: "look_up_first",
    })
  })

  it("closes the debt without paying it", async () => {
    const payout = await aPayout(shop)
    await act("settle_elsewhere", payout)
    await dispatchPayouts(shop.deps())

    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await openAmounts()).toEqual([])
    expect(sentLoads(shop)).toHaveLength(0)
    expect(
      await shop.books.db.rows(
        `select kind, amount::text as amount, actor from masspay_ledger_entry order by amount`
      )
    ).toEqual([
      { kind: "settled_elsewhere", amount: "-1234", actor: "user_1" },
      { kind: "adjustment", amount: "1234", actor: "system" },
    ])
    await expectBooksToAgree(shop)
  })

  it("is refused while an outcome is not proven", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.armFault({
      fault: "execute_then_drop",
      method: "POST",
      path: "/load/",
    })
    await dispatchPayouts(shop.deps())

    await expect(act("settle_elsewhere", payout)).rejects.toMatchObject({
      code: "wrong_status",
    })
  })

  it("waits for a second person above the approval limit", async () => {
    const payout = await aPayout(shop)
    const rules: ActionRules = { ...RULES, approval: { kind: "all" } }
    const proposal = await act("settle_elsewhere", payout, { rules })
    expect(proposal).toMatchObject({ state: "proposed", to: "ready" })
    expect((await readPayout(shop, payout.id)).status).toBe("ready")

    await answer(proposal.id, { rules })
    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await openAmounts()).toEqual([])
    await expectBooksToAgree(shop)
  })
})

it("while a second person is awaited, nobody sends it or gives it up", async () => {
  const payout = await aPendingPayout()
  const rules: ActionRules = { ...RULES, approval: { kind: "all" } }
  const proposal = await act("settle_elsewhere", payout, { rules })
  for (const action of ["approve", "reject", "void"] as const) {
    await expect(
      act(action, payout, { rules, actor: "user_2" })
    ).rejects.toMatchObject({ code: "already_proposed" })
  }
  await dispatchPayouts(shop.deps())
  expect(sentLoads(shop)).toHaveLength(0)

  await answer(proposal.id, { rules, answer: "reject" })
  await act("approve", payout, { rules, actor: "user_2" })
})

it("a ready payout is not sent while a second person is asked whether it was paid elsewhere", async () => {
  const payout = await aPayout(shop)
  const rules: ActionRules = { ...RULES, approval: { kind: "all" } }
  const proposal = await act("settle_elsewhere", payout, { rules })
  await dispatchPayouts(shop.deps())
  expect(sentLoads(shop)).toHaveLength(0)

  await answer(proposal.id, { rules, answer: "reject" })
  await dispatchPayouts(shop.deps())
  expect(sentLoads(shop)).toHaveLength(1)
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  await expectBooksToAgree(shop)
})

it("a proposal and a claim never both win", async () => {
  const rules: ActionRules = { ...RULES, approval: { kind: "all" } }
  for (let round = 0; round < 10; round += 1) {
    const payout = await aPayout(shop)
    const [proposed, { claimed }] = await Promise.all([
      act("settle_elsewhere", payout, { rules }).then(
        () => true,
        () => false
      ),
      claimReady(shop.books.db, {
        worker: "w",
        limit: 10,
        lease_ms: MINUTE_MS,
      }),
    ])
    const isClaimed = claimed.some((each) => each.payout_id === payout.id)
    expect(proposed && isClaimed).toBe(false)
  }
})

it("settling elsewhere and a claim never both win", async () => {
  for (let round = 0; round < 10; round += 1) {
    const payout = await aPayout(shop)
    const [settled, { claimed }] = await Promise.all([
      act("settle_elsewhere", payout).then(
        () => true,
        () => false
      ),
      claimReady(shop.books.db, {
        worker: "w",
        limit: 10,
        lease_ms: MINUTE_MS,
      }),
    ])
    const isClaimed = claimed.some((each) => each.payout_id === payout.id)
    expect(settled && isClaimed).toBe(false)
    expect((await readPayout(shop, payout.id)).status).toBe(
      settled ? "void" : isClaimed ? "sending" : "ready"
    )
  }
  expect(await openAmounts()).toEqual([])
})

it("a reversal is refused where the option is off, and asked for once where it is on", async () => {
  const payout = await aPayout(shop)
  await dispatchPayouts(shop.deps())
  await expect(
    act("reverse", payout, { rules: { ...RULES, may_reverse: false } })
  ).rejects.toMatchObject({ code: "option_off" })

  await act("reverse", payout)
  await dispatchPayouts(shop.deps())
  await resolvePayouts(shop.deps())

  expect((await readPayout(shop, payout.id)).status).toBe("reversed")
  expect(await openAmounts()).toEqual(["1234"])
  await expectBooksToAgree(shop)
})

it("says of every action whether it is allowed now, and why not", async () => {
  const payout = await aPayout(shop)

  const actions = await allowedActions(shop.books.db, {
    payout_id: payout.id,
    actor: "user_1",
    rules: RULES,
  })

  expect(
    actions
      ?.filter(({ verdict }) => verdict.allowed)
      .map(({ action }) => action)
  ).toEqual(["void", "resolve", "settle_elsewhere"])
  expect(
    await allowedActions(shop.books.db, {
      payout_id: "mspo_none",
      actor: "user_1",
      rules: RULES,
    })
  ).toBeNull()
})

describe("a scheduled payout", () => {
  /** MassPay has it, to be executed in an hour. */
  async function aScheduledPayout(): Promise<TestPayout> {
    const payout = await aPayout(shop)
    const now = await databaseNow(shop.books.db)
    await sendByHand(payout, {
      time_to_process: new Date(now.getTime() + 60 * MINUTE_MS).toISOString(),
    })
    await lookUp(payout)
    expect((await readPayout(shop, payout.id)).status).toBe("accepted")
    return payout
  }
  const deletions = () =>
    requests(shop).filter(({ method }) => method === "DELETE")

  it("is cancelled once, and its entries are open after the window", async () => {
    const payout = await aScheduledPayout()
    const asks = await Promise.allSettled([
      act("cancel", payout),
      act("cancel", payout, { actor: "user_2" }),
    ])
    expect(asks.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ])
    expect((await readPayout(shop, payout.id)).status).toBe("accepted")
    expect(await openAmounts()).toEqual([])

    await dispatchPayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    expect(deletions()).toHaveLength(1)
    await lookUp(payout)
    expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
    expect(await openAmounts()).toEqual([])
    await shop.passTime(90 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await openAmounts()).toEqual(["1234"])
    await expectBooksToAgree(shop)
  })

  it("that was executed before it could be cancelled stays paid", async () => {
    const payout = await aScheduledPayout()
    await act("cancel", payout)
    await shop.passTime(2 * 60 * MINUTE_MS)
    shop.sandbox.control.armFault({ fault: "400_reject", method: "DELETE" })
    await dispatchPayouts(shop.deps())
    await shop.passTime(10 * MINUTE_MS)
    await lookUp(payout)

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(await openAmounts()).toEqual([])
    await expect(act("cancel", payout)).rejects.toMatchObject({
      code: "wrong_status",
    })
    await expectBooksToAgree(shop)
  })
})
