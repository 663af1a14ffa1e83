import type { PayeeNeed } from "../../src/domain/payee-needs"
import { collectDue } from "../../src/modules/masspay/queries/collect"
import { listPayees } from "../../src/modules/masspay/queries/payee-list"
import { type Books, openBooks } from "../support/books"
import { aLine, anOrder, COLLECT, linkAll, settleNow, TAG } from "./builders"

type Listing = Parameters<typeof listPayees>[1]

describe("the list of payees", () => {
  let books: Books
  beforeAll(async () => {
    books = await openBooks()
    // 90, 180 and 270 after the commission; the second one in two currencies.
    for (const [n, currency_code] of [
      [1, "USD"],
      [2, "USD"],
      [3, "USD"],
      [2, "EUR"],
    ] as const) {
      const order_id = `order_${n}_${currency_code}`
      const vendor_id = `ven_${n}`
      const line = { order_id, ref: order_id, vendor_id, net: `${n}00` }
      await settleNow(
        books.db,
        anOrder({ order_id, currency_code, lines: [aLine(line)] })
      )
    }
    await linkAll(books.db)
  })
  afterAll(() => books.close())

  const list = (listing: Partial<Listing> = {}) =>
    listPayees(books.db, { limit: 20, offset: 0, ...listing })
  const vendors = async (listing: Partial<Listing> = {}) =>
    (await list(listing)).payees.map(({ vendor_id }) => vendor_id)

  it("says what each has in every currency, and never adds currencies up", async () => {
    const { payees, count } = await list({
      order: { by: "name", direction: "asc" },
    })

    expect(count).toBe(3)
    expect(payees.map(({ balances }) => balances)).toEqual([
      [
        {
          currency_code: "USD",
          open: "90.00",
          in_transit: "0.00",
          paid: "0.00",
        },
      ],
      [
        {
          currency_code: "EUR",
          open: "180.00",
          in_transit: "0.00",
          paid: "0.00",
        },
        {
          currency_code: "USD",
          open: "180.00",
          in_transit: "0.00",
          paid: "0.00",
        },
      ],
      [
        {
          currency_code: "USD",
          open: "270.00",
          in_transit: "0.00",
          paid: "0.00",
        },
      ],
    ])
  })

  it("orders by what is open in one currency, both ways, with nobody on two pages", async () => {
    const filters = { currency_code: "USD" }
    const order = { by: "open", direction: "desc" } as const

    expect(await vendors({ filters, order })).toEqual([
      "ven_3",
      "ven_2",
      "ven_1",
    ])
    expect(
      await vendors({ filters, order: { by: "open", direction: "asc" } })
    ).toEqual(["ven_1", "ven_2", "ven_3"])
    expect(await vendors({ filters, order, limit: 2 })).toEqual([
      "ven_3",
      "ven_2",
    ])
    expect(await vendors({ filters, order, limit: 2, offset: 2 })).toEqual([
      "ven_1",
    ])
  })

  it("finds those who have something in a currency", async () => {
    expect(await vendors({ filters: { currency_code: "EUR" } })).toEqual([
      "ven_2",
    ])
    expect(await vendors({ filters: { currency_code: "JPY" } })).toEqual([])
  })

  it("finds what somebody has to see to, and nobody else", async () => {
    await books.db.rows(
      `update masspay_payee set is_paused = true where vendor_id = 'ven_1'`
    )
    await books.db.rows(
      `update masspay_payee set papers_wanted = true where vendor_id = 'ven_2'`
    )
    await books.db.rows(
      `update masspay_payee set profile_missing = '["city"]'::jsonb
        where vendor_id = 'ven_3'`
    )
    const inNeed = (...needs: PayeeNeed[]) =>
      vendors({ filters: { needs }, order: { by: "name", direction: "asc" } })

    expect(await inNeed("resume")).toEqual(["ven_1"])
    expect(await inNeed("papers")).toEqual(["ven_2"])
    expect(await inNeed("profile")).toEqual(["ven_3"])
    expect(await inNeed("resume", "papers")).toEqual(["ven_1", "ven_2"])
    expect(await inNeed("account")).toEqual([])
    expect(await inNeed("confirmation")).toEqual([])

    await books.db.rows(
      `update masspay_payee set profile_missing = '[]'::jsonb
        where vendor_id = 'ven_3'`
    )
    expect(await inNeed("profile")).toEqual([])
  })

  it("finds by status, and takes every letter of a search as it is", async () => {
    expect(await vendors({ filters: { status: ["active"] } })).toHaveLength(3)
    expect(await vendors({ filters: { status: ["locked"] } })).toEqual([])
    expect(await vendors({ filters: { q: "%" } })).toEqual([])
    expect(await vendors({ filters: { q: "of ven_2" } })).toEqual(["ven_2"])
  })

  it("tells open money from money in transit", async () => {
    await collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 })
    const { payees } = await list({ filters: { q: "ven_3" } })

    expect(payees[0]?.balances).toEqual([
      {
        currency_code: "USD",
        open: "0.00",
        in_transit: "270.00",
        paid: "0.00",
      },
    ])
  })
})
