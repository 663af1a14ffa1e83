import type { OrderFacts } from "../../src/domain/facts"
import { AllocationRefusedError } from "../../src/domain/refund-allocation"
import {
  allocateRefund,
  type AllocateRefundRequest,
} from "../../src/modules/masspay/queries/allocate-refund"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { type Books, openBooks } from "../support/books"
import {
  aLine,
  anOrder,
  countOf,
  entriesIn,
  SETTLE,
  settleNow,
  TAG,
} from "./builders"

/** 60.00 by one vendor, 40.00 by another; `refunds` left no trace in the lines. */
function refunded(
  refunds: { id: string; amount: string }[],
  lines = [
    aLine({ ref: "a", vendor_id: "ven_1", net: "60" }),
    aLine({ ref: "b", vendor_id: "ven_2", net: "40" }),
  ],
  captured = 100
): OrderFacts {
  const inLines = lines.reduce((sum, line) => sum + Number(line.net), 0)
  const back = refunds.reduce((sum, { amount }) => sum + Number(amount), 0)
  return anOrder({
    lines,
    total: (inLines - back).toFixed(2),
    unattributed: (-back).toFixed(2),
    payment: {
      captured: "full",
      captured_total: captured.toFixed(2),
      refunded_total: back.toFixed(2),
      refunds: refunds.map((refund, index) => ({
        ...refund,
        refunded_at: `2026-01-0${index + 2}T00:00:00.000Z`,
      })),
    },
  })
}

describe("a refund that no line explains", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const refundRows = () =>
    books.db.rows(
      `select refund_id, amount::text as amount, unallocated::text as unallocated
         from masspay_refund order by refunded_at, refund_id`
    )
  const allocationRows = () =>
    books.db.rows(
      `select a.refund_id, s.vendor_id, a.amount::text as amount, a.rule, a.actor, a.reason
         from masspay_refund_allocation a
         left join masspay_settlement s on s.id = a.settlement_id
        order by a.refund_id, s.vendor_id nulls last`
    )
  const idOf = async (refund_id: string): Promise<string> => {
    const [row] = await books.db.rows<{ id: string }>(
      `select id from masspay_refund where refund_id = ?`,
      [refund_id]
    )
    if (!row) throw new Error(`no refund ${refund_id}`)
    return row.id
  }
  const allocate = async (
    facts: OrderFacts,
    request: Partial<AllocateRefundRequest> & { id: string }
  ) =>
    allocateRefund(books.db, {
      facts,
      read_at: await databaseNow(books.db),
      policy: SETTLE,
      tag: TAG,
      approval: { kind: "none" },
      dry_run: false,
      request: {
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
  const sums = async (): Promise<Record<string, string>> => {
    const rows = await books.db.rows<{ vendor_id: string; sum: string }>(
      `select vendor_id, sum(amount)::text as sum from masspay_ledger_entry
        group by vendor_id order by vendor_id`
    )
    return Object.fromEntries(rows.map((row) => [row.vendor_id, row.sum]))
  }

  it("is shown as unallocated, with a suggestion by what each has left", async () => {
    await settleNow(books.db, refunded([]))
    await settleNow(books.db, refunded([{ id: "ref_1", amount: "10" }]))

    expect(
      await books.db.rows(
        `select refund_id, order_id, amount::text as amount,
                unallocated::text as unallocated, suggestion from masspay_refund`
      )
    ).toEqual([
      {
        refund_id: "ref_1",
        order_id: "order_1",
        amount: "1000",
        unallocated: "1000",
        suggestion: [
          { vendor_id: null, amount: "0", most: null },
          { vendor_id: "ven_1", amount: "600", most: "6000" },
          { vendor_id: "ven_2", amount: "400", most: "4000" },
        ],
      },
    ])
    expect(await sums()).toEqual({ ven_1: "5400", ven_2: "3600" })
  })

  it("falls on whom an operator names, once, and the rest of the order goes on", async () => {
    const facts = refunded([{ id: "ref_1", amount: "10" }])
    await settleNow(books.db, refunded([]))
    await settleNow(books.db, facts)
    const id = await idOf("ref_1")

    const first = await allocate(facts, { id })
    const again = await allocate(facts, { id })

    expect(first).toMatchObject({
      outcome: "recorded",
      allocation: { refund: id, refund_id: "ref_1", amount: "10.00" },
      settlements: [
        { vendor_id: "ven_1", difference: -540n, held_reason: null },
        { vendor_id: "ven_2", difference: 0n, held_reason: null },
      ],
    })
    expect(again).toMatchObject({ allocation: { refund: id }, settlements: [] })
    expect(await refundRows()).toEqual([
      { refund_id: "ref_1", amount: "1000", unallocated: "0" },
    ])
    expect(await allocationRows()).toEqual([
      {
        refund_id: "ref_1",
        vendor_id: "ven_1",
        amount: "600",
        rule: "operator",
        actor: "user_1",
        reason: "the red one was broken",
      },
      {
        refund_id: "ref_1",
        vendor_id: null,
        amount: "400",
        rule: "operator",
        actor: "user_1",
        reason: "the red one was broken",
      },
    ])
    // Whoever causes an entry cannot approve the payout that takes it.
    expect(
      await books.db.rows(
        `select actor, reason, amount::text as amount from masspay_ledger_entry
          where kind = 'clawback'`
      )
    ).toEqual([{ actor: "user_1", reason: "refund", amount: "-540" }])

    // A recompute undoes nothing, and claws nothing back a second time.
    await settleNow(books.db, facts)
    expect(await sums()).toEqual({ ven_1: "4860", ven_2: "3600" })
    expect(await countOf(books.db, "masspay_refund_allocation")).toBe(2)
  })

  it("pays what it held back when it is allocated before anything was booked", async () => {
    const facts = refunded([{ id: "ref_1", amount: "10" }])
    await settleNow(books.db, facts)
    expect(await sums()).toEqual({})
    await allocate(facts, { id: await idOf("ref_1") })

    expect(await sums()).toEqual({ ven_1: "4860", ven_2: "3600" })
  })

  it("is charged once when the return for it comes in afterwards", async () => {
    const refunds = [{ id: "ref_1", amount: "60" }]
    await settleNow(books.db, refunded([]))
    await settleNow(books.db, refunded(refunds))
    await allocate(refunded(refunds), {
      id: await idOf("ref_1"),
      allocations: [{ vendor_id: "ven_1", amount: "60.00" }],
    })
    expect(await sums()).toEqual({ ven_1: "0", ven_2: "3600" })

    await settleNow(
      books.db,
      refunded(refunds, [
        aLine({ ref: "a", vendor_id: "ven_1", net: "0", quantity: 0 }),
        aLine({ ref: "b", vendor_id: "ven_2", net: "40" }),
      ])
    )
    expect(await sums()).toEqual({ ven_1: "0", ven_2: "3600" })
  })

  it("keeps each refund apart, and asks only for what is new", async () => {
    const one = [{ id: "ref_1", amount: "10" }]
    const two = [...one, { id: "ref_2", amount: "5" }]
    await settleNow(books.db, refunded([]))
    await settleNow(books.db, refunded(one))
    await allocate(refunded(one), { id: await idOf("ref_1") })
    await settleNow(books.db, refunded(two))

    expect(await refundRows()).toEqual([
      { refund_id: "ref_1", amount: "1000", unallocated: "0" },
      { refund_id: "ref_2", amount: "500", unallocated: "500" },
    ])
    await allocate(refunded(two), {
      id: await idOf("ref_2"),
      request_id: "req-2",
      allocations: [{ vendor_id: "ven_2", amount: "5.00" }],
    })
    expect(await sums()).toEqual({ ven_1: "4860", ven_2: "3150" })
  })

  it("of which more turns out to be in no line is asked for in a row of its own", async () => {
    const refunds = [{ id: "ref_1", amount: "20" }]
    const goods = (net: string) => [
      aLine({ ref: "a", vendor_id: "ven_1", net }),
      aLine({ ref: "b", vendor_id: "ven_2", net: "40" }),
    ]
    // Ten of it are explained by what came back, as the shop says at first.
    const partly = {
      ...refunded(refunds, goods("50")),
      total: "80.00",
      unattributed: "-10.00",
    }
    await settleNow(books.db, refunded([]))
    await settleNow(books.db, partly)
    await allocate(partly, { id: await idOf("ref_1") })
    await settleNow(books.db, refunded(refunds, goods("60")))

    expect(await refundRows()).toEqual([
      { refund_id: "ref_1", amount: "2000", unallocated: "0" },
      { refund_id: "ref_1#2", amount: "1000", unallocated: "1000" },
    ])
    await allocate(refunded(refunds, goods("60")), {
      id: await idOf("ref_1#2"),
      request_id: "req-2",
      allocations: [{ vendor_id: "ven_1", amount: "10.00" }],
    })
    expect(await sums()).toEqual({ ven_1: "3960", ven_2: "3600" })
  })

  it("is refused as it would be wrong, and nothing is written", async () => {
    const facts = refunded([{ id: "ref_1", amount: "50" }])
    await settleNow(books.db, facts)
    const id = await idOf("ref_1")
    const refusal = async (request: Partial<AllocateRefundRequest>) => {
      const error = await allocate(facts, { id, ...request }).catch(
        (thrown: unknown) => thrown
      )
      return error instanceof AllocationRefusedError ? error.code : error
    }
    const to = (vendor_id: string | null, amount: string) => ({
      vendor_id,
      amount,
    })

    expect(await refusal({ id: "msref_none" })).toBe("refund_not_found")
    expect(await refusal({ allocations: [to("ven_1", "49.99")] })).toBe(
      "wrong_sum"
    )
    expect(await refusal({ allocations: [to("ven_2", "50.00")] })).toBe(
      "more_than_part"
    )
    expect(await refusal({ allocations: [to("ven_9", "50.00")] })).toBe(
      "not_in_order"
    )
    expect(
      await refusal({ allocations: [to("ven_1", "60"), to(null, "-10")] })
    ).toBe("bad_amount")
    expect(
      await refusal({ allocations: [to("ven_1", "25"), to("ven_1", "25")] })
    ).toBe("vendor_twice")
    expect(await countOf(books.db, "masspay_refund_allocation")).toBe(0)
    expect(await countOf(books.db, "masspay_action_request")).toBe(0)

    const allocations = [to("ven_1", "50.00")]
    await allocate(facts, { id, allocations })
    expect(await refusal({ allocations, request_id: "req-2" })).toBe(
      "nothing_unallocated"
    )
    expect(await refusal({ allocations, actor: "user_2" })).toBe(
      "request_id_used"
    )
    expect(await refusal({ allocations: [to(null, "50.00")] })).toBe(
      "request_id_used"
    )
  })

  it("is allocated once by several who ask at once", async () => {
    const facts = refunded([{ id: "ref_1", amount: "10" }])
    await settleNow(books.db, refunded([]))
    await settleNow(books.db, facts)
    const id = await idOf("ref_1")
    const ask = async (request_id: string): Promise<string> => {
      const deadline = Date.now() + 30_000
      for (;;) {
        try {
          const { outcome } = await allocate(facts, { id, request_id })
          if (outcome === "recorded") return "done"
        } catch (error) {
          if (error instanceof AllocationRefusedError) return error.code
          throw error
        }
        if (Date.now() > deadline) throw new Error("still stale")
      }
    }
    const outcomes = await Promise.all(
      ["req-1", "req-1", "req-2", "req-3"].map(ask)
    )

    // One request wins; its own repeat is told the same.
    expect(outcomes.filter((one) => one === "done").length).toBeLessThan(3)
    expect(outcomes).toContain("nothing_unallocated")
    expect(await sums()).toEqual({ ven_1: "4860", ven_2: "3600" })
  })

  it("is decided on facts just read", async () => {
    const facts = refunded([{ id: "ref_1", amount: "10" }])
    await settleNow(books.db, facts)
    const id = await idOf("ref_1")
    const read_at = await databaseNow(books.db)
    await settleNow(books.db, facts)

    const late = await allocateRefund(books.db, {
      facts,
      read_at,
      policy: SETTLE,
      tag: TAG,
      approval: { kind: "none" },
      dry_run: false,
      request: {
        id,
        request_id: "req-1",
        reason: "because",
        actor: "user_1",
        allocations: [{ vendor_id: null, amount: "10.00" }],
      },
    })
    expect(late.outcome).toBe("stale")
    expect(await countOf(books.db, "masspay_refund_allocation")).toBe(0)
  })

  it("is allocated by rule where one vendor sold everything, and stays so", async () => {
    const mine = [aLine({ ref: "a", vendor_id: "ven_1", net: "100" })]
    const refunds = [{ id: "ref_1", amount: "10" }]
    await settleNow(books.db, refunded([], mine))
    await settleNow(books.db, refunded(refunds, mine))
    expect(await allocationRows()).toMatchObject([
      {
        refund_id: "ref_1",
        vendor_id: "ven_1",
        amount: "1000",
        rule: "sole_vendor",
      },
    ])
    // An edit brings another vendor: hers is hers, and nobody has to be asked.
    const both = [...mine, aLine({ ref: "b", vendor_id: "ven_2", net: "40" })]
    const edited = await settleNow(books.db, refunded(refunds, both, 140))

    expect(edited.settlements).toMatchObject([
      { vendor_id: "ven_1", difference: 0n, held_reason: null },
      { vendor_id: "ven_2", difference: 3600n, held_reason: null },
    ])
  })

  it("costs nobody anything where the customer paid with a gift card", async () => {
    const facts = anOrder({
      lines: refunded([]).lines,
      total: "70.00",
      unattributed: "-30.00",
      payment: {
        captured: "full",
        captured_total: "70.00",
        refunded_total: "0",
        credits_total: "30.00",
      },
    })
    await settleNow(books.db, facts)

    expect(await sums()).toEqual({ ven_1: "5400", ven_2: "3600" })
    expect(await countOf(books.db, "masspay_refund")).toBe(0)
  })

  it("of an order in which no vendor has anything is the platform's own affair", async () => {
    const lines = [aLine({ vendor_id: null })]
    await settleNow(books.db, refunded([{ id: "ref_1", amount: "5" }], lines))

    expect(await countOf(books.db, "masspay_refund")).toBe(0)
  })

  it("is kept by the database as it was written", async () => {
    const facts = refunded([{ id: "ref_1", amount: "10" }])
    await settleNow(books.db, facts)
    await allocate(facts, { id: await idOf("ref_1") })
    const refusing = (statement: string) =>
      expect(books.db.rows(statement)).rejects

    for (const table of ["masspay_refund", "masspay_refund_allocation"]) {
      await refusing(`delete from ${table}`).toThrow("never deleted")
      await refusing(`update ${table} set deleted_at = now()`).toThrow(
        /never soft-deleted|append-only/
      )
    }
    await refusing(`update masspay_refund_allocation set amount = 1`).toThrow(
      "append-only"
    )
    await refusing(`truncate masspay_refund_allocation`).toThrow("append-only")
    await refusing(`update masspay_refund set refund_id = 'x'`).toThrow(
      "never changes"
    )
    await refusing(`update masspay_refund set amount = 1`).toThrow(
      "never becomes less"
    )
    const copy = (columns: string) =>
      `insert into masspay_refund_allocation (id, refund_id, settlement_id, amount, basis, rule)
       select ${columns}, 0, 'sole_vendor' from masspay_refund_allocation`
    await refusing(
      copy(`'x', refund_id, settlement_id, 1`) +
        ` where settlement_id is not null`
    ).toThrow("UQ_masspay_refund_allocation_settlement")
    await refusing(
      copy(`'x', refund_id, settlement_id, 1`) + ` where settlement_id is null`
    ).toThrow("UQ_masspay_refund_allocation_platform")
    await refusing(
      `insert into masspay_refund_allocation (id, refund_id, settlement_id, amount, basis, rule)
       select 'x', 'ref_1', id, 1, 0, 'sole_vendor' from masspay_settlement
        where vendor_id = 'ven_2'`
    ).toThrow("more than was refunded")
    await refusing(
      `insert into masspay_refund (id, refund_id, shop_refund_id, order_id, root_order_id, currency_code, amount)
       values ('x', 'ref_1', 'ref_1', 'o', 'o', 'USD', 1)`
    ).toThrow("UQ_masspay_refund_refund_id")
  })
})

describe("a line that the platform sold", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const own = aLine({ ref: "own", vendor_id: null, net: "50" })
  const tagged = { ...own, vendor_id: "ven_2" }
  const hers = aLine({ ref: "hers" })

  it("pays nobody who is named as its vendor after the order was settled", async () => {
    await settleNow(books.db, anOrder({ lines: [hers, own] }))
    await settleNow(books.db, anOrder({ lines: [hers, tagged] }))

    expect(await entriesIn(books.db)).toMatchObject([{ amount: "9000" }])
  })

  it("neither where the platform had sold everything", async () => {
    await settleNow(books.db, anOrder({ lines: [own] }))
    await settleNow(books.db, anOrder({ lines: [tagged] }))

    expect(await entriesIn(books.db)).toEqual([])
    expect(await countOf(books.db, "masspay_settlement")).toBe(0)
    await expect(
      books.db.rows(`update masspay_platform_line set ref = 'x'`)
    ).rejects.toThrow("append-only")
  })

  it("finds its vendor while the order is not settled yet", async () => {
    const payment = {
      captured: "none",
      captured_total: "0",
      refunded_total: "0",
    } as const
    await settleNow(books.db, anOrder({ lines: [own], payment }))
    await settleNow(books.db, anOrder({ lines: [tagged] }))

    expect(await entriesIn(books.db)).toMatchObject([{ amount: "4500" }])
  })

  it("finds its vendor a moment after the order was placed, where payment releases it", async () => {
    const placed_at = (await databaseNow(books.db)).toISOString()
    await settleNow(books.db, anOrder({ lines: [own], placed_at }))
    await settleNow(books.db, anOrder({ lines: [tagged], placed_at }))
    expect(await entriesIn(books.db)).toMatchObject([{ amount: "4500" }])

    const later = anOrder({
      order_id: "order_2",
      lines: [{ ...own, ref: "later", order_id: "order_2" }],
      placed_at,
    })
    await settleNow(books.db, later, { release_on: "completed" })
    await settleNow(books.db, {
      ...later,
      lines: later.lines.map((line) => ({ ...line, vendor_id: "ven_2" })),
    })
    expect(await countOf(books.db, "masspay_ledger_entry")).toBe(1)
  })
})
