import { listPayees } from "../../src/modules/masspay/queries/payee-list"
import { listPayouts } from "../../src/modules/masspay/queries/reads"
import { type Books, openBooks } from "../support/books"
import { finishedPayouts, manyPayees } from "../support/many-payouts"

const PAYOUTS = 50_000
const PAYEES = 5_000
const PAGE_SIZE = 20
const TIMES = 7
/** Of a route; what it does besides its queries takes a few of them. */
const LIMIT_MS = 300

let books: Books

beforeAll(async () => {
  books = await openBooks()
  await manyPayees(books.db, {
    tag: "aaaaaa",
    count: PAYEES,
    createUser: ({ vendor_id }) => Promise.resolve(`usr_${vendor_id}`),
  })
  await finishedPayouts(books.db, { source_token: "wlt", count: PAYOUTS })
  await books.db.rows(`vacuum (analyze)`)
}, 240_000)
afterAll(() => books.close())

type PayoutListing = Omit<Parameters<typeof listPayouts>[1], "limit" | "offset">
type PayeeListing = Omit<Parameters<typeof listPayees>[1], "limit" | "offset">

const payouts: Record<string, PayoutListing> = {
  "newest first": {},
  "oldest first": { order: { by: "created_at", direction: "asc" } },
  "largest first": { order: { by: "amount", direction: "desc" } },
  "by status": { order: { by: "status", direction: "asc" } },
  "of one status": { filters: { status: ["completed"] } },
  "of a currency, smallest first": {
    filters: { currency_code: ["USD"] },
    order: { by: "amount", direction: "asc" },
  },
}
const payees: Record<string, PayeeListing> = {
  "newest first": {},
  "by name": { order: { by: "name", direction: "asc" } },
  "of one status": { filters: { status: ["active"] } },
  "by what is open": {
    filters: { currency_code: "USD" },
    order: { by: "open", direction: "desc" },
  },
}

it.each(Object.entries(payouts))(
  `any page of ${PAYOUTS} payouts, %s, is there in time`,
  async (name, listing) => {
    await expectInTime(`payouts, ${name}`, PAYOUTS, async (page) => {
      const answer = await listPayouts(books.db, { ...listing, ...page })
      return { count: answer.count, ids: answer.payouts.map(({ id }) => id) }
    })
  }
)

it.each(Object.entries(payees))(
  `any page of ${PAYEES} payees, %s, is there in time`,
  async (name, listing) => {
    await expectInTime(`payees, ${name}`, PAYEES, async (page) => {
      const answer = await listPayees(books.db, { ...listing, ...page })
      return { count: answer.count, ids: answer.payees.map(({ id }) => id) }
    })
  }
)

it("shows each payout on one page, in one order, from whichever end it is read", async () => {
  const listing: PayoutListing = { order: { by: "amount", direction: "desc" } }
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
}, 60_000)

type Page = { limit: number; offset: number }

/** Whether the first, the middle and the last page take no longer than they may; prints how long. */
async function expectInTime(
  what: string,
  rows: number,
  read: (page: Page) => Promise<{ count: number; ids: string[] }>
): Promise<void> {
  const medians: Record<string, number> = {}
  for (const [name, offset] of [
    ["first", 0],
    ["middle", rows / 2],
    ["last", rows - PAGE_SIZE],
  ] as const) {
    const took: number[] = []
    for (let nth = 0; nth < TIMES; nth += 1) {
      const began = performance.now()
      const { count, ids } = await read({ limit: PAGE_SIZE, offset })
      took.push(performance.now() - began)
      expect(count).toBe(rows)
      expect(new Set(ids).size).toBe(PAGE_SIZE)
    }
    medians[name] = Math.round(
      took.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? Infinity
    )
  }
  const told = Object.entries(medians).map(([page, ms]) => `${page} ${ms} ms`)
  process.stdout.write(`${what}: ${told.join(", ")}\n`)
  for (const ms of Object.values(medians)) expect(ms).toBeLessThan(LIMIT_MS)
}
