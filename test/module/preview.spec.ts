import { NOT_PAID_REASONS } from "../../src/domain/collect"
import type { CollectPolicy } from "../../src/modules/masspay/queries/collect"
import {
  payeesOf,
  plansOf,
} from "../../src/modules/masspay/queries/collect-facts"
import { previewCollect } from "../../src/modules/masspay/queries/collect-preview"
import {
  detailOf,
  reasonFacts,
} from "../../src/modules/masspay/queries/collect-reasons"
import { amountText } from "../../src/modules/masspay/queries/dto"
import { placeHold } from "../../src/modules/masspay/queries/holds"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { type Books, openBooks } from "../support/books"
import { aLinkedPayee, anOpenEntry, deciding } from "../support/open-money"
import { randomFrom } from "../support/random"
import { COLLECT } from "./builders"

const DAY_MS = 86_400_000
const VENDORS = 40
const POLICY: CollectPolicy = {
  ...COLLECT,
  minimum: { USD: 300n },
  schedule: "daily",
  source_tokens: { USD: "wallet-usd" },
}

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await aShopOfAllKinds()
})
afterAll(() => books.close())

/** Vendors of every state, with entries of every age in two currencies, holds and reserves. */
async function aShopOfAllKinds(): Promise<void> {
  const random = randomFrom(7)
  const now = (await databaseNow(books.db)).getTime()
  // Not due today, whatever day it is.
  const weekday = new Date(now + 3 * DAY_MS)
    .toLocaleDateString("en", { weekday: "long", timeZone: "UTC" })
    .toLowerCase()
  for (let nth = 0; nth < VENDORS; nth += 1) {
    const vendor_id = `ven_${String(nth).padStart(2, "0")}`
    const status = random.pick([
      "active",
      "active",
      "active",
      "locked",
      "unlinked",
    ])
    const payee_id = await aLinkedPayee(books.db, vendor_id, status)
    await books.db.rows(
      `update masspay_payee set schedule = ?, is_paused = ?, minimum = ?::jsonb
        where id = ?`,
      [
        random.pick([
          null,
          null,
          "immediate",
          "monthly:1",
          `weekly:${weekday}`,
        ]),
        random.pick([false, false, false, true]),
        random.pick([null, null, '{"USD": "50"}', '{"EUR": "900"}']),
        payee_id,
      ]
    )
    const entries = random.between(1, 5)
    for (let entry = 0; entry < entries; entry += 1) {
      await anOpenEntry(books.db, {
        vendor_id,
        amount: BigInt(random.pick([100, 200, 400, -100, -300])),
        currency_code: random.pick(["USD", "USD", "EUR"]),
        at: new Date(now + random.pick([-40, -3, -0.01, 0.5, 9]) * DAY_MS),
      })
    }
    const reserve = random.pick([null, null, null, 150n])
    const isHeld = random.pick([true, false, false, false, false])
    if (!reserve && !isHeld) continue
    await placeHold(books.db, {
      hold: {
        order_id: null,
        vendor_id,
        kind: reserve ? "reserve" : "dispute",
        until: null,
        reserve:
          reserve === null ? null : { currency_code: "USD", amount: reserve },
      },
      ...deciding(),
    })
  }
}

const preview = (
  filters: Parameters<typeof previewCollect>[1]["filters"] = {},
  page = { limit: 1_000, offset: 0 }
) => previewCollect(books.db, { policy: POLICY, filters, ...page })

it("decides for every vendor as collect does from her entries", async () => {
  const vendors = await books.db.rows<{ vendor_id: string }>(
    `select vendor_id from masspay_payee order by vendor_id`
  )
  const payees = await payeesOf(
    books.db,
    vendors.map(({ vendor_id }) => vendor_id),
    { lock: false }
  )
  const now = await databaseNow(books.db)
  const plans = await plansOf(books.db, { payees, policy: POLICY, now })
  const { rows } = await preview()

  expect(rows).toEqual(
    plans.map(({ payee, currency_code, plan }) => ({
      vendor_id: payee.vendor_id,
      vendor_name: payee.name,
      currency_code,
      open: amountText(plan.open, currency_code),
      due: amountText(plan.due, currency_code),
      pays: plan.pay ? amountText(plan.pay.amount, currency_code) : null,
      reason: plan.reason,
      detail: detailOf({ payee, plan }),
      facts: reasonFacts({ payee, plan, currency_code }),
      next_due_at: plan.next_due_at?.toISOString() ?? null,
    }))
  )
  const reasons = new Set(rows.map(({ reason }) => reason))
  for (const reason of ["will_be_paid", "hold", "negative", "not_scheduled"]) {
    expect([...reasons]).toContain(reason)
  }
})

it("totals what its rows say, by currency and by reason", async () => {
  const { rows, totals } = await preview()
  const cents = (text: string | null) => Math.round(Number(text ?? "0") * 100)
  const sum = (
    of: readonly (typeof rows)[number][],
    field: "open" | "due" | "pays"
  ) => of.reduce((total, row) => total + cents(row[field]), 0)

  expect(totals.map(({ currency_code }) => currency_code)).toEqual([
    "EUR",
    "USD",
  ])
  for (const total of totals) {
    const own = rows.filter(
      ({ currency_code }) => currency_code === total.currency_code
    )
    expect([
      total.vendors,
      cents(total.open),
      cents(total.due),
      cents(total.pays),
    ]).toEqual([
      own.length,
      sum(own, "open"),
      sum(own, "due"),
      sum(own, "pays"),
    ])
    for (const { reason, vendors, open, due } of total.reasons) {
      const some = own.filter((row) => row.reason === reason)
      expect([vendors, cents(open), cents(due)]).toEqual([
        some.length,
        sum(some, "open"),
        sum(some, "due"),
      ])
    }
  }
})

it("is filtered by vendor, currency and reason", async () => {
  const { rows, count } = await preview()
  expect(count).toBe(VENDORS)
  for (const reason of NOT_PAID_REASONS) {
    const only = await preview({ reason })
    expect(only.rows).toEqual(rows.filter((row) => row.reason === reason))
    expect(only.count).toBe(
      new Set(only.rows.map(({ vendor_id }) => vendor_id)).size
    )
  }
  const euros = await preview({ currency_code: "EUR" })
  expect(euros.rows).toEqual(
    rows.filter(({ currency_code }) => currency_code === "EUR")
  )
  expect((await preview({ vendor_id: "ven_07" })).rows).toEqual(
    rows.filter(({ vendor_id }) => vendor_id === "ven_07")
  )
  expect(await preview({ vendor_id: "ven_none" })).toEqual({
    rows: [],
    totals: [],
    count: 0,
  })
})

it("has the same pages where nobody asks for totals, and decides about nobody else", async () => {
  for (const filters of [
    {},
    { currency_code: "EUR" },
    { vendor_id: "ven_07" },
    { vendor_id: "ven_07", currency_code: "USD" },
    { vendor_id: "ven_none" },
    { reason: "hold" as const },
  ]) {
    for (const offset of [0, 7, VENDORS - 3, VENDORS + 5]) {
      const page = { limit: 5, offset }
      const whole = await preview(filters, page)
      const alone = await previewCollect(books.db, {
        ...{ policy: POLICY, filters, ...page },
        with_totals: false,
      })

      expect(alone).toEqual({ ...whole, totals: [] })
    }
  }
})

it("has pages of vendors, and the same totals on each", async () => {
  const all = await preview()
  const pages = []
  for (let offset = 0; offset < VENDORS; offset += 15) {
    const page = await preview({}, { limit: 15, offset })
    expect(page.totals).toEqual(all.totals)
    expect(page.count).toBe(VENDORS)
    pages.push(...page.rows)
  }
  expect(pages).toEqual(all.rows)
})
