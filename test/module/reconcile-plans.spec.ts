import {
  noteHealed,
  openDiscrepancy,
} from "../../src/modules/masspay/queries/discrepancies"
import { purgeIncidents } from "../../src/modules/masspay/queries/incident-watch"
import {
  forgetAbsences,
  noteAbsence,
} from "../../src/modules/masspay/queries/reconcile-absence"
import {
  differencesOfUser,
  usersPaidSince,
} from "../../src/modules/masspay/queries/reconcile-compare"
import {
  closeUnshown,
  noteMirrored,
  openMissing,
  openOverpaid,
} from "../../src/modules/masspay/queries/reconcile-findings"
import {
  discrepanciesOfRun,
  type DiscrepancyFilters,
  listDiscrepancies,
  transactionsOfDays,
} from "../../src/modules/masspay/queries/reconcile-reads"
import { usersThatDiffer } from "../../src/modules/masspay/queries/reconcile-users"
import {
  stageTransactions,
  type ToldTransaction,
} from "../../src/modules/masspay/queries/remote-transactions"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { explaining, type Plans } from "../support/explain"
import { finishedPayouts, manyPayees } from "../support/many-payouts"
import { openShop, type Shop } from "../support/payout-shop"

const PAID = 20_000
/** More than a year of them, up to an hour ago: a window is less than a hundredth. */
const EVERY_MINUTES = 30
const PAYEES = 200
const DAY_MS = 24 * 60 * 60_000
const PER_DAY = (24 * 60) / EVERY_MINUTES
/** What a window of two days may cost of any one table, and not what lies before it. */
const WINDOW_MAX = 4 * PER_DAY
/** Everything there is of one payee. */
const OF_ONE = PAID / PAYEES
const GROWING =
  /^masspay_(payout|payout_event|operation|attempt|ledger_entry|remote_transaction|discrepancy|incident|outbox_event)$/

let shop: Shop
let plans: Plans
let user_token: string
let payee_id: string

beforeAll(async () => {
  shop = await openShop()
  const { db, database } = shop.books
  const { tag, source_token } = shop
  const payees = await manyPayees(db, {
    tag,
    count: PAYEES,
    createUser: ({ internal_user_id }) =>
      Promise.resolve(`usr_${internal_user_id}`),
  })
  const [payee] = payees
  if (!payee) throw new Error("There is nobody")
  user_token = payee.user_token
  payee_id = payee.id
  await finishedPayouts(db, { source_token, count: PAID })
  await shop.books.knex.transaction(async (sql) => {
    await sql.raw(`set local session_replication_role = replica`)
    const longer = (column: string) =>
      `${column} = masspay_now() - interval '1 hour' - ${EVERY_MINUTES}
         * (masspay_now() - interval '2 hours' - ${column})`
    await sql.raw(
      `update masspay_payout set ${longer("completed_at")}, ${longer("created_at")}`
    )
    await sql.raw(`update masspay_attempt set ${longer("started_at")}`)
  })
  // MassPay's side of each, as the last run saw it.
  await db.rows(
    `insert into masspay_remote_transaction
       (id, token, user_token, payee_id, type, remote_type, remote_status,
        source_amount, source_currency_code, time_of_txn, last_run_id)
     select 'msrtx_' || p.id, o.remote_token, p.user_token, p.payee_id, 'load', 'load',
            'COMPLETED', p.amount, 'USD', p.completed_at, 'msrun_old'
       from masspay_payout p join masspay_operation o on o.payout_id = p.id`
  )
  await db.rows(
    `insert into masspay_discrepancy
       (id, class, severity, state, cause_key, payee_id, vendor_id, remote_token,
        action, run_id, first_seen_at, gone_at)
     select 'msdis_old' || n, 'D01', 'info', 'healed', 'D01:' || n, ?, 'ven_' || n % 200,
            'ld_' || n, 'truth_applied', 'msrun_' || n % 500,
            masspay_now() - n * interval '1 minute', masspay_now()
       from generate_series(1, ?::int) n`,
    ["mspye_of_another", PAID]
  )
  await db.rows(
    `insert into masspay_incident
       (id, kind, cause_key, subject_type, state, opened_at, closed_at)
     select 'msinc_old' || n, 'payout_waiting', 'payout_waiting:' || n, 'payouts',
            'closed', at, at
       from (select n, masspay_now() - n * interval '25 minutes' as at
               from generate_series(1, ?::int) n) old`,
    [PAID]
  )
  await db.rows(`vacuum (analyze)`)
  plans = explaining(database, GROWING)
}, 240_000)
afterAll(async () => {
  await plans.close()
  await shop.close()
})
beforeEach(() => {
  plans.forget()
})

async function window() {
  const now = await databaseNow(shop.books.db)
  const day = (ms: number) =>
    new Date(now.getTime() - ms).toISOString().slice(0, 10)
  return { from_date: day(DAY_MS), to_date: day(0) }
}

/** A load as a page of the history tells it. */
const aTold = (token: string, at: Date): ToldTransaction => ({
  token,
  type: "load",
  remote_type: "load",
  status: "COMPLETED",
  user_token,
  source_amount: 1_234n,
  source_currency_code: "USD",
  destination_amount: null,
  destination_currency_code: null,
  fee: 0n,
  time_of_txn: at,
  source_token: null,
  destination_token: null,
  delivery_type: null,
  client_transfer_id: null,
  status_reason: null,
})

/** The tokens of the latest payouts, the newest first. */
async function latest(count: number): Promise<string[]> {
  const rows = await shop.books.db.rows<{ token: string }>(
    `select token from masspay_remote_transaction
      order by time_of_txn desc limit ?`,
    [count]
  )
  return rows.map(({ token }) => token)
}

it("stages a page by its tokens, new rows and known ones", async () => {
  const now = await databaseNow(shop.books.db)
  const known = await latest(50)
  const told = [
    ...known,
    ...Array.from({ length: 50 }, (_, nth) => `ld_new_${nth}`),
  ].map((token) => aTold(token, now))

  const staged = await stageTransactions(plans.db, {
    told,
    read_at: now,
    run_id: "msrun_plans",
  })

  expect(staged).toEqual({ rows: 100, seen_before: 0 })
  expect(plans.texts()).toMatch(/on conflict \(token\) do update/)
  expect(plans.wasteful(2 * told.length)).toEqual([])
})

it("compares the window that was read, and not what was paid before it", async () => {
  const days = await window()
  const users = await usersThatDiffer(plans.db, {
    ...days,
    started_at: await databaseNow(shop.books.db),
    after: "",
    limit: 100,
  })

  // A run that began just now was shown nothing of the window.
  expect(users.length).toBeGreaterThan(20)
  expect(plans.wasteful(WINDOW_MAX)).toEqual([])
  plans.forget()
  await usersThatDiffer(plans.db, {
    ...days,
    started_at: new Date(Date.now() - 3 * DAY_MS),
    after: "",
    limit: 100,
  })
  expect(plans.wasteful(WINDOW_MAX)).toEqual([])
})

it("finds the same users, however finely the window is cut", async () => {
  const { db } = shop.books
  const now = await databaseNow(db)
  const day = (days: number) =>
    new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10)
  const days = {
    from_date: day(12),
    to_date: day(3),
    started_at: new Date(now.getTime() - 60_000),
  }
  // Of four days well inside: some not shown now, some changed, some never shown.
  const paid = await db.rows<{ token: string; user_token: string }>(
    `select o.remote_token as token, p.user_token
       from masspay_payout p join masspay_operation o on o.payout_id = p.id
      where p.completed_at >= ?::timestamptz and p.completed_at < ?::timestamptz
      order by p.completed_at`,
    [day(10), day(6)]
  )
  const some = (rest: number) => paid.filter((_, nth) => nth % 40 === rest)
  const tokensOf = (rows: typeof paid) => rows.map(({ token }) => token)
  await db.tx(async (sql) => {
    const set = (what: string, tokens: readonly string[]) =>
      sql.rows(
        `update masspay_remote_transaction set ${what} where token = any(?)`,
        [tokens]
      )
    await set(`last_seen_at = masspay_now()`, await latest(20 * PER_DAY))
    await set(`last_seen_at = '${day(1)}'`, tokensOf(some(1)))
    await set(`source_amount = source_amount + 1`, tokensOf(some(2)))
    await sql.rows(
      `delete from masspay_remote_transaction where token = any(?)`,
      [tokensOf(some(3))]
    )
  })
  const changed = [1, 2, 3].flatMap(some).map((one) => one.user_token)
  const found = (rows_at_once?: number) =>
    usersThatDiffer(db, {
      ...days,
      after: "",
      limit: 100,
      ...(rows_at_once && { rows_at_once }),
    })
  const whole = await found()

  expect(changed.length).toBeGreaterThan(10)
  expect(new Set(whole)).toEqual(new Set(changed))
  for (const rows_at_once of [7, 100]) {
    expect(await found(rows_at_once)).toEqual(whole)
  }
  const paged: string[] = []
  for (;;) {
    const page = await usersThatDiffer(db, {
      ...days,
      after: paged.at(-1) ?? "",
      limit: 5,
      rows_at_once: 30,
    })
    if (page.length === 0) break
    paged.push(...page)
  }
  expect(paged).toEqual(whole)
})

it("reads of one payee what is hers", async () => {
  const now = await databaseNow(shop.books.db)
  const found = await differencesOfUser(plans.db, {
    user_token,
    began_at: now,
  })
  await closeUnshown(plans.db, {
    payee_id,
    user_token,
    shown: [],
    run_id: "msrun_plans",
  })

  // Nothing of hers was shown since.
  expect(found.length).toBeGreaterThanOrEqual(OF_ONE)
  expect(plans.texts()).toMatch(/live_copies/)
  expect(plans.wasteful(5 * OF_ONE)).toEqual([])
})

it("finds who was paid lately without reading whoever was paid before", async () => {
  const since = new Date(Date.now() - 2 * DAY_MS)
  const users = await usersPaidSince(plans.db, { since, after: "", limit: 100 })

  expect(users.length).toBeGreaterThan(20)
  expect(plans.wasteful(WINDOW_MAX)).toEqual([])
})

it("concludes a run from what it saw itself", async () => {
  const started_at = await databaseNow(shop.books.db)
  const [operation] = await shop.books.db.rows<{ id: string }>(
    `select id from masspay_operation limit 1`
  )
  const run_id = "msrun_plans"
  await noteAbsence(plans.db, { operation_id: operation?.id ?? "", run_id })
  expect(await openMissing(plans.db, run_id)).toEqual([])
  expect(await openOverpaid(plans.db, run_id)).toBe(0)
  expect(await noteMirrored(plans.db, { run_id, started_at })).toBe(0)
  await forgetAbsences(plans.db, { user_token, began_at: started_at })

  expect(plans.texts()).toMatch(/masspay_remote_absence/)
  expect(plans.wasteful(5 * OF_ONE)).toEqual([])
})

it("opens and heals a discrepancy by its cause", async () => {
  const found = {
    class: "D07",
    cause_key: "D07:plans",
    payee_id,
    remote_token: "ld_plans",
    ours: {},
    theirs: { user_token },
    action: "flagged",
  } as const
  const { is_new } = await openDiscrepancy(plans.db, found)
  await openDiscrepancy(plans.db, found)
  await noteHealed(plans.db, { ...found, class: "D01", cause_key: "D01:plans" })

  expect(is_new).toBe(true)
  expect(plans.wasteful(10)).toEqual([])
})

it("lists a page of discrepancies, the newest or a vendor's or a run's", async () => {
  for (const filters of [
    {},
    { state: ["open"] },
    { vendor_id: ["ven_7"] },
    { run_id: ["msrun_7"] },
  ] satisfies DiscrepancyFilters[]) {
    plans.forget()
    const { discrepancies, count } = await listDiscrepancies(plans.db, {
      filters,
      limit: 20,
      offset: 0,
    })

    expect(discrepancies.length).toBe(Math.min(20, count))
    // To know how many there are in all, each is counted: by an index at most.
    const rows = plans
      .wasteful(4 * OF_ONE)
      .filter((line) => !line.includes("select count(*)"))
    expect({ filters, rows }).toEqual({ filters, rows: [] })
  }
})

it("hands out a run and its days some hundred rows at a time", async () => {
  const sizes: number[] = []
  for await (const rows of discrepanciesOfRun(plans.db, "msrun_7")) {
    sizes.push(rows.length)
  }
  for await (const rows of transactionsOfDays(plans.db, await window())) {
    sizes.push(rows.length)
    break
  }

  expect(sizes).toEqual([PAID / 500, expect.any(Number)])
  expect(sizes[1]).toBeGreaterThan(PER_DAY / 2)
  expect(plans.wasteful(600)).toEqual([])
})

it("forgets old alarms, and reads none of the others", async () => {
  // 20,000 at 25 minutes each are 347 days.
  expect(await purgeIncidents(plans.db, { days: 340, limit: 50 })).toBe(50)
  expect(plans.wasteful(100)).toEqual([])
})

it("stages by the token also where statistics know nothing of the table", async () => {
  // As in the first run ever: it fills up faster than Postgres looks.
  await shop.books.db.rows(`truncate masspay_remote_transaction`)
  await shop.books.db.rows(`analyze masspay_remote_transaction`)
  const read_at = await databaseNow(shop.books.db)
  const stage = (db: Plans["db"], nth: number) =>
    stageTransactions(db, {
      told: Array.from({ length: 500 }, (_, row) =>
        aTold(`ld_first_${nth}_${row}`, read_at)
      ),
      read_at,
      run_id: "msrun_first",
    })
  for (let nth = 0; nth < 20; nth += 1) await stage(shop.books.db, nth)

  const staged = await stage(plans.db, 19)

  expect(staged).toEqual({ rows: 500, seen_before: 500 })
  expect(plans.wasteful(2 * staged.rows)).toEqual([])
})
