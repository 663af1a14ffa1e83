import {
  balancesOf,
  listNegativeBalances,
} from "../../src/modules/masspay/queries/balances"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { alertAgedBalances } from "../../src/sweep/watch-balances"
import { type Books, openBooks } from "../support/books"
import {
  aHistory,
  aLoosePayee,
  anEntry,
  changesOf,
  type History,
  writePast,
} from "../support/ledger-histories"
import { randomFrom } from "../support/random"

const DAY_MS = 86_400_000
const NOBODY: History[] = []

let books: Books
let logs: string[]
beforeEach(async () => {
  logs = []
  books = await openBooks()
})
afterEach(() => books.close())

const daysAgo = (days: number) => Date.now() - days * DAY_MS

async function owes(
  vendor_id: string,
  entries: readonly (readonly [days_ago: number, amount: bigint])[],
  currency_code = "USD"
): Promise<string> {
  const payee_id = await aLoosePayee(books, vendor_id)
  await book(vendor_id, payee_id, entries, currency_code)
  return payee_id
}

async function book(
  vendor_id: string,
  payee_id: string,
  entries: readonly (readonly [days_ago: number, amount: bigint])[],
  currency_code = "USD"
): Promise<void> {
  await writePast(books, vendor_id, payee_id, {
    entries: entries.map(([days, amount]) => ({
      kind: "adjustment",
      amount,
      at: daysAgo(days),
    })),
    histories: NOBODY,
    currency_code,
  })
}

const list = (
  overrides: Partial<Parameters<typeof listNegativeBalances>[1]> = {}
) => listNegativeBalances(books.db, { limit: 20, offset: 0, ...overrides })

const alert = () =>
  alertAgedBalances(
    {
      books: books.db,
      log: {
        info: (name) => void logs.push(`info ${name}`),
        warn: (name, fields) =>
          void logs.push(`warn ${name} ${JSON.stringify(fields)}`),
        error: (name) => void logs.push(`error ${name}`),
      },
    },
    { after_days: 30 }
  )

const told = async () => {
  const rows = await books.db.rows<{ payload: Record<string, string> }>(
    `select payload from masspay_outbox_event
      where name = 'masspay.balance.negative_aged' order by created_at, id`
  )
  return rows.map(({ payload }) => payload)
}

/** A payout that took a vendor's open entries and is in this status. */
async function take(
  vendor_id: string,
  payee_id: string,
  { status, amount }: { status: string; amount: bigint }
): Promise<void> {
  const id = newId("mspo")
  await books.db.rows(
    `insert into masspay_payout
       (id, payee_id, vendor_id, method, status, amount, currency_code,
        source_key, oldest_entry_at)
     values (?, ?, ?, ?, ?, ?, 'USD', ?, masspay_now())`,
    [
      id,
      payee_id,
      vendor_id,
      amount < 0n ? "spendback" : "wallet",
      status,
      amount.toString(),
      id,
    ]
  )
  const entries = await books.db.rows<{ entry_id: string; amount: string }>(
    `select entry_id, amount::text as amount from masspay_open_entry
      where vendor_id = ? and sign(amount) = ?`,
    [vendor_id, amount < 0n ? -1 : 1]
  )
  for (const { entry_id, amount: part } of entries) {
    await books.db.rows(
      `insert into masspay_payout_item (id, payout_id, entry_id, amount)
       values (?, ?, ?, ?)`,
      [newId("mspit"), id, entry_id, part]
    )
  }
}

describe("a vendor's balances", () => {
  it("say what is open, what is due, what is on its way and what she has", async () => {
    const payee_id = await owes("ven_1", [[3, 10_00n]])
    await take("ven_1", payee_id, { status: "completed", amount: 10_00n })
    await book("ven_1", payee_id, [[2, 5_00n]])
    await take("ven_1", payee_id, { status: "unknown", amount: 5_00n })
    await book("ven_1", payee_id, [[1, 2_00n]])
    await book("ven_1", payee_id, [[1, 300n]], "JPY")
    await books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values ('mslen_x', 'ven_1', 'USD', 100, 'adjustment', 'x', 'test', '2100-01-01Z')`
    )

    expect(await balancesOf(books.db, "ven_1")).toEqual([
      {
        currency_code: "JPY",
        balance: "300",
        payable: "300",
        due: "300",
        reserved: "0",
        reserved_until: null,
        in_transit: "0",
        paid: "0",
        next_due_at: null,
      },
      {
        currency_code: "USD",
        balance: "8.00",
        payable: "3.00",
        due: "2.00",
        reserved: "0.00",
        reserved_until: null,
        in_transit: "5.00",
        paid: "10.00",
        next_due_at: "2100-01-01T00:00:00.000Z",
      },
    ])
    expect(await balancesOf(books.db, "ven_2")).toEqual([])
  })
})

describe("negative balances", () => {
  it("are listed with how much, since when without a break, and why", async () => {
    const ada = await owes("ven_ada", [
      [40, -10_00n],
      [35, 25_00n],
      [20, -50_00n],
      [10, 1_00n],
    ])
    await owes("ven_bob", [[1, 5_00n]])
    await owes("ven_cy", [[2, -90_00n]])
    await owes("ven_dee", [[2, -7n]], "JPY")

    const page = await list()

    expect(page).toMatchObject({ count: 3, limit: 20, offset: 0 })
    expect(
      page.negative_balances.map(
        ({ vendor_id, balance, currency_code, days }) =>
          `${vendor_id} ${balance} ${currency_code} ${days}`
      )
    ).toEqual([
      "ven_dee -7 JPY 2",
      "ven_cy -90.00 USD 2",
      "ven_ada -34.00 USD 20",
    ])
    const [, , owing] = page.negative_balances
    expect(owing).toMatchObject({
      payee_id: ada,
      vendor_name: "Shop of ven_ada",
      oldest_entry: { kind: "adjustment", amount: "-10.00", reason: "test" },
    })
    expect(Math.abs(Date.parse(owing?.since ?? "") - daysAgo(20))).toBeLessThan(
      60_000
    )
    const second = await list({ currency_code: ["USD"], limit: 1, offset: 1 })
    expect(second).toMatchObject({
      count: 2,
      negative_balances: [{ vendor_id: "ven_ada" }],
    })
  })

  it("are none where what is on its way makes up for it, and stay where it is taken back", async () => {
    const ada = await owes("ven_ada", [[3, 20_00n]])
    await take("ven_ada", ada, { status: "ready", amount: 20_00n })
    await book("ven_ada", ada, [[2, -15_00n]])
    const bob = await owes("ven_bob", [[3, -20_00n]])
    await take("ven_bob", bob, { status: "accepted", amount: -20_00n })

    expect((await list()).negative_balances).toMatchObject([
      { vendor_id: "ven_bob", balance: "-20.00", oldest_entry: null },
    ])
  })

  it("began where a second reading of random pasts says", async () => {
    const expected = new Map<string, number>()
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = randomFrom(seed)
      const vendor_id = `ven_${seed}`
      const at = () => daysAgo(1) - random.between(0, 1_000_000)
      const entries = Array.from({ length: random.between(1, 10) }, () =>
        anEntry(random, at())
      )
      const histories = Array.from({ length: random.between(0, 4) }, () =>
        aHistory(random, { starts_at: at(), steps_max: 20 })
      )
      const changes = [
        ...entries.map(({ at, amount }) => ({ at, amount })),
        ...histories.flatMap(changesOf),
      ].sort((a, b) => a.at - b.at)
      let balance = 0n
      let since: number | null = null
      for (const { at, amount } of changes) {
        balance += amount
        if (balance >= 0n) since = null
        else since ??= at
      }
      const payee_id = await aLoosePayee(books, vendor_id)
      await writePast(books, vendor_id, payee_id, { entries, histories })
      // Without items the books would say that all entries are open.
      await books.db.rows(
        `delete from masspay_open_entry where vendor_id = ?`,
        [vendor_id]
      )
      await books.db.rows(
        `update masspay_payout set items_released = true where vendor_id = ?`,
        [vendor_id]
      )
      if (balance < 0n && since !== null) {
        expected.set(vendor_id, since)
        const [entry] = await books.db.rows<{ id: string }>(
          `select id from masspay_ledger_entry where vendor_id = ? limit 1`,
          [vendor_id]
        )
        await books.db.rows(
          `insert into masspay_open_entry (entry_id, vendor_id, currency_code, amount, available_at)
           values (?, ?, 'USD', ?, masspay_now())`,
          [entry?.id, vendor_id, balance.toString()]
        )
      }
    }
    expect(expected.size).toBeGreaterThan(5)

    const { negative_balances } = await list({ limit: 100 })

    expect(
      new Map(
        negative_balances.map(({ vendor_id, since }) => [
          vendor_id,
          Date.parse(since),
        ])
      )
    ).toEqual(new Map([...expected].sort()))
  })
})

describe("a debt that has aged", () => {
  it("is told once for each time that she comes to owe", async () => {
    const ada = await owes("ven_ada", [[31, -10_00n]])
    await owes("ven_bob", [[29, -10_00n]])
    const event = { id: ada, vendor_id: "ven_ada", currency_code: "USD" }

    expect([await alert(), await alert()]).toEqual([1, 0])
    expect(await told()).toEqual([event])
    expect(logs).toEqual([
      expect.stringMatching(
        /^warn balance.negative_aged .*"vendor_id":"ven_ada","balance":"-10.00"/
      ),
    ])

    // More debt is the same debt; paid and owed anew is another one.
    await book("ven_ada", ada, [[5, -1_00n]])
    expect(await alert()).toBe(0)
    await book("ven_ada", ada, [
      [4, 20_00n],
      [3, -30_00n],
    ])
    expect(await alert()).toBe(0)
    await books.shiftClock(28 * DAY_MS)
    expect(await alert()).toBe(2)
    expect(await told()).toHaveLength(3)
    expect((await told()).filter(({ id }) => id === ada)).toEqual([
      event,
      event,
    ])
    await books.shiftClock(-28 * DAY_MS)
  })

  it("is told by one of two processes at once", async () => {
    await owes("ven_ada", [[31, -10_00n]])

    const counts = await Promise.all([alert(), alert(), alert()])

    expect(counts.sort()).toEqual([0, 0, 1])
    expect(await told()).toHaveLength(1)
  })
})
