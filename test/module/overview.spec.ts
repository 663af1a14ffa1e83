import { setControl } from "../../src/modules/masspay/queries/control"
import type { Db } from "../../src/modules/masspay/queries/db"
import { openIncident } from "../../src/modules/masspay/queries/incidents"
import { noteJobRun } from "../../src/modules/masspay/queries/job-runs"
import { parseOptions } from "../../src/options"
import { readOverview } from "../../src/sweep/overview"
import { type Books, openBooks } from "../support/books"
import { finishedPayouts, manyPayees } from "../support/many-payouts"
import { aPayee, aPayout, openShop, type Payee } from "../support/payout-shop"

const DAY_MS = 86_400_000
const MANY = 50_000

const optionsWith = (more: object = {}) =>
  parseOptions({ environment: "sandbox", ...more }, { NODE_ENV: "test" })

it("says what waits, what funding has to last for, and what the last days were", async () => {
  const shop = await openShop()
  const { db } = shop.books
  const owe = (payee: Payee, amount: number, days: number) =>
    db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now() + ? * interval '1 day')`,
      [
        `mslen_${payee.id}_${days}`,
        payee.vendor_id,
        amount,
        `test:${payee.id}:${days}`,
        days,
      ]
    )
  const put = async (id: string, set: string) => {
    await db.rows(`alter table masspay_payout disable trigger user`)
    await db.rows(`update masspay_payout set ${set} where id = ?`, [id])
    await db.rows(`alter table masspay_payout enable trigger user`)
  }
  await setControl(db, "funding:USD", {
    token: shop.source_token,
    balance: "2500",
    as_of: "2026-03-02T10:00:00.000Z",
  })
  const ready = await aPayout(shop, { amount: 10_00n })
  const parked = await aPayout(shop, { amount: 20_00n })
  await put(parked.id, `status = 'needs_review'`)
  const paid = await aPayout(shop, { amount: 30_00n })
  await put(paid.id, `status = 'completed', completed_at = masspay_now()`)
  // Due within the day, due after it, and due to somebody who is paid once a month.
  await owe(ready.payee, 5_00, 0.5)
  await owe(ready.payee, 7_00, 2)
  const monthly = await aPayee(shop)
  await owe(monthly, 90_00, 0.5)
  const { today } = await monthDayFarFromNow(db)
  await db.rows(`update masspay_payee set schedule = ? where id = ?`, [
    `monthly:${today}`,
    monthly.id,
  ])
  // Owes, and below a minimum.
  const debtor = await aPayee(shop)
  await owe(debtor, -3_00, 0)
  await openIncident(db, {
    kind: "circuit_open",
    cause_key: "circuit_open",
    subject_type: "circuit",
  })
  await noteJobRun(db, { job: "masspay-watch", what: "finished" })

  const overview = await readOverview(
    db,
    optionsWith({ funding: { lowBalance: { USD: "20.00" } } })
  )
  expect(overview).toMatchObject({
    environment: "sandbox",
    dispatch: { stopped: false, reason: null },
    circuit: { state: "closed" },
    funding: [
      {
        currency_code: "USD",
        balance: "25.00",
        upcoming: "15.00",
        low_balance: "20.00",
        is_low: false,
      },
    ],
    needs_attention: [
      { kind: "incidents", count: 1 },
      { kind: "payouts_to_review", count: 1 },
      {
        kind: "balances_negative",
        count: 1,
        link: "/masspay/preview?reason=negative",
      },
    ],
    totals: [
      { status: "completed", currency_code: "USD", count: 1, amount: "30.00" },
      { status: "needs_review", count: 1, amount: "20.00" },
      { status: "ready", count: 1, amount: "10.00" },
    ],
  })
  expect(overview.needs_attention[1]?.link).toBe(
    "/masspay/payouts?status=needs_review"
  )
  expect(overview.per_day).toHaveLength(30)
  expect(overview.per_day.at(-1)).toMatchObject({ paid: "30.00" })
  expect(overview.per_day.at(0)).toMatchObject({ paid: "0.00", due: "0.00" })
  const watch = overview.jobs.find(({ name }) => name === "masspay-watch")
  expect(watch).toMatchObject({ interval_seconds: 60, is_overdue: false })
  expect(watch?.last_run_at).not.toBeNull()

  const low = await readOverview(
    db,
    optionsWith({ funding: { lowBalance: { USD: "25.01" } } })
  )
  expect(low.funding[0]).toMatchObject({ is_low: true })
  // A minimum keeps what is due from being paid, so funding need not last for it.
  const least = await readOverview(
    db,
    optionsWith({ payouts: { minimum: { USD: "6.00" } } })
  )
  expect(least.funding[0]).toMatchObject({ upcoming: "10.00" })
  await shop.close()
})

/** A day of the month that is more than a day away. */
async function monthDayFarFromNow(db: Db): Promise<{ today: number }> {
  const [row] = await db.rows<{ today: number }>(
    `select extract(day from masspay_now() + interval '10 days')::int as today`
  )
  return { today: Math.min(row?.today ?? 1, 28) }
}

describe(`with ${MANY} payouts`, () => {
  let books: Books

  beforeAll(async () => {
    books = await openBooks()
    await manyPayees(books.db, {
      tag: "aaaaaa",
      count: 200,
      createUser: ({ vendor_id }) => Promise.resolve(`usr_${vendor_id}`),
    })
    await finishedPayouts(books.db, { source_token: "wlt", count: MANY })
    await books.db.rows(
      `insert into masspay_settlement
         (id, order_id, root_order_id, vendor_id, currency_code, gross, commission,
          shipping, tax, platform, refunded, net, commission_basis_points, tax_rule,
          lines, facts_hash, facts_as_of, revision)
       select 'msset_' || n, 'old_' || n, 'old_' || n, 'ven_old', 'USD', 0, 0, 0, 0,
              0, 0, 0, 0, 'vendor', '[]', 'x', masspay_now(), 1
         from generate_series(1, ${MANY}) n`
    )
    await books.db.rows(`vacuum (analyze)`)
  }, 240_000)
  afterAll(() => books.close())

  it("is read within a moment, a month of it in the answer", async () => {
    const took: number[] = []
    for (let nth = 0; nth < 5; nth += 1) {
      const began = performance.now()
      const { totals } = await readOverview(books.db, optionsWith())
      took.push(performance.now() - began)
      expect(totals[0]?.count).toBeGreaterThan(40_000)
    }
    const quickest = Math.min(...took)
    process.stdout.write(`overview of ${MANY}: ${Math.round(quickest)} ms\n`)
    expect(quickest).toBeLessThan(1_500)
  })

  it("reads by index what lies behind the month", async () => {
    await books.shiftClock(28 * DAY_MS)
    const read: { text: string; params: readonly unknown[] }[] = []
    const recording: Db = {
      tx: (work) => books.db.tx(work),
      rows: (text, params = []) => {
        read.push({ text, params })
        return books.db.rows(text, params)
      },
    }
    await readOverview(recording, optionsWith())

    const scans: string[] = []
    for (const { text, params } of read) {
      const plan = await books.db.rows<{ "QUERY PLAN": unknown }>(
        `explain (format json) ${text}`,
        params
      )
      for (const [, table] of JSON.stringify(plan).matchAll(
        /"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(masspay_(?:payout|ledger_entry|settlement|payout_event|operation))"/g
      )) {
        scans.push(`${table}: ${text.slice(0, 80)}`)
      }
    }
    expect(read.length).toBeGreaterThan(8)
    expect(scans).toEqual([])
  })
})
