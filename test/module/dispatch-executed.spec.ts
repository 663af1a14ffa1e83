import type { Db, Sql } from "../../src/modules/masspay/queries/db"
import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { recordAttemptOutcome } from "../../src/modules/masspay/queries/dispatch-record"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { aPayout, openShop, type Shop } from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const isShortWay = (text: string): boolean => text.includes("proven as (")

/** The books, with every statement of a transaction told to `answer` first; what it returns stands. */
function watched(
  db: Db,
  answer: (text: string) => [] | undefined
): { db: Db; texts: string[] } {
  const texts: string[] = []
  const over = (sql: Sql): Sql => ({
    async rows<Row>(text: string, params: readonly unknown[] = []) {
      texts.push(text)
      return answer(text) ?? sql.rows<Row>(text, params)
    },
  })
  return {
    db: { ...over(db), tx: (work) => db.tx((sql) => work(over(sql))) },
    texts,
  }
}

const TABLES = {
  masspay_payout: `select * from masspay_payout where id = ?`,
  masspay_operation: `select * from masspay_operation where payout_id = ?`,
  masspay_attempt: `select a.* from masspay_attempt a
    join masspay_operation o on o.id = a.operation_id where o.payout_id = ?`,
  masspay_payout_event: `select * from masspay_payout_event where payout_id = ? order by version`,
  masspay_outbox_event: `select * from masspay_outbox_event where cause_key like 'payout:' || ? || ':%'`,
}

/** Every column of everything about one payout; what differs between any two payouts is only named. */
async function everythingOf(id: string): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {}
  for (const [table, text] of Object.entries(TABLES)) {
    const rows = await shop.books.db.rows(text, [id])
    found[table] = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [column, general(value)])
      )
    )
  }
  return found
}

function general(value: unknown): unknown {
  if (value instanceof Date) return "a time"
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, general(inner)])
    )
  }
  const isOwn =
    typeof value === "string" &&
    /^(ms[a-z]+|ld|usr|vendor)_|payout:mspo_|mpl[a-z0-9]{46}|[0-9a-f]{64}/.test(
      value
    )
  return isOwn ? "its own" : value
}

it.each(["COMPLETED", "SCHEDULED"] as const)(
  "writes by one statement what the long way writes by many (%s)",
  async (status) => {
    const [short, long] = [await aPayout(shop), await aPayout(shop)]
    const { claimed } = await claimReady(shop.books.db, {
      worker: "worker",
      limit: 2,
      lease_ms: 60_000,
    })
    const record = (db: Db, id: string) => {
      const claim = claimed.find((each) => each.payout_id === id)
      if (!claim) throw new Error("It was not claimed")
      return recordAttemptOutcome(db, {
        claimed: claim,
        worker: "worker",
        report: {
          outcome: { kind: "answered", status },
          code: "ok",
          http_status: 201,
          remote_token: `ld_${id}`,
          details: [],
        },
        jitter: 0,
      })
    }
    const shortWay = watched(shop.books.db, () => undefined)
    const longWay = watched(shop.books.db, (text) =>
      isShortWay(text) ? [] : undefined
    )

    const one = await record(shortWay.db, short.id)
    const other = await record(longWay.db, long.id)

    expect(one).toEqual(other)
    expect(shortWay.texts).toHaveLength(1)
    expect(longWay.texts.length).toBeGreaterThan(5)
    const written = await everythingOf(short.id)
    expect(written).toEqual(await everythingOf(long.id))
    expect(written.masspay_attempt).toEqual([
      expect.objectContaining({ outcome: "ok", proof: "executed" }),
    ])
    expect(written.masspay_outbox_event).toHaveLength(1)
  }
)

it("takes the short way when MassPay says that it is done", async () => {
  for (let made = 0; made < 3; made += 1) await aPayout(shop)
  const { db, texts } = watched(shop.books.db, () => undefined)

  const report = await dispatchPayouts(shop.deps({ books: db }))

  expect(report.completed).toBe(3)
  expect(texts.filter(isShortWay)).toHaveLength(3)
  expect(
    texts.filter((text) => /for update of p, o$/.test(text.trim()))
  ).toHaveLength(1)
})
