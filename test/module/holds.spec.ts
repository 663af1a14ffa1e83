import { collectDue } from "../../src/modules/masspay/queries/collect"
import { previewCollect } from "../../src/modules/masspay/queries/collect-preview"
import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import {
  listHolds,
  type NewHold,
  placeHold,
  releaseHold,
} from "../../src/modules/masspay/queries/holds"
import { orderSettlements } from "../../src/modules/masspay/queries/reads"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
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

const HOUR_MS = 3_600_000

let books: Books
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

/** An order of 100.00 by each of these vendors. */
async function sold(order_id: string, ...vendors: string[]): Promise<void> {
  const lines = vendors.map((vendor_id) =>
    aLine({ ref: `${order_id}_${vendor_id}`, order_id, vendor_id })
  )
  await settleNow(books.db, anOrder({ order_id, lines }))
  await linkAll(books.db)
}

const collect = async () =>
  (
    await collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 100 })
  ).payouts.map(({ vendor_id, amount }) => `${vendor_id} ${amount}`)
const preview = async () =>
  (await previewCollect(books.db, { policy: COLLECT, limit: 100, offset: 0 }))
    .rows
const claim = async () =>
  (
    await claimReady(books.db, { worker: "w", limit: 10, lease_ms: 60_000 })
  ).claimed.map(({ vendor_id }) => vendor_id)
const hold = (on: Partial<NewHold>) =>
  placeHold(books.db, {
    hold: {
      order_id: null,
      vendor_id: null,
      kind: "dispute",
      until: null,
      reserve: null,
      ...on,
    },
    ...deciding(),
  })
const release = (id: string) => releaseHold(books.db, { id, ...deciding() })

describe("a hold on an order", () => {
  it("keeps the order from being collected, of all its vendors, and nothing else", async () => {
    await sold("order_1", "ven_1", "ven_2")
    await sold("order_2", "ven_1")
    const placed = await hold({ order_id: "order_1" })

    expect(placed).toMatchObject({
      hold: {
        order_id: "order_1",
        kind: "dispute",
        stands: true,
        actor: "user_1",
      },
      effect: "The order's money is not collected while the hold stands.",
    })
    expect(await collect()).toEqual(["ven_1 9000"])
    expect(await preview()).toMatchObject([
      {
        vendor_id: "ven_1",
        reason: "hold",
        detail: "On hold (dispute): because.",
      },
      { vendor_id: "ven_2", reason: "hold", open: "90.00", due: "0.00" },
    ])
    expect(
      await orderSettlements(books.db, { order_id: "order_1", policy: COLLECT })
    ).toMatchObject([{ state: "open", reason: "hold" }, { reason: "hold" }])

    await release(placed.hold.id)
    expect(await collect()).toEqual(["ven_1 9000", "ven_2 9000"])
  })

  it("does not keep her from paying back what she was paid for it", async () => {
    await sold("order_1", "ven_1")
    expect(await collect()).toEqual(["ven_1 9000"])
    const lines = [aLine({ ref: "order_1_ven_1", order_id: "order_1" })]
    await settleNow(
      books.db,
      cancelled(anOrder({ order_id: "order_1", lines }))
    )
    await hold({ order_id: "order_1" })
    expect(await preview()).toMatchObject([{ reason: "negative" }])

    await sold("order_2", "ven_1")
    expect(await collect()).toEqual(["ven_1 0"])
    // The payout that took the order's money is still held.
    expect(await claim()).toEqual([])
  })

  it("may be on one vendor's part of it", async () => {
    await sold("order_1", "ven_1", "ven_2")
    await hold({ order_id: "order_1", vendor_id: "ven_2" })

    expect(await collect()).toEqual(["ven_1 9000"])
  })

  it("holds before anything is booked, and ends by itself", async () => {
    const until = new Date((await databaseNow(books.db)).getTime() + HOUR_MS)
    await hold({ order_id: "order_1", until })
    await sold("order_1", "ven_1")
    expect(await collect()).toEqual([])
    expect((await preview())[0]?.detail).toBe(
      `On hold (dispute) until ${until.toISOString()}: because.`
    )

    await books.shiftClock(HOUR_MS)
    expect(await collect()).toEqual(["ven_1 9000"])
  })

  it("keeps a payout that took its money from being claimed, and no other", async () => {
    await sold("order_1", "ven_1")
    await sold("order_2", "ven_2")
    expect(await collect()).toHaveLength(2)
    const placed = await hold({ order_id: "order_1" })
    expect(placed.effect).toBe(
      "The order's money is not collected while the hold stands. 1 payout with held money wait."
    )

    expect(await claim()).toEqual(["ven_2"])
    await release(placed.hold.id)
    expect(await claim()).toEqual(["ven_1"])
  })

  it("keeps back a payout whose order has a refund that nobody allocated", async () => {
    await sold("order_1", "ven_1")
    await collect()
    const held = (reason: string | null) =>
      books.db.rows(`update masspay_settlement set held_reason = ?`, [reason])

    await held("unallocated_refund")
    expect(await claim()).toEqual([])
    await held(null)
    expect(await claim()).toEqual(["ven_1"])
  })
})

describe("a hold on a vendor", () => {
  it("keeps all of hers from being collected and claimed", async () => {
    await sold("order_1", "ven_1")
    await collect()
    await sold("order_2", "ven_1", "ven_2")
    const { hold: placed } = await hold({ vendor_id: "ven_1", kind: "manual" })

    expect(await collect()).toEqual(["ven_2 9000"])
    expect(await claim()).toEqual(["ven_2"])
    expect(await preview()).toMatchObject([
      { vendor_id: "ven_1", reason: "hold", due: "90.00" },
    ])
    await release(placed.id)
    expect(await collect()).toEqual(["ven_1 9000"])
    expect(await claim()).toEqual(["ven_1", "ven_1"])
  })

  it("waits for who is collecting for her, and is known to who begins afterwards", async () => {
    await sold("order_1", "ven_1")
    let placed: Promise<unknown> = Promise.resolve()
    await books.db.tx(async (sql) => {
      await sql.rows(`select id from masspay_payee for update`)
      placed = hold({ vendor_id: "ven_1" })
      const [waiting] = await waitingFor(books)
      expect(waiting).toBeDefined()
    })
    await placed
    expect(await collect()).toEqual([])
  })
})

/** Sessions that wait for a lock, as soon as there is one. */
async function waitingFor({ db, database }: Books): Promise<unknown[]> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const rows = await db.rows(
      `select pid from pg_stat_activity
        where datname = ? and wait_event_type = 'Lock'`,
      [database]
    )
    if (rows.length > 0 || performance.now() > deadline) return rows
  }
}

describe("a reserve", () => {
  it("keeps the newest entries that make it up, and lets payouts go", async () => {
    await aLinkedPayee(books.db, "ven_1")
    for (const [amount, minutes] of [
      [5_000n, 3],
      [3_000n, 2],
      [2_000n, 1],
    ] as const) {
      // Of the same millisecond none would be the newer one.
      const at = new Date(Date.now() - minutes * 60_000)
      await anOpenEntry(books.db, { vendor_id: "ven_1", amount, at })
    }
    const reserve = { currency_code: "USD", amount: 2_500n }
    const { hold: placed } = await hold({
      vendor_id: "ven_1",
      kind: "reserve",
      reserve,
    })
    expect(placed).toMatchObject({ amount: "25.00", currency_code: "USD" })
    expect(await preview()).toMatchObject([
      { reason: "will_be_paid", due: "100.00", pays: "50.00" },
    ])

    expect(await collect()).toEqual(["ven_1 5000"])
    expect(await collect()).toEqual([])
    expect(await claim()).toEqual(["ven_1"])
    expect(await preview()).toMatchObject([
      {
        reason: "hold",
        pays: null,
        detail: "At least 25.00 USD is kept back as a reserve.",
      },
    ])
    await release(placed.id)
    expect(await collect()).toEqual(["ven_1 5000"])
  })
})

describe("a hold in the books", () => {
  it("is placed and released once for each request, with who and why", async () => {
    await aLinkedPayee(books.db, "ven_1")
    const input = {
      hold: {
        order_id: null,
        vendor_id: "ven_1",
        kind: "manual" as const,
        until: null,
        reserve: null,
      },
      ...deciding("user_7"),
    }
    const first = await placeHold(books.db, input)
    const [again, atOnce] = await Promise.all([
      placeHold(books.db, input),
      placeHold(books.db, input),
    ])
    expect(again).toEqual(first)
    expect(atOnce).toEqual(first)
    await expect(
      placeHold(books.db, {
        ...input,
        hold: { ...input.hold, kind: "dispute" },
      })
    ).rejects.toMatchObject({ code: "request_id_used" })

    const ending = { id: first.hold.id, ...deciding("user_8") }
    const released = await releaseHold(books.db, ending)
    expect(released.hold).toMatchObject({
      stands: false,
      released_by: "user_8",
      release_reason: "because",
    })
    expect(await releaseHold(books.db, ending)).toEqual(released)
    await expect(release(first.hold.id)).rejects.toMatchObject({
      code: "already_released",
    })
    await expect(release("mshld_none")).rejects.toMatchObject({
      code: "hold_not_found",
    })
    expect(
      await books.db.rows(
        `select action, maker, maker_reason, payee_id is not null as of_payee
           from masspay_action_request order by created_at`
      )
    ).toEqual([
      {
        action: "hold",
        maker: "user_7",
        maker_reason: "because",
        of_payee: true,
      },
      {
        action: "release_hold",
        maker: "user_8",
        maker_reason: "because",
        of_payee: true,
      },
    ])
    expect(
      (
        await books.db.rows<{ name: string }>(
          `select name from masspay_outbox_event order by created_at, id`
        )
      ).map(({ name }) => name)
    ).toEqual(["masspay.hold.placed", "masspay.hold.released"])
  })

  it("is refused for nobody, and when it would be over already", async () => {
    await expect(hold({ vendor_id: "ven_none" })).rejects.toMatchObject({
      code: "vendor_not_found",
      is_not_found: true,
    })
    await aLinkedPayee(books.db, "ven_1")
    await expect(
      hold({ vendor_id: "ven_1", until: new Date(0) })
    ).rejects.toMatchObject({ code: "until_is_past" })
    expect(await books.db.rows(`select 1 from masspay_action_request`)).toEqual(
      []
    )
  })

  it("is listed by what it holds and whether it stands", async () => {
    await aLinkedPayee(books.db, "ven_1")
    const { hold: vendor } = await hold({ vendor_id: "ven_1" })
    const { hold: order } = await hold({ order_id: "order_1", kind: "manual" })
    await release(order.id)
    const ids = async (filters: Parameters<typeof listHolds>[1]["filters"]) => {
      const { holds, count } = await listHolds(books.db, {
        ...(filters && { filters }),
        limit: 10,
        offset: 0,
      })
      expect(count).toBe(holds.length)
      return holds.map(({ id }) => id)
    }
    expect(await ids({})).toEqual([order.id, vendor.id])
    expect(await ids({ state: "open" })).toEqual([vendor.id])
    expect(await ids({ state: "over" })).toEqual([order.id])
    expect(await ids({ vendor_id: "ven_1" })).toEqual([vendor.id])
    expect(await ids({ order_id: "order_1", kind: "dispute" })).toEqual([])
  })

  it("never changes but for its release, which is written once", async () => {
    await aLinkedPayee(books.db, "ven_1")
    const { hold: placed } = await hold({ vendor_id: "ven_1" })
    const refusing = (statement: string) =>
      expect(books.db.rows(statement)).rejects
    for (const change of [
      "reason = 'x'",
      "actor = 'x'",
      "vendor_id = 'x'",
      "kind = 'manual'",
      "until = now()",
    ]) {
      await refusing(`update masspay_hold set ${change}`).toThrow(
        "never changes"
      )
    }
    await refusing(`delete from masspay_hold`).toThrow("never deleted")
    await refusing(`update masspay_hold set deleted_at = now()`).toThrow(
      "never soft-deleted"
    )
    await release(placed.id)
    await refusing(`update masspay_hold set released_by = 'x'`).toThrow(
      "written once"
    )
    const insert = (values: string) =>
      refusing(
        `insert into masspay_hold (id, order_id, vendor_id, kind, currency_code, amount, reason, actor)
         values ('h', ${values}, 'r', 'a')`
      )
    await insert(`null, null, 'manual', null, null`).toThrow(
      "CK_masspay_hold_target"
    )
    await insert(`'o', 'v', 'reserve', 'USD', 1`).toThrow(
      "CK_masspay_hold_reserve"
    )
    await insert(`null, 'v', 'reserve', null, null`).toThrow(
      "CK_masspay_hold_reserve"
    )
    await insert(`null, 'v', 'manual', 'USD', 1`).toThrow(
      "CK_masspay_hold_reserve"
    )
  })
})
