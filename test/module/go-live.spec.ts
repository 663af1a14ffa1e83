import type { DecisionRefusedError } from "../../src/domain/decisions"
import { beatWhileRunning } from "../../src/modules/masspay/heartbeat"
import {
  attestGoLive,
  goLiveStatements,
  withdrawGoLive,
} from "../../src/modules/masspay/queries/go-live"
import {
  currenciesInUse,
  directFacts,
  payeeFacts,
} from "../../src/modules/masspay/queries/go-live-facts"
import {
  beatInstance,
  instancesTogether,
} from "../../src/modules/masspay/queries/instances"
import { type Books, openBooks } from "../support/books"
import { aDestination, aDirectPayee } from "../support/direct"
import { aPayee, aPayout, openShop } from "../support/payout-shop"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const OVERLAP = { overlap_ms: 3 * MINUTE_MS }

describe("attestations", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const asked = (request_id: string, odd: object = {}) => ({
    key: "kyb",
    request_id,
    note: "The letter came.",
    actor: "user_ada",
    ...odd,
  })
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: unknown) => (error as DecisionRefusedError).code
    )
  const rows = () =>
    books.db.rows<{ key: string; revision: number; did: string }>(
      `select key, revision, did from masspay_go_live_item order by key, revision`
    )

  it("keep who said what, and the newest holds", async () => {
    await attestGoLive(books.db, asked("r1"))
    await withdrawGoLive(
      books.db,
      asked("r2", { note: "It ran out.", actor: "user_bea" })
    )
    await attestGoLive(books.db, asked("r3", { note: "A new one." }))
    const { kyb } = await goLiveStatements(books.db)
    expect(kyb?.map(({ did, actor, note }) => [did, actor, note])).toEqual([
      ["attested", "user_ada", "A new one."],
      ["withdrawn", "user_bea", "It ran out."],
      ["attested", "user_ada", "The letter came."],
    ])
  })

  it("the same request again changes nothing; another under its id is refused", async () => {
    const first = await attestGoLive(books.db, asked("r1"))
    expect(await attestGoLive(books.db, asked("r1"))).toEqual(first)
    expect(await rows()).toHaveLength(1)
    for (const odd of [{ note: "Else." }, { key: "ip_allowlist" }]) {
      expect(await codeOf(attestGoLive(books.db, asked("r1", odd)))).toBe(
        "request_id_used"
      )
    }
    expect(await codeOf(withdrawGoLive(books.db, asked("r1")))).toBe(
      "request_id_used"
    )
    expect(await rows()).toHaveLength(1)
  })

  it("what is checked by itself cannot be vouched for, and what is unknown is unknown", async () => {
    expect(
      await codeOf(attestGoLive(books.db, asked("r1", { key: "api_key" })))
    ).toBe("go_live_item_is_checked")
    expect(
      await codeOf(attestGoLive(books.db, asked("r2", { key: "toString" })))
    ).toBe("go_live_item_not_found")
    expect(await codeOf(withdrawGoLive(books.db, asked("r3")))).toBe(
      "not_attested"
    )
    expect(await rows()).toEqual([])
  })

  it("of many at once each gets a revision of its own, and one withdrawal wins", async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        attestGoLive(books.db, asked(`a${n}`, { actor: `user_${n}` }))
      )
    )
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        codeOf(withdrawGoLive(books.db, asked(`w${n}`)))
      )
    )
    expect(outcomes.sort()).toEqual([
      "done",
      "not_attested",
      "not_attested",
      "not_attested",
    ])
    expect((await rows()).map(({ revision }) => revision)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
  })

  it.each([
    "update masspay_go_live_item set note = 'x'",
    "update masspay_go_live_item set deleted_at = now()",
    "delete from masspay_go_live_item",
    "truncate masspay_go_live_item",
  ])("are never changed afterwards: %s", async (statement) => {
    await attestGoLive(books.db, asked("r1"))
    await expect(books.db.rows(statement)).rejects.toThrow("append-only")
  })
})

describe("instances", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  /** Lived from `from` to `to`, both so many milliseconds ago. */
  const lived = (id: string, from: number, to: number) =>
    books.db.rows(
      `insert into masspay_instance (id, started_at, seen_at)
       values (?, masspay_now() - ? * interval '1 millisecond',
                  masspay_now() - ? * interval '1 millisecond')`,
      [id, from, to]
    )
  const together = () => instancesTogether(books.db, OVERLAP)

  it("none, one, and one that was restarted", async () => {
    expect(await together()).toBe(0)
    await lived("a", 2 * HOUR_MS, HOUR_MS)
    expect(await together()).toBe(1)
    await lived("b", HOUR_MS + MINUTE_MS, 0)
    expect(await together()).toBe(1)
  })

  it("two that ran side by side, also after one is gone; not after a day", async () => {
    await lived("a", 3 * HOUR_MS, HOUR_MS)
    await lived("b", 2 * HOUR_MS, 0)
    expect(await together()).toBe(2)
    await books.shiftClock(24 * HOUR_MS)
    expect(await together()).toBe(0)
  })

  it("three at once among five", async () => {
    await lived("a", 5 * HOUR_MS, 4 * HOUR_MS)
    await lived("b", 3 * HOUR_MS, 0)
    await lived("c", 3 * HOUR_MS, 0)
    await lived("d", 2 * HOUR_MS, 0)
    await lived("e", MINUTE_MS, 0)
    expect(await together()).toBe(3)
  })

  it("a beat is one row for each process; old ones are forgotten", async () => {
    await lived("old", 9 * 24 * HOUR_MS, 8 * 24 * HOUR_MS)
    await beatInstance(books.db, { id: "a", age_ms: HOUR_MS })
    await beatInstance(books.db, { id: "a", age_ms: HOUR_MS })
    const rows = await books.db.rows<{ id: string; age_ms: number }>(
      `select id, round(extract(epoch from seen_at - started_at))::int as age_ms
         from masspay_instance`
    )
    expect(rows.map(({ id }) => id)).toEqual(["a"])
  })

  it("a process beats while it runs, and a database that is away does it no harm", async () => {
    const stop = beatWhileRunning(books.db, { every_ms: 20 })
    const seen = async () =>
      (await books.db.rows(`select id from masspay_instance`)).length
    for (let tries = 0; (await seen()) === 0 && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    stop()
    expect(await seen()).toBe(1)
    const broken = {
      rows: () => Promise.reject(new Error("away")),
      tx: () => Promise.reject(new Error("away")),
    }
    const stopBroken = beatWhileRunning(broken, { every_ms: 5 })
    await new Promise((resolve) => setTimeout(resolve, 60))
    stopBroken()
  })
})

describe("facts of the books", () => {
  it("what is due by currency, and vendors by what they lack", async () => {
    const shop = await openShop()
    try {
      const { db } = shop.books
      expect(await currenciesInUse(db)).toEqual([])
      expect(await payeeFacts(db)).toMatchObject({ total: 0, missing: {} })

      const payee = await aPayee(shop)
      await aPayout(shop, { payee, amount: 500n })
      await db.rows(
        `update masspay_payee set profile_missing = '["city"]', profile_as_of = masspay_now()`
      )
      await aPayee(shop)
      await db.rows(
        `insert into masspay_payee (id, vendor_id, internal_user_id) values ('mspye_x', 'ven_x', 'iu_x')`
      )
      await db.rows(
        `insert into masspay_ledger_entry
           (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
         values ('e1', 'ven_x', 'USD', 700, 'adjustment', 'e1', 'test', masspay_now()),
                ('e2', 'ven_x', 'EUR', 900, 'adjustment', 'e2', 'test', masspay_now() + interval '1 day'),
                ('e3', 'ven_x', 'GBP', -900, 'adjustment', 'e3', 'test', masspay_now())`
      )
      expect(await currenciesInUse(db)).toEqual([
        { currency_code: "GBP", wanted: 0n },
        { currency_code: "USD", wanted: 1200n },
      ])
      expect(await payeeFacts(db)).toEqual({
        total: 3,
        active: 2,
        others: { unlinked: 1 },
        waiting: 1,
        missing: { city: 1 },
        incomplete: 1,
        unread: 1,
      })
    } finally {
      await shop.close()
    }
  })
})

describe("direct payouts", () => {
  it("are counted by whose destination can be used, and what bounds it", async () => {
    const shop = await openShop()
    const facts = (method: "wallet" | "direct" = "wallet") =>
      directFacts(shop.books.db, { method })
    try {
      const byWallet = await aPayee(shop)
      expect(await facts()).toMatchObject({ vendors: 0, destinations: [] })
      expect(await facts("direct")).toEqual({
        method: "direct",
        vendors: 1,
        destinations: [],
      })

      const bounded = await aDirectPayee(shop)
      // The one before is replaced.
      await aDestination(shop, bounded, { min_amount: "500" })
      await aDirectPayee(shop)
      // Hers is of a MassPay user that she has no more.
      const moved = await aDirectPayee(shop)
      await shop.books.db.rows(
        `update masspay_destination set user_token = 'usr_before'
          where payee_id = ?`,
        [moved.id]
      )
      // She has a destination, and went back to her wallet.
      await aDestination(shop, byWallet)
      await shop.books.db.rows(
        `update masspay_payee set method = 'wallet' where id = ?`,
        [byWallet.id]
      )

      const usd = { currency_code: "USD", count: 2, unbounded: 1 }
      const counts = { vendors: 3, destinations: [usd] }
      expect(await facts()).toMatchObject(counts)
      expect(await facts("direct")).toMatchObject(counts)
    } finally {
      await shop.close()
    }
  })
})
