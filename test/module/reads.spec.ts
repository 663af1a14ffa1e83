import { collectDue } from "../../src/modules/masspay/queries/collect"
import {
  listPayouts,
  orderSettlements,
  retrievePayout,
} from "../../src/modules/masspay/queries/reads"
import { type Books, openBooks } from "../support/books"
import {
  aLine,
  anOrder,
  cancelled,
  COLLECT,
  linkAll,
  settleNow,
  TAG,
} from "./builders"

const VENDORS = ["ven_1", "ven_2", "ven_3"]

describe("reads", () => {
  let books: Books
  beforeAll(async () => {
    books = await openBooks()
    for (const [index, vendor_id] of VENDORS.entries()) {
      const order_id = `order_${index + 1}`
      await settleNow(
        books.db,
        anOrder({
          order_id,
          lines: [
            aLine({
              order_id,
              ref: order_id,
              vendor_id,
              net: `${index + 1}00`,
            }),
          ],
        })
      )
    }
    await linkAll(books.db)
    await collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 })
    await books.db.rows(
      `update masspay_payout set status = 'blocked', block_reason = 'kyc',
              block_detail = 'Papers are missing.', version = 2 where vendor_id = 'ven_3'`
    )
  })
  afterAll(() => books.close())

  const vendorsOf = async (
    input: Partial<Parameters<typeof listPayouts>[1]>
  ) => {
    const page = await listPayouts(books.db, { limit: 20, offset: 0, ...input })
    return page.payouts.map((payout) => payout.vendor_id)
  }

  it("lists payouts as the API shows them, newest first, with the exact count", async () => {
    const page = await listPayouts(books.db, { limit: 1, offset: 0 })

    expect(page).toMatchObject({ count: 3, limit: 1, offset: 0 })
    expect(page.payouts).toEqual([
      {
        id: expect.stringMatching(/^mspo_/) as string,
        vendor_id: "ven_3",
        vendor_name: "Shop of ven_3",
        method: "wallet",
        status: "blocked",
        block_reason: "kyc",
        detail: "Papers are missing.",
        amount: "270.00",
        currency_code: "USD",
        created_at: expect.stringMatching(/Z$/) as string,
        updated_at: expect.stringMatching(/Z$/) as string,
        completed_at: null,
      },
    ])
  })

  it("orders by amount and pages without repeating or dropping one", async () => {
    const order = { by: "amount", direction: "asc" } as const
    const pages = [0, 1, 2].map((offset) =>
      vendorsOf({ order, limit: 1, offset })
    )

    expect((await Promise.all(pages)).flat()).toEqual(VENDORS)
  })

  it("filters by status, vendor, currency and time", async () => {
    expect(await vendorsOf({ filters: { status: ["blocked"] } })).toEqual([
      "ven_3",
    ])
    expect(await vendorsOf({ filters: { vendor_id: ["ven_2"] } })).toEqual([
      "ven_2",
    ])
    expect(await vendorsOf({ filters: { currency_code: ["eur"] } })).toEqual([])
    expect(
      await vendorsOf({ filters: { created_at: { lt: new Date(0) } } })
    ).toEqual([])
  })

  it("finds a payout by whatever names it, and takes a pattern literally", async () => {
    const [operation] = await books.db.rows<{ client_id: string }>(
      `select o.client_id from masspay_operation o
         join masspay_payout p on p.id = o.payout_id where p.vendor_id = 'ven_2'`
    )
    for (const q of [
      "ven_2",
      "order_2",
      "usr-ven_2",
      "shop of VEN_2",
      operation?.client_id,
    ]) {
      expect(await vendorsOf({ filters: { q } })).toEqual(["ven_2"])
    }
    expect(await vendorsOf({ filters: { q: "%" } })).toEqual([])
  })

  it("shows one payout with its items, operations and timeline", async () => {
    const { payouts } = await listPayouts(books.db, {
      filters: { vendor_id: ["ven_1"] },
      limit: 1,
      offset: 0,
    })
    const payout = await retrievePayout(books.db, payouts[0]?.id ?? "")

    expect(payout).toMatchObject({
      amount: "90.00",
      items: [
        {
          kind: "earning",
          amount: "90.00",
          order_id: "order_1",
          display_id: 1,
          released_at: null,
        },
      ],
      operations: [{ kind: "load", proof: "none", attempts: [] }],
      events: [{ from_status: null, to_status: "ready", event: "collected" }],
    })
    expect(await retrievePayout(books.db, "mspo_none")).toBeNull()
  })
})

describe("the settlements of an order", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const state = async (order_id = "order_1") => {
    const [settlement] = await orderSettlements(books.db, {
      order_id,
      policy: COLLECT,
    })
    return settlement
  }
  const collect = () =>
    collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 })

  it("say why nothing is paid yet, and when it is on its way and there", async () => {
    await settleNow(
      books.db,
      anOrder({
        payment: { captured: "none", captured_total: "0", refunded_total: "0" },
      })
    )
    expect(await state()).toMatchObject({
      state: "held",
      reason: "not_captured",
      net: "90.00",
      payouts: [],
    })

    await settleNow(books.db, anOrder())
    expect(await state()).toMatchObject({ state: "open", reason: "not_linked" })

    await linkAll(books.db)
    expect(await state()).toMatchObject({
      state: "open",
      reason: "will_be_paid",
    })

    await collect()
    expect(await state()).toMatchObject({
      state: "in_transit",
      reason: null,
      payouts: [{ status: "ready", amount: "90.00" }],
    })

    await books.db.rows(
      `update masspay_payout
          set status = 'blocked', block_reason = 'kyc', version = 2`
    )
    expect(await state()).toMatchObject({
      state: "blocked",
      payouts: [{ status: "blocked", block_reason: "kyc" }],
    })

    await books.db.rows(
      `update masspay_payout
          set status = 'completed', block_reason = null, version = 3`
    )
    expect(await state()).toMatchObject({ state: "paid" })
  })

  it("are open again with the reason when a paid order is cancelled", async () => {
    await settleNow(books.db, anOrder())
    await linkAll(books.db)
    await collect()
    await settleNow(books.db, cancelled(anOrder()))

    expect(await state()).toMatchObject({ state: "open", reason: "negative" })
  })

  it("wait for their day", async () => {
    await settleNow(books.db, anOrder(), { hold_days: 3 })

    expect(await state()).toMatchObject({ state: "open", reason: "not_due" })
  })

  it("are due nothing when sale and cancellation met before any payout", async () => {
    await settleNow(books.db, anOrder())
    await settleNow(books.db, cancelled(anOrder()))

    expect(await state()).toMatchObject({ state: "nothing_due" })
  })

  it("are found by the paid order and by the vendor's own", async () => {
    const facts = anOrder({ lines: [aLine({ order_id: "order_child" })] })
    await settleNow(books.db, {
      ...facts,
      root_order_id: "order_root",
      orders: ["order_root", "order_child"].flatMap((order_id) =>
        facts.orders.map((order) => ({ ...order, order_id }))
      ),
    })

    expect(await state("order_root")).toMatchObject({ order_id: "order_child" })
    expect(await state("order_child")).toMatchObject({
      order_id: "order_child",
    })
    expect(await state("order_other")).toBeUndefined()
  })
})
