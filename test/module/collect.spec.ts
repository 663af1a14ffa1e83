import {
  collectDue,
  type CollectPolicy,
} from "../../src/modules/masspay/queries/collect"
import { previewCollect } from "../../src/modules/masspay/queries/collect-preview"
import { saveFundingBalances } from "../../src/modules/masspay/queries/control"
import { type Books, openBooks } from "../support/books"
import {
  aLine,
  anOrder,
  cancelled,
  COLLECT,
  countOf,
  linkAll,
  settleNow,
  TAG,
} from "./builders"

const HOUR_MS = 3_600_000

describe("collectDue", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const collect = (policy: Partial<CollectPolicy> = {}, limit = 100) =>
    collectDue(books.db, { policy: { ...COLLECT, ...policy }, tag: TAG, limit })
  const sold = async (order_id: string, vendor_id = "ven_1") => {
    const facts = anOrder({
      order_id,
      lines: [aLine({ ref: order_id, order_id, vendor_id })],
    })
    await settleNow(books.db, facts)
    return facts
  }
  const reasons = async () =>
    (
      await previewCollect(books.db, { policy: COLLECT, limit: 100, offset: 0 })
    ).rows.map((row) => row.reason)

  it("takes no entry twice when two collectors run at once", async () => {
    for (const vendor of ["ven_1", "ven_2", "ven_3"]) {
      await sold(`order_of_${vendor}`, vendor)
    }
    await linkAll(books.db)
    const runs = await Promise.all([collect(), collect(), collect()])

    expect(runs.flatMap((run) => run.payouts)).toHaveLength(3)
    expect(await countOf(books.db, "masspay_payout")).toBe(3)
    expect(await countOf(books.db, "masspay_payout_item")).toBe(3)
  })

  it("freezes what is sent, with everything that belongs to a payout", async () => {
    await sold("order_7")
    await sold("order_8")
    await linkAll(books.db)
    const { payouts } = await collect()

    expect(payouts).toMatchObject([
      {
        vendor_id: "ven_1",
        amount: 18000n,
        currency_code: "USD",
        method: "wallet",
      },
    ])
    const [row] = await books.db.rows(
      `select p.status, p.user_token, p.source_token, p.needs_lookup, p.version,
              o.kind, o.client_id, o.key_seq, o.proof, o.request_text
         from masspay_payout p join masspay_operation o on o.payout_id = p.id`
    )
    expect(row).toMatchObject({
      status: "ready",
      user_token: "usr-ven_1",
      source_token: "wallet-usd",
      needs_lookup: false,
      version: 1,
      kind: "load",
      key_seq: 1,
      proof: "none",
    })
    const client_id = String(row?.client_id)
    expect(client_id).toMatch(/^mplabc123[0-9a-f]{40}$/)
    expect(JSON.parse(String(row?.request_text))).toEqual({
      client_load_id: client_id,
      source_token: "wallet-usd",
      amount: 180,
      source_currency_code: "USD",
      notify_user: false,
      notes: "Payout for orders #7, #8",
      metadata: { vendor_id: "ven_1" },
    })
    expect(
      await books.db.rows(
        `select version, from_status, to_status, event from masspay_payout_event`
      )
    ).toEqual([
      { version: 1, from_status: null, to_status: "ready", event: "collected" },
    ])
    expect(
      await books.db.rows(
        `select payload from masspay_outbox_event where name = 'masspay.payout.created'`
      )
    ).toEqual([{ payload: { id: payouts[0]?.id, vendor_id: "ven_1" } }])
  })

  it("makes the same bytes again for the same debt in other books", async () => {
    const requests = async (from: Books) =>
      from.db.rows(`select client_id, request_text from masspay_operation`)
    const others = await openBooks()
    try {
      for (const each of [books, others]) {
        await settleNow(each.db, anOrder())
        await linkAll(each.db)
        await collectDue(each.db, { policy: COLLECT, tag: TAG, limit: 10 })
      }

      expect(await requests(others)).toEqual(await requests(books))
    } finally {
      await others.close()
    }
  })

  it("gives the next payout of the same entries another name", async () => {
    await sold("order_1")
    await linkAll(books.db)
    const [first] = (await collect()).payouts
    await books.db.tx(async (sql) => {
      await sql.rows(
        `update masspay_payout set status = 'void', items_released = true,
                version = version + 1 where id = ?`,
        [first?.id]
      )
      await sql.rows(
        `update masspay_payout_item set released_at = masspay_now()`
      )
    })
    const [second] = (await collect()).payouts

    expect(second?.id).not.toBe(first?.id)
    const names = await books.db.rows<{ names: string }>(
      `select count(distinct p.source_key)::text || ' ' || count(distinct o.client_id)::text as names
         from masspay_payout p join masspay_operation o on o.payout_id = p.id`
    )
    expect(names).toEqual([{ names: "2 2" }])
  })

  it("looks up first what has been owed for more than an hour", async () => {
    await sold("order_1")
    await linkAll(books.db)
    await books.shiftClock(HOUR_MS + 1_000)
    await collect()

    expect(
      await books.db.rows(`select needs_lookup from masspay_payout`)
    ).toEqual([{ needs_lookup: true }])
  })

  it("pays nothing before it is due", async () => {
    await settleNow(books.db, anOrder(), { hold_days: 2 })
    await linkAll(books.db)
    expect((await collect()).payouts).toEqual([])
    expect(await reasons()).toEqual(["not_due"])

    await books.shiftClock(49 * HOUR_MS)
    await linkAll(books.db)
    expect((await collect()).payouts).toHaveLength(1)
  })

  it("pays nobody who has no MassPay user", async () => {
    await sold("order_1")

    expect((await collect()).payouts).toEqual([])
    expect(await reasons()).toEqual(["not_linked"])
  })

  it("waits until the sum reaches the minimum", async () => {
    await sold("order_1")
    await linkAll(books.db)
    expect((await collect({ minimum: { USD: 10000n } })).payouts).toEqual([])

    await sold("order_2")
    expect((await collect({ minimum: { USD: 10000n } })).payouts).toMatchObject(
      [{ amount: 18000n }]
    )
  })

  it("carries a negative until later earnings cover it", async () => {
    const facts = await sold("order_1")
    await linkAll(books.db)
    await collect()
    await settleNow(books.db, cancelled(facts))
    expect((await collect()).payouts).toEqual([])
    expect(await reasons()).toEqual(["negative"])

    await sold("order_2")
    await sold("order_3")
    expect((await collect()).payouts).toMatchObject([{ amount: 9000n }])
    expect(await countOf(books.db, "masspay_open_entry")).toBe(0)
  })

  it("closes entries that cancel each other out without a load, even unlinked", async () => {
    await settleNow(books.db, cancelled(await sold("order_1")))
    const { payouts } = await collect()

    expect(payouts).toMatchObject([{ amount: 0n, method: "netting" }])
    expect(await countOf(books.db, "masspay_operation")).toBe(0)
    expect(
      await books.db.rows(
        `select p.status, p.user_token, e.event from masspay_payout p
           join masspay_payout_event e on e.payout_id = p.id`
      )
    ).toEqual([{ status: "netted", user_token: null, event: "netted" }])
  })

  it("keeps money back while nobody knows whose a refund is", async () => {
    await sold("order_1")
    await linkAll(books.db)
    await books.db.rows(
      `update masspay_settlement set held_reason = 'unallocated_refund'`
    )

    expect((await collect()).payouts).toEqual([])
    expect(await reasons()).toEqual(["hold"])
  })

  it("draws from the wallet that MassPay named, and never guesses one", async () => {
    await sold("order_1")
    await linkAll(books.db)
    const wallet = (token: string) => ({
      token,
      currency_code: "USD",
      balance: 100n,
    })
    await saveFundingBalances(books.db, [wallet("one"), wallet("two")])
    expect((await collect({ source_tokens: {} })).payouts).toEqual([])

    await saveFundingBalances(books.db, [wallet("one")])
    expect((await collect({ source_tokens: {} })).payouts).toHaveLength(1)
    expect(
      await books.db.rows(`select source_token from masspay_payout`)
    ).toEqual([{ source_token: "one" }])
  })

  it("holds a payee whose last two payouts MassPay cancelled, until she is resumed", async () => {
    await sold("order_1")
    await linkAll(books.db)
    for (const expected of [1, 1, 0]) {
      const { payouts } = await collect()
      expect(payouts).toHaveLength(expected)
      for (const { id } of payouts) await cancelledByMassPay(books, id)
    }
    expect(await reasons()).toEqual(["repeated_cancel"])

    await books.db.rows(`update masspay_payee set resumed_at = masspay_now()`)
    expect((await collect()).payouts).toHaveLength(1)
  })

  it("never holds a payee for cancels that our own short funding wallet caused", async () => {
    await sold("order_1")
    await linkAll(books.db)
    for (let round = 0; round < 3; round += 1) {
      const { payouts } = await collect()
      expect(payouts).toHaveLength(1)
      for (const { id } of payouts) {
        await cancelledByMassPay(books, id, "funding_short")
      }
    }
  })

  it("is not kept from the last vendors by those who cannot be paid", async () => {
    for (const vendor of ["ven_1", "ven_2", "ven_3"]) {
      await sold(`order_of_${vendor}`, vendor)
    }
    await linkAll(books.db)
    await books.db.rows(
      `update masspay_payee set is_paused = true where vendor_id <> 'ven_3'`
    )

    expect((await collect({}, 1)).payouts).toMatchObject([
      { vendor_id: "ven_3" },
    ])
  })

  it("goes on with the others when one vendor's payout cannot be made", async () => {
    for (const vendor of ["ven_1", "ven_2"]) {
      await sold(`order_of_${vendor}`, vendor)
    }
    await linkAll(books.db)
    // More digits than a JSON number carries.
    await books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values ('e', 'ven_1', 'USD', 12345678901234567, 'adjustment', 'e', 'test', masspay_now())`
    )

    const { payouts, failed } = await collect()

    expect(payouts).toMatchObject([{ vendor_id: "ven_2" }])
    expect(failed).toMatchObject([
      { vendor_id: "ven_1", error: { code: "masspay.invalid_amount" } },
    ])
  })

  it("stops at the limit", async () => {
    for (const vendor of ["ven_1", "ven_2", "ven_3"]) {
      await sold(`order_of_${vendor}`, vendor)
    }
    await linkAll(books.db)

    expect((await collect({}, 2)).payouts).toHaveLength(2)
    expect((await collect({}, 2)).payouts).toHaveLength(1)
  })
})

describe("previewCollect", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  it("writes nothing and says what collect would do, page by page", async () => {
    for (const vendor_id of ["ven_1", "ven_2", "ven_3"]) {
      await settleNow(
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
        })
      )
    }
    await linkAll(books.db)
    const page = await previewCollect(books.db, {
      policy: COLLECT,
      limit: 2,
      offset: 1,
    })

    expect(page.count).toBe(3)
    expect(page.rows).toMatchObject([
      {
        vendor_id: "ven_2",
        open: "90.00",
        due: "90.00",
        reason: "will_be_paid",
      },
      { vendor_id: "ven_3", vendor_name: "Shop of ven_3" },
    ])
    expect(await countOf(books.db, "masspay_payout")).toBe(0)
  })
})

/** The end of a load that MassPay took back: window over, entries open again. */
async function cancelledByMassPay(
  books: Books,
  payout_id: string,
  detail: string | null = null
) {
  await books.db.tx(async (sql) => {
    await sql.rows(
      `update masspay_payout set status = 'void', items_released = true,
              version = 3 where id = ?`,
      [payout_id]
    )
    await sql.rows(
      `update masspay_payout_item set released_at = masspay_now()
        where payout_id = ? and released_at is null`,
      [payout_id]
    )
    await sql.rows(
      `insert into masspay_payout_event (id, payout_id, version, from_status, to_status, event, detail)
       values ('mspev_2' || ?, ?, 2, 'ready', 'cancelled', 'found_cancelled', ?),
              ('mspev_3' || ?, ?, 3, 'cancelled', 'void', 'settled_cancelled', null)`,
      [payout_id, payout_id, detail, payout_id, payout_id]
    )
  })
}
