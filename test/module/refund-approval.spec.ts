import type { ApprovalPolicy } from "../../src/domain/collect"
import type { OrderFacts } from "../../src/domain/facts"
import { AllocationRefusedError } from "../../src/domain/refund-allocation"
import { answerProposal } from "../../src/modules/masspay/queries/action-answers"
import { ActionRefusedError } from "../../src/modules/masspay/queries/action-refusal"
import { listActionRequests } from "../../src/modules/masspay/queries/action-requests"
import {
  allocateRefund,
  type AllocateRefundRequest,
} from "../../src/modules/masspay/queries/allocate-refund"
import {
  confirmAllocation,
  refundToAllocate,
} from "../../src/modules/masspay/queries/allocation-answers"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { type Books, openBooks } from "../support/books"
import { RULES } from "../support/operators"
import { aLine, anOrder, countOf, SETTLE, settleNow, TAG } from "./builders"

const ABOVE_5: ApprovalPolicy = { kind: "above", amounts: { USD: 500n } }

/** 60.00 by one vendor, 40.00 by another; `back` went to the customer and is in no line. */
function refunded(back: number, hers = "60"): OrderFacts {
  const total = Number(hers) + 40 - back
  return anOrder({
    lines: [
      aLine({ ref: "a", vendor_id: "ven_1", net: hers }),
      aLine({ ref: "b", vendor_id: "ven_2", net: "40" }),
    ],
    total: total.toFixed(2),
    unattributed: (-back).toFixed(2),
    payment: {
      captured: "full",
      captured_total: "100.00",
      refunded_total: back.toFixed(2),
      refunds:
        back === 0
          ? []
          : [
              {
                id: "ref_1",
                amount: back.toFixed(2),
                refunded_at: "2026-01-02T00:00:00.000Z",
              },
            ],
    },
  })
}

describe("whose a refund is, where two people have to agree", () => {
  let books: Books
  let id: string
  beforeEach(async () => {
    books = await openBooks()
    await settleNow(books.db, refunded(0))
    await settleNow(books.db, refunded(10))
    const [row] = await books.db.rows<{ id: string }>(
      `select id from masspay_refund`
    )
    id = row?.id ?? ""
  })
  afterEach(() => books.close())

  const ask = async ({
    facts = refunded(10),
    approval = ABOVE_5,
    dry_run = false,
    ...request
  }: Partial<AllocateRefundRequest> & {
    facts?: OrderFacts
    approval?: ApprovalPolicy
    dry_run?: boolean
  } = {}) => {
    const done = await allocateRefund(books.db, {
      facts,
      read_at: await databaseNow(books.db),
      policy: SETTLE,
      tag: TAG,
      approval,
      dry_run,
      request: {
        id,
        request_id: "req-1",
        reason: "the red one was broken",
        actor: "user_1",
        allocations: [
          { vendor_id: "ven_1", amount: "6.00" },
          { vendor_id: null, amount: "4.00" },
        ],
        ...request,
      },
    })
    if (done.outcome === "stale") throw new Error("stale")
    return done.allocation
  }
  const confirm = async (
    action: string,
    {
      facts = refunded(10),
      actor = "user_2",
      dry_run = false,
    }: { facts?: OrderFacts; actor?: string; dry_run?: boolean } = {}
  ) =>
    confirmAllocation(books.db, {
      facts,
      read_at: await databaseNow(books.db),
      policy: SETTLE,
      tag: TAG,
      answer: {
        id: action,
        answer: "confirm",
        reason: "I saw it",
        actor,
        dry_run,
      },
    })
  const proposed = async (): Promise<string> => {
    const { id: action, state } = await ask()
    expect(state).toBe("proposed")
    return action ?? ""
  }
  const reject = (action: string, actor = "user_2") =>
    answerProposal(books.db, {
      id: action,
      answer: "reject",
      reason: "it was the courier",
      actor,
      dry_run: false,
      tag: TAG,
      rules: RULES,
    })
  const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
    const error = await work.catch((thrown: unknown) => thrown)
    return error instanceof ActionRefusedError ||
      error instanceof AllocationRefusedError
      ? error.code
      : error
  }
  const sums = async (): Promise<Record<string, string>> => {
    const rows = await books.db.rows<{ vendor_id: string; sum: string }>(
      `select vendor_id, sum(amount)::text as sum from masspay_ledger_entry
        group by vendor_id order by vendor_id`
    )
    return Object.fromEntries(rows.map((row) => [row.vendor_id, row.sum]))
  }
  const UNTOUCHED = { ven_1: "5400", ven_2: "3600" }
  const nothingIsAllocated = async () => {
    expect(await countOf(books.db, "masspay_refund_allocation")).toBe(0)
    expect(await sums()).toEqual(UNTOUCHED)
  }

  it("is never decided by one person, however she asks", async () => {
    const action = await proposed()
    await nothingIsAllocated()

    expect(await refusalOf(confirm(action, { actor: "user_1" }))).toBe(
      "own_proposal"
    )
    expect(
      await refusalOf(confirm(action, { actor: "user_1", dry_run: true }))
    ).toBe("own_proposal")
    expect(await refusalOf(ask({ request_id: "req-2" }))).toBe(
      "already_proposed"
    )
    // Not even where a later policy would ask for nobody: the proposal stands.
    expect(
      await refusalOf(ask({ request_id: "req-3", approval: { kind: "none" } }))
    ).toBe("already_proposed")
    await nothingIsAllocated()
    await expect(
      books.db.rows(
        `update masspay_action_request set checker = maker where id = ?`,
        [action]
      )
    ).rejects.toThrow("two_people")
    await expect(
      books.db.rows(
        `insert into masspay_action_request
           (id, request_id, action, payload, state, maker, maker_reason)
         select 'x', 'x', action, payload, state, maker, maker_reason
           from masspay_action_request where id = ?`,
        [action]
      )
    ).rejects.toThrow("UQ_masspay_action_request_refund")
  })

  it("is never more than the refund, by whoever proposes it", async () => {
    const allocations = [{ vendor_id: "ven_1", amount: "10.01" }]
    expect(await refusalOf(ask({ allocations }))).toBe("wrong_sum")
    expect(await refusalOf(ask({ allocations, dry_run: true }))).toBe(
      "wrong_sum"
    )
    expect(await countOf(books.db, "masspay_action_request")).toBe(0)
  })

  it("is allocated once when two people confirm at once", async () => {
    const action = await proposed()
    const outcomes = await Promise.all(
      ["user_2", "user_3", "user_4"].map((actor) =>
        refusalOf(confirm(action, { actor }))
      )
    )
    const done = outcomes.filter(
      (one) =>
        typeof one === "object" &&
        one !== null &&
        "outcome" in one &&
        one.outcome === "recorded"
    )
    expect(done).toHaveLength(1)
    expect(await sums()).toEqual({ ven_1: "4860", ven_2: "3600" })
    expect(await countOf(books.db, "masspay_refund_allocation")).toBe(2)
  })

  it.each([
    ["more was refunded", refunded(12), "wrong_sum"],
    ["an edit made the order dearer", refunded(10, "61"), "order_changed"],
  ])(
    "is refused after %s, and can be proposed anew",
    async (_, facts, code) => {
      const action = await proposed()
      expect(await refusalOf(confirm(action, { facts }))).toBe(code)
      expect(await countOf(books.db, "masspay_refund_allocation")).toBe(0)
      expect(await reject(action)).toMatchObject({ state: "rejected" })

      const allocations = [
        { vendor_id: null, amount: facts.payment.refunded_total },
      ]
      expect(
        await ask({ facts, request_id: "req-2", allocations })
      ).toMatchObject({ state: "proposed" })
    }
  )

  it("is refused when what went back is in the lines by then", async () => {
    const action = await proposed()
    const facts = refunded(10, "30")
    expect(await refusalOf(confirm(action, { facts }))).toBe(
      "nothing_unallocated"
    )
    await nothingIsAllocated()
  })

  it("is refused when it is allocated by then", async () => {
    const action = await proposed()
    // As an older release of this plugin does, which knows of no proposals.
    await books.db.rows(
      `insert into masspay_refund_allocation
         (id, refund_id, amount, basis, rule, actor, reason, request_id)
       values ('x', 'ref_1', 1000, 0, 'operator', 'user_9', 'mine', 'old')`
    )
    await settleNow(books.db, refunded(10))

    expect(await refusalOf(confirm(action))).toBe("nothing_unallocated")
    expect(await countOf(books.db, "masspay_refund_allocation")).toBe(1)
  })

  it("is allocated in the name of whoever proposed it, on the other's yes", async () => {
    const action = await proposed()
    expect(await refundToAllocate(books.db, action)).toBe(id)
    const shown = await confirm(action, { dry_run: true })
    expect(shown).toMatchObject({
      allocation: {
        id: null,
        state: "preview",
        changes: [
          { vendor_id: "ven_1", amount: "-5.40" },
          { vendor_id: "ven_2", amount: "0.00" },
        ],
      },
    })
    await nothingIsAllocated()

    const done = await confirm(action)
    expect(done).toMatchObject({
      outcome: "recorded",
      allocation: { id: action, state: "done", amount: "10.00" },
      settlements: [
        { vendor_id: "ven_1", difference: -540n },
        { vendor_id: "ven_2", difference: 0n },
      ],
    })
    expect(await sums()).toEqual({ ven_1: "4860", ven_2: "3600" })
    expect(
      await books.db.rows(
        `select distinct actor, reason, request_id from masspay_refund_allocation`
      )
    ).toEqual([
      {
        actor: "user_1",
        reason: "the red one was broken",
        request_id: "req-1",
      },
    ])
    expect(
      await books.db.rows(
        `select actor from masspay_ledger_entry where kind = 'clawback'`
      )
    ).toEqual([{ actor: "user_1" }])

    // The same again is the same; another answer, or another's, is refused.
    expect(await refundToAllocate(books.db, action)).toBeNull()
    expect(await confirm(action)).toMatchObject({
      allocation: { state: "done" },
      settlements: [],
    })
    expect(await refusalOf(confirm(action, { actor: "user_3" }))).toBe(
      "already_answered"
    )
    expect(await refusalOf(reject(action))).toBe("already_answered")
    expect(await ask()).toMatchObject({ id: action, state: "done" })
  })

  it("stands in the list of what operators asked for until it is answered", async () => {
    const action = await proposed()
    const listed = (state: string) =>
      listActionRequests(books.db, {
        filters: { state },
        limit: 10,
        offset: 0,
      })
    expect(await listed("proposed")).toMatchObject({
      count: 1,
      action_requests: [
        {
          id: action,
          action: "allocate_refund",
          amount: "10.00",
          currency_code: "USD",
          maker: "user_1",
          checker: null,
        },
      ],
    })
    expect(await reject(action, "user_1")).toMatchObject({
      id: action,
      state: "rejected",
      changes: [],
      effect: "Nothing is allocated.",
    })
    expect(await listed("proposed")).toMatchObject({ count: 0 })
    expect(await listed("rejected")).toMatchObject({ count: 1 })
    await nothingIsAllocated()
    expect(await ask()).toMatchObject({ id: action, state: "rejected" })
    expect(await ask({ request_id: "req-2" })).toMatchObject({
      state: "proposed",
    })
  })

  it("needs nobody else up to the threshold, or without one", async () => {
    expect(
      await ask({ approval: { kind: "above", amounts: { USD: 1000n } } })
    ).toMatchObject({ state: "done" })
    expect(await sums()).toEqual({ ven_1: "4860", ven_2: "3600" })
  })

  it("is shown before it is asked for, and nothing is written by that", async () => {
    const counts = () =>
      Promise.all(
        ["action_request", "refund_allocation", "ledger_entry"].map((table) =>
          countOf(books.db, `masspay_${table}`)
        )
      )
    const before = await counts()
    expect(
      await ask({ dry_run: true, approval: { kind: "none" } })
    ).toMatchObject({
      id: null,
      state: "preview",
      amount: "10.00",
      changes: [
        { vendor_id: "ven_1", amount: "-5.40" },
        { vendor_id: "ven_2", amount: "0.00" },
      ],
      effect: expect.stringContaining("Nothing was changed.") as string,
    })
    expect(await ask({ dry_run: true })).toMatchObject({
      id: null,
      state: "preview",
      effect: expect.stringContaining("A second person") as string,
    })
    expect(await counts()).toEqual(before)
  })
})
