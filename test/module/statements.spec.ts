import { formatMajor, parseMajor } from "../../src/domain/money"
import type { Statement } from "../../src/domain/statement"
import { collectDue } from "../../src/modules/masspay/queries/collect"
import {
  readStatement,
  StatementTooLongError,
} from "../../src/modules/masspay/queries/statements"
import { type Books, openBooks } from "../support/books"
import {
  aHistory,
  aLoosePayee,
  anEntry,
  changesOf,
  writePast,
} from "../support/ledger-histories"
import { type Random, randomFrom } from "../support/random"
import { anOrder, COLLECT, linkAll, settleNow, TAG } from "./builders"

const CURRENCY = "USD"
const START = Date.parse("2026-01-01T00:00:00.000Z")
const SPAN_MS = 100_000
const FUTURE = new Date("2100-01-01T00:00:00.000Z")
const PAST = new Date("2000-01-01T00:00:00.000Z")

let books: Books
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

/** A ledger and payouts of one vendor, with everything that happened in no order. */
function aPast(random: Random) {
  const when = () => START + random.between(0, SPAN_MS)
  return {
    entries: Array.from({ length: random.between(0, 12) }, () =>
      anEntry(random, when())
    ),
    histories: Array.from({ length: random.between(0, 6) }, () =>
      aHistory(random, { starts_at: when(), steps_max: 25 })
    ),
  }
}

const read = (
  from: Date,
  to: Date,
  {
    vendor_id = "ven_1",
    lines_max,
  }: { vendor_id?: string; lines_max?: number } = {}
): Promise<Statement> =>
  readStatement(
    books.db,
    { vendor_id, currency_code: CURRENCY, from, to },
    lines_max
  )
const minor = (text: string) => parseMajor(text, CURRENCY)
const sumOf = (items: readonly { amount: bigint }[]) =>
  items.reduce((sum, { amount }) => sum + amount, 0n)

describe("a statement", () => {
  it("is what a second reading of random ledgers and payouts says, at every cut", async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = randomFrom(seed)
      const vendor_id = `ven_${seed}`
      const past = aPast(random)
      await writePast(
        books,
        vendor_id,
        await aLoosePayee(books, vendor_id),
        past
      )
      const changes = [
        ...past.entries.map(({ at, amount }) => ({ at, amount })),
        ...past.histories.flatMap(changesOf),
      ]
      const cuts = [
        START - 1,
        ...Array.from(
          { length: 3 },
          () => START + random.between(0, 2 * SPAN_MS)
        ).sort((a, b) => a - b),
        FUTURE.getTime(),
      ]

      let before: Statement | null = null
      for (const [index, cut] of cuts.slice(1).entries()) {
        const from = new Date(cuts[index] ?? 0)
        const to = new Date(cut)
        const statement = await read(from, to, { vendor_id })
        const inside = changes.filter(
          ({ at }) => at >= from.getTime() && at < cut
        )

        expect({ seed, closing: minor(statement.closing_balance) }).toEqual({
          seed,
          closing: sumOf(changes.filter(({ at }) => at < cut)),
        })
        expect(
          minor(statement.opening_balance) +
            sumOf(
              statement.lines.map(({ amount }) => ({ amount: minor(amount) }))
            )
        ).toBe(minor(statement.closing_balance))
        expect(
          statement.lines
            .map(({ at, amount }) => `${Date.parse(at)} ${minor(amount)}`)
            .sort()
        ).toEqual(inside.map(({ at, amount }) => `${at} ${amount}`).sort())
        expect(statement.lines.map(({ at }) => at)).toEqual(
          statement.lines.map(({ at }) => at).sort()
        )
        expect(statement.opening_balance).toBe(
          before?.closing_balance ?? "0.00"
        )
        before = statement
      }
    }
  })

  it("names the order of an entry and the payout that paid, of this vendor and currency alone", async () => {
    await settleNow(books.db, anOrder({ order_id: "order_7" }))
    await settleNow(
      books.db,
      anOrder({ order_id: "order_8", currency_code: "EUR" })
    )
    await linkAll(books.db)
    const { payouts } = await collectDue(books.db, {
      policy: COLLECT,
      tag: TAG,
      limit: 10,
    })
    const [payout] = payouts
    await books.db.rows(
      `insert into masspay_payout_event (id, payout_id, version, from_status, to_status, event)
       values ('mspev_2', ?, 2, 'ready', 'sending', 'claimed'),
              ('mspev_3', ?, 3, 'sending', 'completed', 'completed')`,
      [payout?.id, payout?.id]
    )

    const statement = await read(PAST, FUTURE)

    expect(statement).toEqual({
      vendor_id: "ven_1",
      vendor_name: "Shop of ven_1",
      currency_code: "USD",
      from: PAST.toISOString(),
      to: FUTURE.toISOString(),
      is_final: false,
      opening_balance: "0.00",
      lines: [
        {
          id: expect.stringMatching(/^mslen_/) as string,
          at: expect.stringMatching(/Z$/) as string,
          kind: "earning",
          reason: expect.any(String) as string,
          order_id: "order_7",
          display_id: 7,
          payout_id: null,
          amount: "90.00",
          balance: "90.00",
        },
        {
          id: "mspev_3",
          at: expect.stringMatching(/Z$/) as string,
          kind: "payout",
          reason: null,
          order_id: null,
          display_id: null,
          payout_id: payout?.id,
          amount: "-90.00",
          balance: "0.00",
        },
      ],
      totals: [
        { kind: "earning", count: 1, amount: "90.00" },
        { kind: "payout", count: 1, amount: "-90.00" },
      ],
      closing_balance: "0.00",
    })
    expect(await read(PAST, FUTURE, { vendor_id: "ven_2" })).toMatchObject({
      vendor_name: null,
      lines: [],
      closing_balance: "0.00",
    })
  })

  it("is final once its end is more than two minutes past", async () => {
    const now = Date.now()

    const finals = await Promise.all(
      [130_000, 110_000].map(async (ago) => {
        const { is_final } = await read(PAST, new Date(now - ago))
        return is_final
      })
    )

    expect(finals).toEqual([true, false])
  })

  it("of 10,000 lines is read at once; one line more than allowed is refused in words", async () => {
    await books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason,
          available_at, created_at)
       select 'mslen_' || n, 'ven_1', 'USD', n, 'adjustment', 'many:' || n, 'test',
              masspay_now(), timestamptz '2026-01-01Z' + n * interval '1 second'
         from generate_series(1, 10000) n`
    )

    const statement = await read(PAST, FUTURE)

    expect(statement.lines).toHaveLength(10_000)
    expect(statement.closing_balance).toBe(formatMajor(50_005_000n, CURRENCY))
    expect(
      (await read(PAST, FUTURE, { lines_max: 10_000 })).lines
    ).toHaveLength(10_000)
    await expect(read(PAST, FUTURE, { lines_max: 9_999 })).rejects.toThrow(
      new StatementTooLongError(9_999)
    )
  })
})
