import { applyPayeeTruth } from "../../src/modules/masspay/queries/payee-truth"
import {
  claimPayeesToLink,
  recordLinked,
  recordNotLinked,
} from "../../src/modules/masspay/queries/payees"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { type Books, openBooks } from "../support/books"
import { aLine, anOrder, aVendor, settleNow } from "./builders"

const LEASE_MS = 60_000

describe("payees to link", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const sold = (vendor_id: string, hold_days = 0) =>
    settleNow(
      books.db,
      anOrder({
        order_id: `order_of_${vendor_id}`,
        lines: [
          aLine({
            order_id: `order_of_${vendor_id}`,
            ref: vendor_id,
            vendor_id,
          }),
        ],
      }),
      { hold_days }
    )
  const claim = (worker: string, vendor_id?: string) =>
    claimPayeesToLink(books.db, {
      worker,
      limit: 10,
      lease_ms: LEASE_MS,
      vendor_id: vendor_id ?? null,
    })
  const link = (payee_id: string, worker: string, user_token: string) =>
    recordLinked(books.db, {
      payee_id,
      worker,
      user_token,
      status: "active",
      was_found: false,
    })
  const statuses = () =>
    books.db.rows(
      `select vendor_id, status, status_reason, user_token from masspay_payee order by vendor_id`
    )

  it("are given to one worker only", async () => {
    await sold("ven_1")
    await sold("ven_2")
    const claims = await Promise.all([claim("a"), claim("b"), claim("c")])

    expect(
      claims
        .flat()
        .map((payee) => payee.vendor_id)
        .sort()
    ).toEqual(["ven_1", "ven_2"])
  })

  it("are not those who are owed nothing yet, are paused, or cannot be named", async () => {
    await sold("ven_1", 7)
    await sold("ven_2")
    await books.db.rows(
      `update masspay_payee set is_paused = true where vendor_id = 'ven_2'`
    )
    await settleNow(books.db, {
      ...anOrder({
        order_id: "order_3",
        lines: [aLine({ order_id: "order_3", vendor_id: "ven_3" })],
      }),
      vendors: [aVendor({ id: "ven_3", last_name: null })],
    })

    expect(await claim("a")).toEqual([])
  })

  it("are only the vendor's own when one is named", async () => {
    await sold("ven_1")
    await sold("ven_2")

    expect(await claim("a", "ven_2")).toMatchObject([{ vendor_id: "ven_2" }])
  })

  it("come back when the worker that held them is gone", async () => {
    await sold("ven_1")
    await claim("a")
    expect(await claim("b")).toEqual([])

    await books.shiftClock(LEASE_MS + 1)
    expect(await claim("b")).toMatchObject([{ link_attempts: 2 }])
  })

  it("are never linked by a worker whose lease went to another", async () => {
    await sold("ven_1")
    const [payee] = await claim("a")
    await books.shiftClock(LEASE_MS + 1)
    await claim("b")

    expect(await link(payee?.payee_id ?? "", "a", "usr-1")).toBe("lease_lost")
    expect(await statuses()).toMatchObject([{ user_token: null }])
  })

  it("never share a MassPay user", async () => {
    await sold("ven_1")
    await sold("ven_2")
    const [first, second] = await claim("a")
    expect(await link(first?.payee_id ?? "", "a", "usr-1")).toBe("linked")
    expect(await link(second?.payee_id ?? "", "a", "usr-1")).toBe("user_taken")

    const rows = await books.db.rows(
      `select status, status_reason, user_token from masspay_payee order by user_token nulls last`
    )
    expect(rows).toEqual([
      { status: "active", status_reason: null, user_token: "usr-1" },
      { status: "unlinked", status_reason: "user_taken", user_token: null },
    ])
    expect(
      await books.db.rows(
        `select payload from masspay_outbox_event where name = 'masspay.payee.linked'`
      )
    ).toEqual([
      { payload: { id: first?.payee_id, vendor_id: first?.vendor_id } },
    ])
  })

  it("wait before they are tried again", async () => {
    await sold("ven_1")
    const [payee] = await claim("a")
    await recordNotLinked(books.db, {
      payee_id: payee?.payee_id ?? "",
      worker: "a",
      reason: "rejected",
      detail: "MassPay did not accept the e-mail address.",
      retry_in_ms: 600_000,
    })
    expect(await claim("a")).toEqual([])
    expect(await statuses()).toMatchObject([
      { status: "unlinked", status_reason: "rejected" },
    ])

    await books.shiftClock(600_001)
    expect(await claim("a")).toHaveLength(1)
  })
})

describe("applyPayeeTruth", () => {
  it("never puts an older answer over a newer one", async () => {
    const books = await openBooks()
    try {
      await settleNow(books.db, anOrder())
      const [payee] = await claimPayeesToLink(books.db, {
        worker: "a",
        limit: 1,
        lease_ms: LEASE_MS,
      })
      await recordLinked(books.db, {
        payee_id: payee?.payee_id ?? "",
        worker: "a",
        user_token: "usr-1",
        status: "active",
        was_found: false,
      })
      await books.shiftClock(1_000)
      const before = await databaseNow(books.db)
      await books.shiftClock(1_000)
      const later = await databaseNow(books.db)
      const truth = (status: "locked" | "active", looked_up_at: Date) =>
        applyPayeeTruth(books.db, {
          user_token: "usr-1",
          status,
          looked_up_at,
        })

      expect(await truth("locked", later)).toMatchObject({ status: "locked" })
      expect(await truth("active", before)).toBeNull()
      expect(await books.db.rows(`select status from masspay_payee`)).toEqual([
        { status: "locked" },
      ])
    } finally {
      await books.close()
    }
  })
})
