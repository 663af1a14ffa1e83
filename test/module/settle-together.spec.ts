import type { OrderFacts } from "../../src/domain/facts"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { recordTogether } from "../../src/modules/masspay/queries/settle-together"
import {
  databaseNow,
  type RecordedSettlement,
} from "../../src/modules/masspay/queries/settlements"
import { type Books, openBooks } from "../support/books"
import {
  aLine,
  anOrder,
  cancelled,
  countOf,
  entriesIn,
  SETTLE,
  settleNow,
  TAG,
} from "./builders"

describe("recordTogether", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(async () => {
    expect(
      (await checkInvariants(books.db)).filter(({ holds }) => !holds)
    ).toEqual([])
    await books.close()
  })

  async function together(
    facts: readonly OrderFacts[],
    read_at?: Date
  ): Promise<Map<string, RecordedSettlement[]>> {
    return recordTogether(books.db, {
      facts,
      read_at: read_at ?? (await databaseNow(books.db)),
      policy: SETTLE,
      tag: TAG,
    })
  }

  /** The clock we read has milliseconds, the books' own has more. */
  async function afterwards(): Promise<Date> {
    const [row] = await books.db.rows<{ later: Date }>(
      `select date_trunc('milliseconds', masspay_now()) + interval '1 millisecond' as later`
    )
    if (!row) throw new Error("No row")
    while ((await databaseNow(books.db)) < row.later);
    return row.later
  }

  function orders(count: number): OrderFacts[] {
    return Array.from({ length: count }, (_, nth) => {
      const order_id = `order_${nth + 1}`
      return anOrder({
        order_id,
        lines: [
          aLine({ order_id, ref: `a${nth}`, vendor_id: `ven_${nth % 3}` }),
          aLine({ order_id, ref: `b${nth}`, vendor_id: `ven_${3 + nth}` }),
        ],
      })
    })
  }

  /** What does not differ by chance or by the clock. */
  async function rowsOf({ db }: Books): Promise<unknown[]> {
    return db.rows(
      `select to_jsonb(s) - array['id', 'facts_as_of', 'created_at', 'updated_at',
                                  'released_at', 'available_at'] as settlement,
              e.amount::text as amount, e.kind, e.reason, e.source_key,
              e.available_at = s.available_at as is_due_with_it,
              x.name, x.payload->>'vendor_id' as told
         from masspay_settlement s
         join masspay_ledger_entry e on e.settlement_id = s.id
         join masspay_outbox_event x on x.cause_key = 'settlement:' || s.id || ':1'
        order by s.order_id, s.vendor_id`
    )
  }

  it("books what settling one after the other books, by a dozen statements", async () => {
    const alone = await openBooks()
    try {
      for (const facts of orders(20)) await settleNow(alone.db, facts)
      let statements = 0
      const counted = books.knex.on("query", () => (statements += 1))
      const recorded = await together(orders(20))
      counted.removeAllListeners("query")

      expect([...recorded.keys()]).toEqual(
        orders(20).map(({ root_order_id }) => root_order_id)
      )
      expect(recorded.get("order_1")).toMatchObject([
        { order_id: "order_1", vendor_id: "ven_0", difference: 9000n },
        { order_id: "order_1", vendor_id: "ven_3", difference: 9000n },
      ])
      expect(await rowsOf(books)).toEqual(await rowsOf(alone))
      expect(await rowsOf(books)).toHaveLength(40)
      expect(statements).toBeLessThanOrEqual(14)
    } finally {
      await alone.close()
    }
  })

  it("books nothing the second time, and a change as its difference", async () => {
    const [first, second] = orders(2)
    if (!first || !second) throw new Error("No orders")
    await together([first, second])
    const again = await together([first, second], await afterwards())
    expect([...again.values()].flat().map((one) => one.difference)).toEqual([
      0n,
      0n,
      0n,
      0n,
    ])

    const changed = await together(
      [cancelled(first), second],
      await afterwards()
    )
    expect(changed.get("order_1")?.map((one) => one.difference)).toEqual([
      -9000n,
      -9000n,
    ])
    expect(changed.get("order_2")?.map((one) => one.difference)).toEqual([
      0n,
      0n,
    ])
    expect(await countOf(books.db, "masspay_ledger_entry")).toBe(6)
  })

  it("leaves out the order that others know newer facts of, and books the rest", async () => {
    const [first, second] = orders(2)
    if (!first || !second) throw new Error("No orders")
    const read_at = await databaseNow(books.db)
    await settleNow(books.db, cancelled(first))
    const recorded = await together([first, second], read_at)

    expect([...recorded.keys()]).toEqual(["order_2"])
    expect(
      (await entriesIn(books.db)).map(({ source_key }) => source_key)
    ).toEqual(["settle:order_2:ven_1:USD:1", "settle:order_2:ven_4:USD:1"])
  })

  it("leaves out the order that the rules refuse, and books the rest", async () => {
    const [first, second] = orders(2)
    if (!first || !second) throw new Error("No orders")
    const recorded = await together([{ ...first, total: "1" }, second])

    expect([...recorded.keys()]).toEqual(["order_2"])
    expect(await countOf(books.db, "masspay_settlement")).toBe(2)
  })

  it("leaves out the order of which an amount cannot be read, whatever it is for", async () => {
    const [first, second] = orders(2)
    if (!first || !second) throw new Error("No orders")
    // In a currency that nobody counts in, nothing is computed from it.
    const unread = {
      ...first,
      currency_code: "xxq",
      payment: { ...first.payment, captured_total: "much" },
    }
    const recorded = await together([unread, second])

    expect([...recorded.keys()]).toEqual(["order_2"])
  })

  it("leaves out orders of one family that were read as two", async () => {
    const [child, other] = orders(2)
    if (!child || !other) throw new Error("No orders")
    const parent = anOrder({
      order_id: "order_9",
      orders: [...anOrder({ order_id: "order_9" }).orders, ...child.orders],
    })
    const recorded = await together([parent, child, other])

    expect([...recorded.keys()]).toEqual(["order_2"])
    expect(await countOf(books.db, "masspay_settlement")).toBe(2)
  })

  it("books once when batches, single orders and collisions of both come at once", async () => {
    const facts = orders(12)
    const batches = [facts, [...facts].reverse(), facts.slice(3, 9)]
    const found = await Promise.all([
      ...batches.map((batch) => together(batch)),
      ...facts.slice(0, 4).map((one) => settleNow(books.db, one)),
    ])
    // Whoever lost says so, and does what the sweep does: one after the other.
    for (const one of facts) await settleNow(books.db, one)

    expect(found).toHaveLength(7)
    expect(await countOf(books.db, "masspay_settlement")).toBe(24)
    expect(await countOf(books.db, "masspay_ledger_entry")).toBe(24)
    expect(await countOf(books.db, "masspay_outbox_event")).toBe(24)
  })
})
