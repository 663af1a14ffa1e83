import type { PayoutAction } from "../../src/domain/actions"
import type { ActionRules } from "../../src/modules/masspay/queries/action-facts"
import {
  actOnPayout,
  allowedActions,
  answerProposal,
} from "../../src/modules/masspay/queries/actions"
import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import type { AskedLookup } from "../../src/modules/masspay/queries/resolve-apply"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { lookUpNow, resolvePayouts } from "../../src/runners/resolve"
import {
  aPayout,
  attemptsOf,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
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

const RULES: ActionRules = { approval: { kind: "none" }, may_reverse: true }
let requests = 0

function act(
  action: PayoutAction,
  { id }: TestPayout,
  overrides: Partial<Parameters<typeof actOnPayout>[1]> = {}
) {
  requests += 1
  return actOnPayout(shop.books.db, {
    action,
    payout_id: id,
    request_id: `request-${requests}`,
    reason: "because",
    actor: "user_1",
    dry_run: false,
    outcome: action === "assert_not_executed" ? "ready" : null,
    tag: shop.tag,
    rules: RULES,
    ...overrides,
  })
}

const answer = (
  id: string | null,
  overrides: Partial<Parameters<typeof answerProposal>[1]> = {}
) =>
  answerProposal(shop.books.db, {
    id: id ?? "",
    answer: "confirm",
    reason: "I looked too",
    actor: "user_2",
    tag: shop.tag,
    rules: RULES,
    ...overrides,
  })

const lookUp = (
  { id }: TestPayout,
  asked: Partial<AskedLookup> = {},
  failpoint: (point: string) => Promise<void> = () => Promise.resolve()
) =>
  lookUpNow(shop.deps({ failpoint }), {
    payout_id: id,
    asked: {
      by: "user_1",
      request: "msact_test",
      may_unblock: false,
      ...asked,
    },
  })

/** Its request reaches MassPay although no attempt of ours says so. */
async function sendByHand({ id, client_id, payee }: TestPayout): Promise<void> {
  const [sent] = await shop.books.db.rows<{ request_text: string }>(
    `select request_text from masspay_operation where payout_id = ?`,
    [id]
  )
  const { status } = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/load/${payee.user_token}`,
    {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": `${client_id}-late`,
      },
      body: sent?.request_text ?? "",
    }
  )
  expect(status).toBeLessThan(300)
}

/** One that MassPay refused, long enough ago for it to show if it was executed. */
async function aRefusedPayout(): Promise<TestPayout> {
  const payout = await aPayout(shop)
  shop.sandbox.control.armFault({
    fault: "400_reject",
    method: "POST",
    path: "/load/",
  })
  await dispatchPayouts(shop.deps())
  await shop.passTime(10 * MINUTE_MS)
  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "blocked",
    block_reason: "config",
  })
  return payout
}

async function aPendingPayout(maker = "system"): Promise<TestPayout> {
  const payout = await aPayout(shop)
  await shop.books.db.rows(`alter table masspay_payout disable trigger user`)
  await shop.books.db.rows(
    `update masspay_payout set status = 'pending', approval = 'required', maker = ?
      where id = ?`,
    [maker, payout.id]
  )
  await shop.books.db.rows(`alter table masspay_payout enable trigger user`)
  await shop.books.db.rows(
    `alter table masspay_payout_event disable trigger user`
  )
  await shop.books.db.rows(
    `update masspay_payout_event set to_status = 'pending', event = 'collected_for_approval'
      where payout_id = ?`,
    [payout.id]
  )
  await shop.books.db.rows(
    `alter table masspay_payout_event enable trigger user`
  )
  return payout
}

const openAmounts = async () => {
  const rows = await shop.books.db.rows<{ amount: string }>(
    `select amount::text as amount from masspay_open_entry order by amount`
  )
  return rows.map((row) => row.amount)
}

const storedRequests = () =>
  shop.books.db.rows(`select state from masspay_action_request`)

/** One whose outcome nobody can tell, given up by code. */
async function aParkedPayout(): Promise<TestPayout> {
  const payout = await aPayout(shop)
  shop.sandbox.control.armFault({
    fault: "drop_before_execute",
    method: "POST",
    path: "/load/",
    times: 100,
  })
  for (let time = 0; time < 40; time += 1) {
    await dispatchPayouts(shop.deps())
    await shop.passTime(3 * 60 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    if ((await readPayout(shop, payout.id)).status === "needs_review") break
  }
  shop.sandbox.control.clearFaults()
  expect((await readPayout(shop, payout.id)).status).toBe("needs_review")
  return payout
}

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
  ])("with the request id of %s is refused", async (_, overrides) => {
    const payout = await aPendingPayout()
    await act("approve", payout, { request_id: "same" })

    await expect(
      act("approve", payout, { request_id: "same", ...overrides })
    ).rejects.toMatchObject({ code: "request_id_used" })
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

describe("a parked payout", () => {
  it("is left by two people, and paid once", async () => {
    const payout = await aParkedPayout()
    const proposal = await act("assert_not_executed", payout)
    expect(proposal).toMatchObject({ state: "proposed", to: "needs_review" })
    expect((await readPayout(shop, payout.id)).status).toBe("needs_review")

    await expect(
      answer(proposal.id, { actor: "user_1" })
    ).rejects.toMatchObject({ code: "own_proposal" })
    await answer(proposal.id)
    await answer(proposal.id)
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
    await shop.passTime(MINUTE_MS)
    await lookUp(payout)
    expect((await readPayout(shop, payout.id)).status).toBe("needs_review")
  })
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
