import { DecisionRefusedError } from "../../src/domain/decisions"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { listDiscrepancies } from "../../src/modules/masspay/queries/reconcile-reads"
import { beginManualRun } from "../../src/modules/masspay/queries/reconcile-runs"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { GatewayUnreachableError } from "../../src/modules/masspay-gateway/errors"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { wireOver } from "../../src/modules/masspay-gateway/wire"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { reconcile } from "../../src/runners/reconcile"
import {
  aPayee,
  aPayout,
  MINUTE_MS,
  openShop,
  type Payee,
  readPayout,
  requests,
  type Shop,
  type TestPayout,
} from "../support/payout-shop"
import {
  discrepancies,
  hiding,
  type ListRow,
  reconcileNow,
  rewriting,
  runs,
  tokenOf,
} from "../support/reconcile"

const HOUR_MS = 60 * MINUTE_MS

let shop: Shop
let payee: Payee
beforeEach(async () => {
  shop = await openShop()
  payee = await aPayee(shop)
})
afterEach(() => shop.close())

async function paid(count: number): Promise<TestPayout[]> {
  const payouts: TestPayout[] = []
  for (let made = 0; made < count; made += 1) {
    payouts.push(await aPayout(shop, { payee }))
  }
  await dispatchPayouts(shop.deps())
  return payouts
}

/** Somebody else's loads of today: what fills pages and is nothing of ours. */
function filler(count: number, { from = 0 } = {}): ListRow[] {
  return Array.from({ length: count }, (_, index) => ({
    token: `ld_other_${from + index}`,
    type: "load",
    status: "COMPLETED",
    user_token: "usr_of_another_shop",
    time_of_txn: today,
    source_amount: 1,
    source_currency_code: "USD",
    destination_amount: 1,
    destination_currency_code: "USD",
    fee: 0,
  }))
}
let today: string
beforeEach(async () => {
  today = (await databaseNow(shop.books.db)).toISOString()
})

/** MassPay's history as `all` gives it at each request: pages are cut here. */
function history(
  all: (own: ListRow[], request: number) => ListRow[],
  { fails }: { fails?: (page: number, request: number) => boolean } = {}
): Wire {
  let request = 0
  const own = async () =>
    (
      await shop.wire.transport.send({
        method: "GET",
        path: ["user", "history"],
        query: { number_of_records: "100", page: "1" },
      })
    ).body as ListRow[]
  return rewriting(shop, async (rows, { kind, query }) => {
    if (kind !== "history" || query.show_all_clients === undefined) return rows
    request += 1
    const page = Number(query.page)
    if (fails?.(page, request)) {
      throw new GatewayUnreachableError("Cut", { cause: new Error("cut") })
    }
    return all(await own(), request).slice(100 * (page - 1), 100 * page)
  })
}

async function watermark(): Promise<string | null> {
  const [row] = await shop.books.db.rows<{ day: string }>(
    `select value->>'day' as day from masspay_control where key = 'watermark:reconcile'`
  )
  return row?.day ?? null
}

it("asks for whole days of this client only, a hundred rows at a time, and for no more pages than there are and two", async () => {
  await paid(2)
  const asked: Record<string, string>[] = []
  const wire = rewriting(
    { wire: history((own) => [...own, ...filler(248)]) },
    (rows, { kind, query }) => {
      if (kind === "history" && query.show_all_clients) asked.push(query)
      return rows
    }
  )
  await reconcileNow(shop, "sweep", { deps: { wire } })

  const day = today.slice(0, 10)
  expect(asked.map(({ page }) => page)).toEqual(["1", "2", "3", "1"])
  for (const query of asked) {
    expect(query).toMatchObject({
      number_of_records: "100",
      show_all_clients: "false",
      end_date: day,
    })
    expect(query.start_date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
  expect(await runs(shop)).toMatchObject([
    { status: "complete", rows: 250, requests: 4, counts: {} },
  ])
  expect(await watermark()).toBe(day)
  expect(await discrepancies(shop)).toEqual([])
})

it("interrupted at any page, a run concludes nothing, moves no watermark, and goes on to its end", async () => {
  const payouts = await paid(3)
  await shop.passTime(26 * HOUR_MS)
  const all = (own: ListRow[]) => [...filler(250), ...own]
  for (let page = 1; page <= 4; page += 1) {
    let failing = true
    const wire = history(all, {
      // The fourth is the second look at the first one.
      fails: (at, request) =>
        failing && (page < 4 ? at === page : at === 1 && request > 1),
    })
    const before = await watermark()
    const many = (await runs(shop)).length
    await reconcileNow(shop, "sweep", { deps: { wire } })

    const cut = (await runs(shop)).at(-1)
    expect(await runs(shop)).toHaveLength(many + 1)
    expect(cut).toMatchObject({
      status: "running",
      phase: "history",
      problem: "masspay.unreachable",
    })
    expect(await watermark()).toBe(before)
    expect(await discrepancies(shop)).toEqual([])
    expect(
      await shop.books.db.rows(`select 1 from masspay_remote_absence`)
    ).toEqual([])

    failing = false
    await reconcileNow(shop, "sweep", { deps: { wire } })
    expect((await runs(shop)).find(({ id }) => id === cut?.id)).toMatchObject({
      status: "complete",
      problem: null,
      rows: 253,
    })
    expect(await watermark()).not.toBeNull()
  }
  expect(await discrepancies(shop)).toEqual([])
  for (const { id } of payouts) {
    expect((await readPayout(shop, id)).status).toBe("completed")
  }
})

it("gives a run up that MassPay does not answer, and begins another later", async () => {
  await paid(1)
  const wire = history((own) => own, { fails: () => true })
  for (let tries = 0; tries < 10; tries += 1) {
    expect(await runs(shop)).not.toContainEqual(
      expect.objectContaining({ status: "incomplete" })
    )
    await reconcileNow(shop, "sweep", { deps: { wire } })
  }
  expect((await runs(shop)).at(0)).toMatchObject({
    status: "incomplete",
    problem: "masspay.unreachable",
    requests: 10,
  })
  expect(await watermark()).toBeNull()
  await reconcileNow(shop, "sweep")
  expect((await runs(shop)).at(-1)).toMatchObject({ status: "complete" })
  expect(await watermark()).not.toBeNull()
})

it("marks a run incomplete that lay still for hours, and begins anew", async () => {
  await paid(1)
  const wire = history((own) => own, { fails: () => true })
  await reconcileNow(shop, "sweep", { deps: { wire } })
  await shop.passTime(3 * HOUR_MS)
  await reconcileNow(shop, "sweep")

  expect(await runs(shop)).toMatchObject([
    { status: "incomplete", problem: "interrupted" },
    { status: "complete" },
  ])
})

it("reads on where new rows push others to later pages, and misses none", async () => {
  const [payout] = await paid(1)
  if (!payout) throw new Error("nothing was paid")
  await shop.passTime(26 * HOUR_MS)
  let added = 0
  // Each request finds seven more on top than the one before.
  const wire = history((own, request) => {
    added = Math.min(7 * request, 21)
    return [...filler(added, { from: 1000 }), ...filler(230), ...own]
  })
  await reconcileNow(shop, "sweep_long", { deps: { wire } })
  await shop.passTime(HOUR_MS)
  await reconcileNow(shop, "sweep_long", { deps: { wire } })

  expect((await runs(shop)).map(({ status }) => status)).toEqual([
    "complete",
    "complete",
  ])
  const [seen] = await shop.books.db.rows<{ count: number }>(
    `select count(*)::int as count from masspay_remote_transaction`
  )
  expect(seen?.count).toBe(231 + added)
  expect(await discrepancies(shop)).toEqual([])
})

it("does not call a row missing that disappears once, nor one that only the history leaves out", async () => {
  const [once, always] = await paid(2)
  if (!once || !always) throw new Error("nothing was paid")
  await reconcileNow(shop, "sweep")
  await shop.passTime(26 * HOUR_MS)
  // Of one MassPay's history and her own list are silent, for a moment.
  const silent = hiding(shop, [tokenOf(shop, once)])
  await reconcileNow(shop, "sweep_long", { deps: { wire: silent } })
  await shop.passTime(HOUR_MS)
  await reconcileNow(shop, "sweep_long")
  await shop.passTime(HOUR_MS)
  await reconcileNow(shop, "sweep_long", { deps: { wire: silent } })
  // Of the other only the history is, for good.
  for (let run = 0; run < 3; run += 1) {
    await shop.passTime(HOUR_MS)
    await reconcileNow(shop, "sweep_long", {
      deps: {
        wire: rewriting(shop, (rows, { kind }) =>
          rows.filter(
            ({ token }) => kind !== "history" || token !== tokenOf(shop, always)
          )
        ),
      },
    })
  }

  expect((await runs(shop)).every(({ status }) => status === "complete")).toBe(
    true
  )
  expect(await discrepancies(shop)).toEqual([])
})

it("calls a payout missing after two complete runs, pays it never again, and takes it back when it shows", async () => {
  const [payout] = await paid(1)
  if (!payout) throw new Error("nothing was paid")
  await reconcileNow(shop, "sweep")
  const wire = hiding(shop, [tokenOf(shop, payout)])
  const miss = async () => {
    await shop.passTime(HOUR_MS)
    await reconcileNow(shop, "sweep_long", { deps: { wire } })
    return (await discrepancies(shop)).map((one) => `${one.class} ${one.state}`)
  }
  // Two complete runs, but it was paid just now.
  expect(await miss()).toEqual([])
  expect(await miss()).toEqual([])
  await shop.passTime(25 * HOUR_MS)
  expect(await miss()).toEqual(["D05 open"])
  expect(await miss()).toEqual(["D05 open"])
  const sent = requests(shop).filter(({ method }) => method === "POST").length
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  expect(requests(shop).filter(({ method }) => method === "POST")).toHaveLength(
    sent
  )
  await shop.passTime(HOUR_MS)
  await reconcileNow(shop, "deep")
  expect(
    (await discrepancies(shop)).map((one) => `${one.class} ${one.state}`)
  ).toEqual(["D05 healed"])
})

it("concludes nothing from a payee whose list cannot be read, or may be cut", async () => {
  const [payout] = await paid(1)
  if (!payout) throw new Error("nothing was paid")
  await shop.passTime(26 * HOUR_MS)
  const unreadable = wireOver({
    may_link_to_loopback: true,
    send: (request) =>
      request.path[0] === "load"
        ? Promise.reject(
            new GatewayUnreachableError("Cut", { cause: new Error("cut") })
          )
        : shop.wire.transport.send(request),
  })
  for (const wire of [unreadable, unreadable]) {
    await shop.passTime(HOUR_MS)
    await reconcileNow(shop, "deep", { deps: { wire } })
  }
  // Ten rows of a list are as many as a page has.
  const cut = rewriting(hidden(payout), (rows, { kind }) =>
    kind === "loads" ? tenOf(rows) : rows
  )
  for (const wire of [cut, cut]) {
    await shop.passTime(HOUR_MS)
    await reconcileNow(shop, "deep", { deps: { wire } })
  }
  const statuses = (await runs(shop)).map(({ status }) => status)
  expect(statuses).not.toContain("complete")
  expect(await discrepancies(shop)).toEqual([])
})

const hidden = (payout: TestPayout) => ({
  wire: hiding(shop, [tokenOf(shop, payout)]),
})

/** A list of ten that does not show ours: the history has one more than it. */
function tenOf(rows: ListRow[]): ListRow[] {
  const others = Array.from({ length: 10 }, (_, index) => ({
    load_token: `ld_ten_${index}`,
    client_load_id: `mplother1ten${index}`,
    status: "COMPLETED",
    source_currency_code: "USD",
    amount: 1,
    time_of_load: today,
    wallet_token: "wlt_1",
  }))
  return [...rows, ...others].slice(0, 10)
}

it("stops at a history that has no end", async () => {
  await paid(1)
  const wire = rewriting(shop, (rows, { kind, query }) =>
    kind === "history" && query.show_all_clients ? filler(100) : rows
  )
  await reconcileNow(shop, "sweep", { deps: { wire } })

  expect(await runs(shop)).toMatchObject([
    { status: "incomplete", problem: "history_does_not_end" },
  ])
  expect(await watermark()).toBeNull()
})

it("is done by one process at a time, and lets the next go on when its time is over", async () => {
  await paid(1)
  await shop.passTime(1_000)
  const every = { sweep: { every_ms: 0 } }
  const [one, other] = await Promise.all([
    reconcile(shop.deps(), { every }),
    reconcile(shop.deps(), { every }),
  ])
  expect([...one.ended, ...other.ended].length).toBeGreaterThanOrEqual(1)
  expect(
    (await runs(shop)).filter(({ status }) => status !== "complete")
  ).toEqual([])

  const late = await reconcile(shop.deps(), { every, budget_ms: -1 })
  expect(late).toEqual({ ended: [], is_busy: false })
})

it("begins by itself when it is due, and no sooner", async () => {
  await paid(1)
  const kinds = async () => {
    const { ended } = await reconcile(shop.deps())
    return ended.map(({ kind }) => kind)
  }
  expect(await kinds()).toEqual(["sweep_long", "deep"])
  expect(await kinds()).toEqual([])
  await shop.passTime(29 * MINUTE_MS)
  expect(await kinds()).toEqual([])
  await shop.passTime(2 * MINUTE_MS)
  expect(await kinds()).toEqual(["sweep"])
  await shop.passTime(24 * HOUR_MS)
  expect(await kinds()).toEqual(["sweep_long", "deep"])
})

it("refuses days that make no sense, and a second run beside one", async () => {
  const by = { actor: "user_1", reason: "why not", request_id: "r1" }
  const start = (from_date: string, to_date: string) =>
    beginManualRun(shop.books.db, { from_date, to_date, ...by })
  const day = today.slice(0, 10)
  await expect(start(day, "2020-01-01")).rejects.toThrow(/comes after/)
  await expect(start(day, "2999-01-01")).rejects.toThrow(/lies ahead/)
  await expect(start("2001-01-01", day)).rejects.toThrow(/too many/)
  expect(await runs(shop)).toEqual([])

  await start(day, day)
  const second = start(day, day)
  await expect(second).rejects.toBeInstanceOf(DecisionRefusedError)
  await expect(second).rejects.toThrow(/one reconciliation at a time/)
})

it("keeps neither notes nor pickup codes, and the books stay sound", async () => {
  await paid(2)
  const wire = rewriting(shop, (rows, { kind }) =>
    kind === "history"
      ? rows.map((row) => ({
          ...row,
          notes: "for Ada",
          payer_name: "Ada's shop",
          pickup_code: "4711-SECRET",
        }))
      : rows
  )
  await reconcileNow(shop, "sweep", { deps: { wire } })
  const kept = await shop.books.db.rows<{ row: string }>(
    `select r::text as row from masspay_remote_transaction r`
  )
  expect(kept).toHaveLength(2)
  const text = [...kept.map(({ row }) => row), ...shop.logs].join("\n")
  for (const secret of ["4711-SECRET", "for Ada", "Ada's shop"]) {
    expect(text).not.toContain(secret)
  }
  const broken = (await checkInvariants(shop.books.db)).filter(
    ({ holds }) => !holds
  )
  expect(broken).toEqual([])
  const listed = await listDiscrepancies(shop.books.db, {
    filters: { state: ["open"] },
    limit: 10,
    offset: 0,
  })
  expect(listed.count).toBe(0)
})
