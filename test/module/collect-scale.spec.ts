import {
  collectDue,
  type CollectPolicy,
} from "../../src/modules/masspay/queries/collect"
import { previewCollect } from "../../src/modules/masspay/queries/collect-preview"
import { placeHold } from "../../src/modules/masspay/queries/holds"
import { type Books, openBooks } from "../support/books"
import { counting } from "../support/counting"
import { aLinkedPayee, anOpenEntry, deciding } from "../support/open-money"
import { COLLECT, TAG } from "./builders"

const VENDORS = 5_000
const ENTRIES = 10_000
const MADE = 40
const POLICY: CollectPolicy = {
  ...COLLECT,
  minimum: { USD: 2_000n },
  schedule: "daily",
}

let books: Books
beforeAll(async () => {
  books = await openBooks()
  // Due since yesterday: three of four vendors can be paid, the others have too little.
  await books.db.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, user_token, status, schedule)
     select 'mspye_' || n, 'ven_' || lpad(n::text, 5, '0'), 'u' || n, 't' || n, 'active',
            case n % 5 when 0 then 'weekly:monday' when 1 then 'immediate' end
       from generate_series(1, ?) n`,
    [VENDORS]
  )
  await entries(
    `select 'e' || n || '_' || k, 'ven_' || lpad(n::text, 5, '0'), 250 * (1 + n % 4)
       from generate_series(1, ${VENDORS}) n, generate_series(1, 4) k`
  )
  await placeHold(books.db, {
    hold: {
      order_id: null,
      vendor_id: "ven_00001",
      kind: "manual",
      until: null,
      reserve: null,
    },
    ...deciding(),
  })
  await books.db.rows(`vacuum (analyze)`)
})
afterAll(() => books.close())

/** Open entries, a week old, of `id`, `vendor_id` and `amount`. */
function entries(select: string): Promise<unknown> {
  return books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, amount, currency_code, kind, source_key, reason,
        available_at, created_at)
     select id, vendor_id, amount, 'USD', 'adjustment', id, 'test', at, at
       from (${select}) e (id, vendor_id, amount),
            (select masspay_now() - interval '8 days' as at) past`
  )
}

it("asks as much for each payout, however many vendors there are", async () => {
  const { db, statements } = counting(books.db)
  const run = async (limit: number) => {
    const before = statements()
    const { payouts } = await collectDue(db, {
      policy: POLICY,
      tag: TAG,
      limit,
    })
    expect(payouts).toHaveLength(limit)
    return statements() - before
  }
  const one = await run(1)
  const many = await run(MADE)

  // What finds the vendors is read once.
  expect(many - one).toBeLessThanOrEqual((MADE - 1) * (one - 2))
  expect(one).toBeLessThan(20)
})

it("previews all of them by a few statements for a thousand", async () => {
  const { db, statements } = counting(books.db)

  const { rows, count, totals } = await previewCollect(db, {
    policy: POLICY,
    limit: 20,
    offset: 3_000,
  })

  expect(statements()).toBeLessThanOrEqual(6 * 7)
  expect(rows).toHaveLength(20)
  expect(count).toBe(VENDORS - MADE - 1)
  const [total] = totals
  expect(total?.reasons.map(({ reason }) => reason)).toEqual([
    "below_minimum",
    "hold",
    "will_be_paid",
  ])
  expect(total?.vendors).toBe(count)
  expect(
    await previewCollect(db, {
      policy: POLICY,
      filters: { reason: "hold" },
      limit: 20,
      offset: 0,
    })
  ).toMatchObject({
    count: 1,
    rows: [{ vendor_id: "ven_00001", reason: "hold" }],
    totals: [{ vendors: 1, pays: "0.00", reasons: [{ reason: "hold" }] }],
  })
})

it("takes ten thousand entries into one payout as it takes one", async () => {
  const { db, statements } = counting(books.db)
  const run = async (vendor_id: string) => {
    const before = statements()
    const { payouts } = await collectDue(db, {
      policy: POLICY,
      tag: TAG,
      vendor_id,
      limit: 1,
    })
    return { amount: payouts[0]?.amount, statements: statements() - before }
  }
  await aLinkedPayee(books.db, "ven_many")
  await aLinkedPayee(books.db, "ven_one")
  await entries(
    `select 'm' || n, 'ven_many', 100 from generate_series(1, ${ENTRIES}) n`
  )
  await anOpenEntry(books.db, {
    vendor_id: "ven_one",
    at: new Date("2026-01-01"),
  })
  const began = performance.now()
  const many = await run("ven_many")
  expect(performance.now() - began).toBeLessThan(20_000)

  expect(many.amount).toBe(BigInt(ENTRIES) * 100n)
  expect(many.statements).toBe((await run("ven_one")).statements)
})
