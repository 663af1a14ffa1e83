import { factsHash } from "../../src/domain/facts-hash"
import { collectDue } from "../../src/modules/masspay/queries/collect"
import {
  databaseNow,
  recordSettlements,
} from "../../src/modules/masspay/queries/settlements"
import { type Books, openBooks } from "../support/books"
import {
  aLine,
  anOrder,
  aVendor,
  cancelled,
  COLLECT,
  countOf,
  entriesIn,
  linkAll,
  SETTLE,
  settleNow,
  TAG,
} from "./builders"

describe("recordSettlements", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  it("books nothing the second time", async () => {
    await settleNow(books.db, anOrder())
    const again = await settleNow(books.db, anOrder())

    expect(again.settlements).toMatchObject([{ difference: 0n }])
    expect(await entriesIn(books.db)).toEqual([
      {
        amount: "9000",
        kind: "earning",
        reason: "sale",
        source_key: "settle:order_1:ven_1:USD:1",
      },
    ])
    expect(await countOf(books.db, "masspay_outbox_event")).toBe(1)
  })

  it("leaves every column but the stamp alone when nothing changed", async () => {
    const columns = `to_jsonb(s) - 'facts_as_of' as row`
    const read = () =>
      books.db.rows(`select ${columns} from masspay_settlement s`)
    await settleNow(books.db, anOrder())
    const before = await read()
    await settleNow(books.db, anOrder())

    expect(await read()).toEqual(before)
  })

  it("keeps the hash of the facts and of the rules that it was made by", async () => {
    const hash = async () => {
      const [row] = await books.db.rows<{ facts_hash: string }>(
        `select facts_hash from masspay_settlement`
      )
      return row?.facts_hash
    }
    const facts = anOrder()
    await settleNow(books.db, facts)
    expect(await hash()).toBe(factsHash(facts, SETTLE))

    await settleNow(books.db, cancelled(facts))
    expect(await hash()).toBe(factsHash(cancelled(facts), SETTLE))
    await settleNow(books.db, cancelled(facts), { hold_days: 3 })
    expect(await hash()).toBe(
      factsHash(cancelled(facts), { ...SETTLE, hold_days: 3 })
    )
  })

  it("books one set of entries for an event, its repeat and a sweep at once", async () => {
    const facts = anOrder({
      lines: [
        aLine({ ref: "a", vendor_id: "ven_2" }),
        aLine({ ref: "b", vendor_id: "ven_1" }),
      ],
    })
    const results = await Promise.all(
      Array.from({ length: 6 }, () => settleNow(books.db, facts))
    )

    expect(results.map((result) => result.outcome)).not.toContain("stale")
    expect(await countOf(books.db, "masspay_ledger_entry")).toBe(2)
    expect(await countOf(books.db, "masspay_settlement")).toBe(2)
    expect(await countOf(books.db, "masspay_payee")).toBe(2)
  })

  it("books a line for one vendor when two first looks at it name two", async () => {
    for (let round = 0; round < 20; round += 1) {
      const order_id = `order_${round + 1}`
      const read_at = await databaseNow(books.db)
      const looks = ["ven_1", "ven_2"].map((vendor_id) =>
        recordSettlements(books.db, {
          facts: anOrder({
            order_id,
            lines: [aLine({ order_id, ref: `item_${round}`, vendor_id })],
          }),
          read_at,
          policy: SETTLE,
          tag: TAG,
        })
      )
      const outcomes = (await Promise.all(looks)).map(({ outcome }) => outcome)
      expect(outcomes.sort()).toEqual(["recorded", "stale"])
    }
    expect(await countOf(books.db, "masspay_ledger_entry")).toBe(20)
  })

  it("never lets older facts win over newer ones", async () => {
    const older = anOrder()
    const read_at = await databaseNow(books.db)
    await settleNow(books.db, cancelled(anOrder()))
    const late = await recordSettlements(books.db, {
      facts: older,
      read_at,
      policy: SETTLE,
      tag: TAG,
    })

    expect(late).toEqual({ outcome: "stale", settlements: [] })
    expect(await entriesIn(books.db)).toEqual([])
  })

  it("refuses old facts even when the newer ones changed nothing", async () => {
    await settleNow(books.db, anOrder())
    const read_at = await databaseNow(books.db)
    await settleNow(books.db, anOrder())
    const late = await recordSettlements(books.db, {
      facts: cancelled(anOrder()),
      read_at,
      policy: SETTLE,
      tag: TAG,
    })

    expect(late.outcome).toBe("stale")
    expect(await entriesIn(books.db)).toHaveLength(1)
  })

  it("books a cancellation as the opposite, due with the earning it offsets", async () => {
    await settleNow(books.db, anOrder(), { hold_days: 14 })
    await settleNow(books.db, cancelled(anOrder()), { hold_days: 14 })

    expect(await entriesIn(books.db)).toMatchObject([
      { amount: "9000", kind: "earning" },
      {
        amount: "-9000",
        kind: "clawback",
        reason: "cancel",
        source_key: "settle:order_1:ven_1:USD:2",
      },
    ])
    const due = await books.db.rows(
      `select distinct available_at from masspay_ledger_entry`
    )
    expect(due).toHaveLength(1)
  })

  it("takes back what was paid at once, not when the earning was due", async () => {
    await settleNow(books.db, anOrder())
    await linkAll(books.db)
    await collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 })
    await settleNow(books.db, cancelled(anOrder()), { hold_days: 14 })

    const [clawback] = await books.db.rows<{ is_due: boolean }>(
      `select available_at <= masspay_now() as is_due
         from masspay_ledger_entry where kind = 'clawback'`
    )
    expect(clawback).toEqual({ is_due: true })
  })

  it("keeps a settlement with its reason where nothing may be booked", async () => {
    const unpaid = anOrder({
      payment: { captured: "none", captured_total: "0", refunded_total: "0" },
    })
    await settleNow(books.db, unpaid)
    await settleNow(
      books.db,
      anOrder({ order_id: "order_2", currency_code: "XYZ" })
    )
    await settleNow(books.db, cancelled(anOrder({ order_id: "order_3" })))
    await settleNow(
      books.db,
      anOrder({
        order_id: "order_4",
        lines: [aLine({ order_id: "order_4", net: "0" })],
      })
    )

    const held = await books.db.rows(
      `select order_id, held_reason from masspay_settlement order by order_id`
    )
    expect(held).toEqual([
      { order_id: "order_1", held_reason: "not_captured" },
      { order_id: "order_2", held_reason: "unknown_currency" },
      { order_id: "order_3", held_reason: "canceled" },
      { order_id: "order_4", held_reason: "nothing_due" },
    ])
    expect(await entriesIn(books.db)).toEqual([])
  })

  it("makes no row for an order without vendors", async () => {
    const facts = anOrder({ lines: [aLine({ vendor_id: null })] })
    const result = await settleNow(books.db, facts)

    expect(result.settlements).toEqual([])
    expect(await countOf(books.db, "masspay_settlement")).toBe(0)
  })

  it("books a held settlement once it is released", async () => {
    await settleNow(
      books.db,
      anOrder({
        payment: { captured: "none", captured_total: "0", refunded_total: "0" },
      })
    )
    const released = await settleNow(books.db, anOrder())

    expect(released.settlements).toMatchObject([
      { difference: 9000n, held_reason: null },
    ])
  })

  it("takes up an order that turns out to be a part of another one", async () => {
    const alone = anOrder({
      order_id: "order_2",
      payment: { captured: "none", captured_total: "0", refunded_total: "0" },
    })
    await settleNow(books.db, alone)
    const parent = anOrder({ lines: alone.lines })

    await settleNow(books.db, {
      ...parent,
      orders: [...parent.orders, ...alone.orders],
    })

    expect(
      await books.db.rows(
        `select order_id, net::text as net, held_reason from masspay_settlement`
      )
    ).toEqual([{ order_id: "order_2", net: "9000", held_reason: null }])
    expect(await entriesIn(books.db)).toMatchObject([{ amount: "9000" }])
  })

  it("keeps the terms of the first booking", async () => {
    await settleNow(books.db, anOrder())
    await settleNow(books.db, anOrder(), {
      commission_basis_points: 5000,
      tax: "platform",
    })

    expect(await entriesIn(books.db)).toHaveLength(1)
    expect(
      await books.db.rows(
        `select commission_basis_points, tax_rule from masspay_settlement`
      )
    ).toEqual([{ commission_basis_points: 1000, tax_rule: "vendor" }])
  })

  it("settles orders of the same vendors at once without a deadlock", async () => {
    const line = (order_id: string, vendor_id: string) =>
      aLine({ ref: `${order_id}-${vendor_id}`, order_id, vendor_id })
    const orders = ["order_1", "order_2", "order_3"].map((order_id) =>
      anOrder({
        order_id,
        lines: [line(order_id, "ven_2"), line(order_id, "ven_1")],
      })
    )
    for (const facts of orders) await settleNow(books.db, facts)
    await Promise.all([
      ...orders.map((facts) => settleNow(books.db, cancelled(facts))),
      collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 }),
    ])
    await collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 })

    expect(await countOf(books.db, "masspay_ledger_entry")).toBe(12)
    expect(await countOf(books.db, "masspay_open_entry")).toBe(0)
  })
})

describe("the payee of a settled vendor", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const payees = () =>
    books.db.rows(
      `select vendor_id, internal_user_id, name, email, status_reason, status_detail
         from masspay_payee order by vendor_id`
    )

  it("says what is missing of her contact, until the shop knows it", async () => {
    const facts = anOrder()
    await settleNow(books.db, {
      ...facts,
      vendors: [aVendor({ email: null, country_code: "" })],
    })
    expect(await payees()).toEqual([
      expect.objectContaining({
        internal_user_id: "mpuabc123.ven_1",
        status_reason: "contact_incomplete",
        status_detail: "The vendor's record has no email, country code.",
      }),
    ])

    await settleNow(books.db, facts)
    expect(await payees()).toMatchObject([
      { email: "ven_1@example.com", status_reason: null, status_detail: null },
    ])
  })

  it("keeps the contact she was linked with, and follows her name", async () => {
    await settleNow(books.db, anOrder())
    await linkAll(books.db)
    await settleNow(books.db, {
      ...anOrder(),
      vendors: [aVendor({ name: "New name", email: "other@example.com" })],
    })

    expect(await payees()).toMatchObject([
      { name: "New name", email: "ven_1@example.com" },
    ])
  })

  it("exists for a vendor whose record is gone", async () => {
    await settleNow(books.db, { ...anOrder(), vendors: [] })

    expect(await payees()).toMatchObject([
      { vendor_id: "ven_1", status_reason: "contact_incomplete" },
    ])
  })
})
