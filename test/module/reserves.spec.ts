import { balancesOf } from "../../src/modules/masspay/queries/balances"
import {
  collectDue,
  type CollectPolicy,
} from "../../src/modules/masspay/queries/collect"
import { previewCollect } from "../../src/modules/masspay/queries/collect-preview"
import {
  type NewReserve,
  placeHold,
  releaseHold,
} from "../../src/modules/masspay/queries/holds"
import { retrievePayee } from "../../src/modules/masspay/queries/payee-detail"
import { type Books, openBooks } from "../support/books"
import { aLinkedPayee, anOpenEntry, deciding } from "../support/open-money"
import {
  aLine,
  anOrder,
  cancelled,
  COLLECT,
  linkAll,
  settleNow,
  TAG,
} from "./builders"

const DAY_MS = 86_400_000

let books: Books
let orders = 0
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

/** One order of 100.00, of which 90.00 are hers. */
async function sold(vendor_id = "ven_1"): Promise<string> {
  orders += 1
  const order_id = `order_${String(orders).padStart(4, "0")}`
  const lines = [aLine({ ref: `item_${order_id}`, order_id, vendor_id })]
  await settleNow(books.db, anOrder({ order_id, lines }))
  await linkAll(books.db)
  return order_id
}
const reserve = (share: NewReserve, until: Date | null = null) =>
  placeHold(books.db, {
    hold: {
      order_id: null,
      vendor_id: "ven_1",
      kind: "reserve",
      until,
      reserve: share,
    },
    ...deciding(),
  })
const collect = async (policy: CollectPolicy = COLLECT) =>
  (await collectDue(books.db, { policy, tag: TAG, limit: 100 })).payouts.map(
    ({ vendor_id, amount }) => `${vendor_id} ${amount}`
  )
const preview = async () =>
  (await previewCollect(books.db, { policy: COLLECT, limit: 100, offset: 0 }))
    .rows
const TENTH: NewReserve = { basis_points: 1_000, days: 30 }

describe("a reserve of a share of each new earning", () => {
  beforeEach(async () => {
    await sold("ven_2")
    await aLinkedPayee(books.db, "ven_1")
  })

  it("keeps at least the share of what one vendor earns, the newest whole entries, until its days are over", async () => {
    const { hold, effect } = await reserve(TENTH)
    expect(hold).toMatchObject({
      kind: "reserve",
      amount: null,
      currency_code: null,
      basis_points: 1_000,
      days: 30,
      stands: true,
    })
    expect(effect).toContain("10.00 % for 30 days")

    await sold()
    await sold()
    await sold()
    expect(await preview()).toMatchObject([
      {
        vendor_id: "ven_1",
        due: "270.00",
        pays: "180.00",
        reason: "will_be_paid",
        detail: "At least 27.00 USD is kept back as a reserve.",
      },
      { vendor_id: "ven_2", due: "90.00", pays: "90.00", detail: null },
    ])
    expect(await collect()).toEqual(["ven_1 18000", "ven_2 9000"])
    // What is paid meanwhile does not make the share of it smaller.
    expect(await collect()).toEqual([])
    expect(await preview()).toMatchObject([{ reason: "hold", pays: null }])

    await books.shiftClock(29 * DAY_MS)
    expect(await collect()).toEqual([])
    await books.shiftClock(2 * DAY_MS)
    expect(await collect()).toEqual(["ven_1 9000"])
  })

  it("is shown as reserved, with the day from which less is kept", async () => {
    await reserve(TENTH)
    await sold()
    const [balance] = await balancesOf(books.db, "ven_1")
    expect(balance).toMatchObject({
      payable: "90.00",
      due: "90.00",
      reserved: "9.00",
    })
    const days =
      (Date.parse(balance?.reserved_until ?? "") - Date.now()) / DAY_MS
    expect(days).toBeGreaterThan(29.9)
    expect(days).toBeLessThan(30.1)
    const [payee] = await books.db.rows<{ id: string }>(
      `select id from masspay_payee where vendor_id = 'ven_1'`
    )
    const detail = await retrievePayee(books.db, {
      id: payee?.id ?? "",
      policy: COLLECT,
    })
    expect(detail?.balances).toMatchObject([
      {
        due: "90.00",
        held: "0.00",
        reserved: "9.00",
        reserved_until: balance?.reserved_until,
      },
    ])
    expect(detail?.holds).toMatchObject([{ basis_points: 1_000, days: 30 }])

    await books.shiftClock(31 * DAY_MS)
    expect(await balancesOf(books.db, "ven_1")).toMatchObject([
      { reserved: "0.00", reserved_until: null },
    ])
  })

  it("keeps nothing of what was earned before it, or for somebody else, or by hand", async () => {
    await sold()
    await reserve(TENTH)
    await anOpenEntry(books.db, { vendor_id: "ven_1", amount: 5_000n })

    expect(await collect()).toEqual(["ven_1 14000", "ven_2 9000"])
  })

  it("never keeps more than is left of the earning", async () => {
    await reserve({ basis_points: 10_000, days: 30 })
    const order_id = await sold()
    expect(await collect()).toEqual(["ven_2 9000"])
    expect(await balancesOf(books.db, "ven_1")).toMatchObject([
      { due: "90.00", reserved: "90.00" },
    ])
    await settleNow(
      books.db,
      cancelled(
        anOrder({
          order_id,
          lines: [
            aLine({ ref: `item_${order_id}`, order_id, vendor_id: "ven_1" }),
          ],
        })
      )
    )
    await anOpenEntry(books.db, { vendor_id: "ven_1", amount: 700n })
    // 90.00 earned and taken back: nothing is left to keep a share of.
    expect(await collect()).toEqual(["ven_1 700"])
  })

  it("keeps no debt from being closed", async () => {
    await reserve(TENTH)
    await sold()
    await anOpenEntry(books.db, { vendor_id: "ven_1", amount: -9_000n })

    expect(await collect()).toEqual(["ven_1 0", "ven_2 9000"])
  })

  it("does not count in advance what waits for the next moment of a schedule", async () => {
    await reserve({ basis_points: 5_000, days: 30 })
    await sold()
    await sold()
    await books.shiftClock(DAY_MS)
    await sold()
    // Of 180.00 that were due by midnight, 90.00 are kept.
    expect(await collect({ ...COLLECT, schedule: "daily" })).toEqual([
      "ven_1 9000",
      "ven_2 9000",
    ])
  })

  it("adds to a reserve of an amount, and ends with its own end or its release", async () => {
    const soon = new Date(Date.now() + DAY_MS)
    await reserve({ currency_code: "USD", amount: 1_000n }, soon)
    const { hold } = await reserve(TENTH)
    await sold()
    expect(await balancesOf(books.db, "ven_1")).toMatchObject([
      { reserved: "19.00", reserved_until: soon.toISOString() },
    ])
    await books.shiftClock(2 * DAY_MS)
    expect(await collect()).toEqual(["ven_2 9000"])
    await releaseHold(books.db, { id: hold.id, ...deciding() })
    expect(await collect()).toEqual(["ven_1 9000"])
  })

  it("is kept by the database as it was agreed", async () => {
    await reserve(TENTH)
    const refusing = (statement: string) =>
      expect(books.db.rows(statement)).rejects
    await refusing(`update masspay_hold set basis_points = 1`).toThrow(
      "never changes"
    )
    await refusing(`update masspay_hold set days = 1`).toThrow("never changes")
    const insert = (values: string) =>
      refusing(
        `insert into masspay_hold
           (id, vendor_id, kind, currency_code, amount, basis_points, days, reason, actor)
         values ('h', 'ven_1', ${values}, 'r', 'a')`
      ).toThrow(/CK_masspay_hold_reserve|_check/)
    await insert(`'reserve', null, null, null, null`)
    await insert(`'reserve', null, null, 100, null`)
    await insert(`'reserve', null, null, null, 30`)
    await insert(`'reserve', 'USD', 100, 100, 30`)
    await insert(`'reserve', null, null, 0, 30`)
    await insert(`'reserve', null, null, 10001, 30`)
    await insert(`'reserve', null, null, 100, 366`)
    await insert(`'manual', null, null, 100, 30`)
  })
})
