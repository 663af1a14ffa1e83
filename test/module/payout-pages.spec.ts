import { listPayouts } from "../../src/modules/masspay/queries/reads"
import { type Books, openBooks } from "../support/books"
import { finishedPayouts, manyPayees } from "../support/many-payouts"

// How long pages take is measured on the routes: test/http/lists-at-size.spec.ts.
const PAYOUTS = 2_000

let books: Books

beforeAll(async () => {
  books = await openBooks()
  await manyPayees(books.db, {
    tag: "aaaaaa",
    count: 20,
    createUser: ({ vendor_id }) => Promise.resolve(`usr_${vendor_id}`),
  })
  await finishedPayouts(books.db, { source_token: "wlt", count: PAYOUTS })
})
afterAll(() => books.close())

it("shows each payout on one page, in one order, from whichever end it is read", async () => {
  const listing = { order: { by: "amount", direction: "desc" } } as const
  const idsAt = async (limit: number, offset: number) =>
    (await listPayouts(books.db, { ...listing, limit, offset })).payouts.map(
      ({ id }) => id
    )
  const rows = await books.db.rows<{ id: string }>(
    `select id from masspay_payout order by amount desc, id desc`
  )
  const middle = PAYOUTS / 2

  for (const offset of [0, middle - 130, PAYOUTS - 207]) {
    const whole = rows.slice(offset, offset + 207).map(({ id }) => id)
    const parts: string[] = []
    for (let at = 0; at < 207; at += 9) {
      parts.push(...(await idsAt(9, offset + at)))
    }
    expect(parts).toEqual(whole)
  }
  expect(await idsAt(20, PAYOUTS - 3)).toEqual(
    rows.slice(-3).map(({ id }) => id)
  )
  expect(await idsAt(20, PAYOUTS)).toEqual([])
  expect(await idsAt(20, PAYOUTS + 40)).toEqual([])
})
