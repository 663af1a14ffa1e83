import {
  collectDue,
  type CollectPolicy,
} from "../../src/modules/masspay/queries/collect"
import { previewCollect } from "../../src/modules/masspay/queries/collect-preview"
import { setPayeeTerms } from "../../src/modules/masspay/queries/payee-decisions"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { type Books, openBooks } from "../support/books"
import { aLinkedPayee, anOpenEntry, deciding } from "../support/open-money"
import { COLLECT, TAG } from "./builders"

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Every day at 06:00 in UTC. */
const DAILY: CollectPolicy = {
  ...COLLECT,
  schedule: "daily",
  clock: { timezone: "UTC", hour: 6 },
}

let books: Books
let ada: string
beforeEach(async () => {
  books = await openBooks()
  ada = await aLinkedPayee(books.db, "ven_ada")
})
afterEach(() => books.close())

/** Moves the books' clock forward to an hour of a day, the next one at the earliest. */
async function goTo(hour: number, days = 1): Promise<void> {
  const now = await databaseNow(books.db)
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  await books.shiftClock(
    midnight + days * DAY_MS + hour * HOUR_MS - now.getTime()
  )
}
const collect = async (policy = DAILY) =>
  (await collectDue(books.db, { policy, tag: TAG, limit: 100 })).payouts.map(
    ({ vendor_id, amount }) => `${vendor_id} ${amount}`
  )
const preview = async (policy = DAILY) =>
  (await previewCollect(books.db, { policy, limit: 100, offset: 0 })).rows

describe("a daily schedule", () => {
  it("pays at its moment what was due by then, once", async () => {
    await goTo(5)
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    expect(await collect()).toEqual([])
    const [row] = await preview()
    const now = await databaseNow(books.db)
    const moment = Math.floor(now.getTime() / DAY_MS) * DAY_MS + 6 * HOUR_MS
    expect(row).toMatchObject({
      reason: "not_scheduled",
      due: "100.00",
      pays: null,
      next_due_at: new Date(moment).toISOString(),
    })
    expect(row?.detail).toMatch(
      /^Her next payout is on .*06:00 \(UTC\).*every day\.$/
    )

    await books.shiftClock(2 * HOUR_MS)
    await anOpenEntry(books.db, { vendor_id: "ven_ada", amount: 500n })
    expect(await collect()).toEqual(["ven_ada 10000"])
    expect(await collect()).toEqual([])
    await goTo(7)
    expect(await collect()).toEqual(["ven_ada 500"])
  })

  it("makes up for the days on which nothing ran, in one payout", async () => {
    await goTo(5)
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    await goTo(23, 3)
    expect(await collect()).toEqual(["ven_ada 10000"])
    expect(await collect()).toEqual([])
  })

  it("does not let what a vendor owes wait", async () => {
    await goTo(5)
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    await books.shiftClock(2 * HOUR_MS)
    await anOpenEntry(books.db, { vendor_id: "ven_ada", amount: -4_000n })

    expect(await collect()).toEqual(["ven_ada 6000"])
  })

  it("does not add what came since to what was below the minimum", async () => {
    const policy = { ...DAILY, minimum: { USD: 5_000n } }
    await goTo(5)
    await anOpenEntry(books.db, { vendor_id: "ven_ada", amount: 4_000n })
    await books.shiftClock(2 * HOUR_MS)
    await anOpenEntry(books.db, { vendor_id: "ven_ada", amount: 4_000n })

    expect(await collect(policy)).toEqual([])
    expect(await preview(policy)).toMatchObject([{ reason: "below_minimum" }])
    await goTo(7)
    expect(await collect(policy)).toEqual(["ven_ada 8000"])
  })
})

describe("a vendor's own terms", () => {
  it("go before the shop's, until they are taken back", async () => {
    const own = (terms: Parameters<typeof setPayeeTerms>[1]["terms"]) =>
      setPayeeTerms(books.db, { payee_id: ada, terms, ...deciding() })
    await goTo(7)
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    expect(await collect()).toEqual([])

    await own({ schedule: "immediate", minimum: { USD: 10_001n } })
    expect(await preview()).toMatchObject([{ reason: "below_minimum" }])
    expect(await collect()).toEqual([])

    await own({ minimum: null })
    expect(await collect()).toEqual(["ven_ada 10000"])

    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    await own({ schedule: null })
    expect(await collect()).toEqual([])
    expect(await preview()).toMatchObject([{ reason: "not_scheduled" }])
  })

  it("are kept as texts that name a schedule", async () => {
    const set = (schedule: string) =>
      books.db.rows(`update masspay_payee set schedule = ?`, [schedule])

    await set("weekly:monday")
    await set("monthly:28")
    for (const wrong of ["weekly", "weekly:mon", "monthly:29", "hourly"]) {
      await expect(set(wrong)).rejects.toThrow("CK_masspay_payee_schedule")
    }
  })
})

it("is asked for the vendors of each schedule alone", async () => {
  for (const [vendor_id, schedule] of [
    ["ven_bob", { monthly: 1 }],
    ["ven_cleo", "immediate"],
  ] as const) {
    const payee_id = await aLinkedPayee(books.db, vendor_id)
    await setPayeeTerms(books.db, {
      payee_id,
      terms: { schedule },
      ...deciding(),
    })
  }
  await goTo(5)
  for (const vendor_id of ["ven_ada", "ven_bob", "ven_cleo"]) {
    await anOpenEntry(books.db, { vendor_id })
  }
  expect(await collect()).toEqual(["ven_cleo 10000"])
  await books.shiftClock(2 * HOUR_MS)
  // Bob's first of the month lies as far ahead as the day of the test says.
  expect(await collect()).toContain("ven_ada 10000")
  await books.shiftClock(32 * DAY_MS)
  await collect()
  expect(await preview()).toEqual([])
})
