import { dispatchStopped } from "../../src/modules/masspay/queries/control"
import { beginManualRun } from "../../src/modules/masspay/queries/reconcile-runs"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { reconcile } from "../../src/runners/reconcile"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  FUNDING_READ_EVERY_MS,
  watchFunding,
} from "../../src/runners/watch-funding"
import { aDestination, pay } from "../support/direct"
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
  timelineOf,
} from "../support/payout-shop"
import {
  aStrangeLoad,
  discrepancies,
  reconcileNow,
  runs,
  tokenOf,
} from "../support/reconcile"
import { aSpendback } from "../support/spendbacks"

const HOUR_MS = 60 * MINUTE_MS

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

async function lossOf(
  path: "/load/" | "/spendback/",
  fault: "execute_then_drop" | "drop_before_execute"
): Promise<void> {
  shop.sandbox.control.armFault({ fault, method: "POST", path, times: 1 })
}

async function aCompletedPayout(payee?: Payee): Promise<TestPayout> {
  const payout = await aPayout(shop, payee ? { payee } : {})
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  return payout
}

async function aVoidPayout(): Promise<TestPayout> {
  shop.sandbox.control.armFault({
    fault: "200_cancelled",
    method: "POST",
    path: "/load/",
    times: 1,
  })
  const payout = await aPayout(shop)
  await dispatchPayouts(shop.deps())
  await resolvePayouts(shop.deps())
  await shop.passTime(61 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("void")
  return payout
}

/** The next look at the funding wallets, long enough after what was paid. */
async function readFunding(): Promise<void> {
  await shop.passTime(FUNDING_READ_EVERY_MS + MINUTE_MS)
  expect(await watchFunding(shop.deps())).toEqual({ did: "read" })
}

/** She sends what is in her wallet to her bank, without this shop. */
async function withdraw(payee: Payee): Promise<string> {
  const { users } = shop.sandbox.control.state()
  const user = users.find((each) => each.user_token === payee.user_token)
  await aDestination(shop, payee)
  return pay(shop, {
    payee,
    client_transfer_id: "her-own-1",
    amount: 8,
    source_token: user?.wallets[0]?.wallet_token ?? "",
  })
}

async function manually(): Promise<void> {
  await shop.passTime(1_000)
  const now = await databaseNow(shop.books.db)
  const day = (ms: number) =>
    new Date(now.getTime() - ms).toISOString().slice(0, 10)
  await beginManualRun(shop.books.db, {
    from_date: day(10 * 24 * HOUR_MS),
    to_date: day(0),
    actor: "user_1",
    reason: "the end of the month",
    request_id: `req-${String(now.getTime())}`,
  })
  const report = await reconcile(shop.deps(), { every: {} })
  expect(report.ended).toMatchObject([{ kind: "manual" }])
}

async function isPaused({ id }: Payee): Promise<boolean> {
  const [row] = await shop.books.db.rows<{ is_paused: boolean }>(
    `select is_paused from masspay_payee where id = ?`,
    [id]
  )
  return row?.is_paused ?? false
}

it("finds all fifteen classes in one run, heals what is proven and flags the rest; a second run heals and sends nothing", async () => {
  const { control } = shop.sandbox
  const healthy = await aCompletedPayout()
  const foreigner = await aPayee(shop)
  await aStrangeLoad(shop, foreigner, { id: "mplother1somebody-elses-shop" })
  // Gone for good since yesterday, and missed by one complete run already.
  const lost = await aCompletedPayout()
  const withdrawer = await aCompletedPayout()
  const withdrawn = await withdraw(withdrawer.payee)
  await shop.passTime(25 * HOUR_MS)
  await reconcileNow(shop, "sweep")
  control.hide(tokenOf(shop, lost))
  await reconcileNow(shop, "deep")
  expect((await runs(shop)).at(-1)?.status).toBe("complete")
  expect(await discrepancies(shop)).toEqual([])

  // By hand, past this shop: her payment, and what it took out of the wallet.
  await readFunding()
  const byHand = await aPayee(shop)
  await aStrangeLoad(shop, byHand, { id: "bonus-2026" })
  await readFunding()
  expect(await discrepancies(shop)).toEqual([])
  await readFunding()
  expect((await discrepancies(shop)).map((one) => one.class)).toEqual(["D11"])

  const flipped = await aCompletedPayout()
  const overpaid = await aVoidPayout()
  const twice = await aCompletedPayout()
  control.changeSettings({ duplicate_client_load_id: "allow" })
  await aStrangeLoad(shop, twice.payee, { id: twice.client_id })
  const locked = await aCompletedPayout()
  const spendback = await aSpendback(shop)
  await lossOf("/spendback/", "execute_then_drop")
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, spendback.id)).status).toBe("unknown")
  const executed = await aPayout(shop)
  await lossOf("/load/", "execute_then_drop")
  await dispatchPayouts(shop.deps())
  const never = await aPayout(shop)
  await lossOf("/load/", "drop_before_execute")
  await dispatchPayouts(shop.deps())
  for (const { id } of [executed, never]) {
    expect((await readPayout(shop, id)).status).toBe("unknown")
  }
  // Every request has had its time to show.
  await shop.passTime(10 * MINUTE_MS)
  const unlike = await aPayout(shop)
  await shop.books.db.rows(
    `update masspay_payout set next_attempt_at = masspay_now() + interval '1 day' where id = ?`,
    [unlike.id]
  )
  await aStrangeLoad(shop, unlike.payee, { id: unlike.client_id, amount: 99 })
  const adopting = await aPayee(shop)
  await aStrangeLoad(shop, adopting, { id: `mpl${shop.tag}forgotten` })
  control.setLoadStatus(tokenOf(shop, flipped), "CANCELLED")
  control.setLoadStatus(tokenOf(shop, overpaid), "COMPLETED")
  control.lockUser(locked.payee.user_token, "identity")
  control.setPayoutStatus(withdrawn, { status: "CANCELLED" })
  await shop.books.knex.transaction(async (sql) => {
    await sql.raw(`set local session_replication_role = replica`)
    await sql.raw(
      `update masspay_payout_item set amount = amount + 1 where payout_id = ?`,
      [healthy.id]
    )
  })
  const before = requests(shop).filter(({ method }) => method !== "GET").length

  await manually()
  const run = (await runs(shop)).at(-1)
  const found = await discrepancies(shop)
  const told = found.map(
    (one) => `${one.class} ${one.state} ${one.severity} ${one.action}`
  )

  expect(run).toMatchObject({ status: "complete", problem: null })
  // One damaged item breaks more than one invariant; of the others there is one each.
  const others = told.filter((line) => !line.startsWith("D15"))
  expect(others).toHaveLength(14)
  expect([...new Set(told)]).toEqual([
    "D01 healed info truth_applied",
    "D02 healed info may_be_sent_again",
    "D03 healed warn truth_applied",
    "D04 healed high truth_applied",
    "D05 open critical flagged",
    "D06 open critical adopted_and_paused",
    "D07 open info flagged",
    "D08 open critical payout_frozen_and_vendor_paused",
    "D09 open critical vendor_paused",
    "D10 open high netted_by_next_payouts",
    "D11 open high flagged",
    "D12 healed info vendor_read_again",
    "D13 healed info mirror_updated",
    "D14 healed high truth_applied",
    "D15 open critical dispatch_stopped",
  ])
  const of = (name: string) => found.find((one) => one.class === name)
  expect([1, 2, 3, 4, 5].map((n) => of(`D0${String(n)}`)?.payout_id)).toEqual([
    executed.id,
    never.id,
    flipped.id,
    overpaid.id,
    lost.id,
  ])
  expect(of("D08")).toMatchObject({
    payout_id: unlike.id,
    ours: { amount: "12.34" },
    theirs: { amount: "99.00" },
  })
  expect(await dispatchStopped(shop.books.db)).toMatchObject({
    actor: "system",
  })
  expect(of("D09")?.payout_id).toBe(twice.id)
  expect(of("D14")?.payout_id).toBe(spendback.id)
  const statuses = await Promise.all(
    [executed, never, flipped, overpaid, lost, unlike, spendback].map(
      async ({ id }) => (await readPayout(shop, id)).status
    )
  )
  expect(statuses).toEqual([
    "completed",
    "ready",
    "cancelled",
    "completed",
    "completed",
    "needs_review",
    "completed",
  ])
  expect(await timelineOf(shop, executed.id)).toContain(
    "found_completed>completed"
  )
  const [moved] = await shop.books.db.rows<{ run_id: string }>(
    `select run_id from masspay_payout_event
      where payout_id = ? and event = 'found_completed'`,
    [executed.id]
  )
  expect(moved?.run_id).toBe(run?.id)
  for (const { payee } of [unlike, twice]) {
    expect(await isPaused(payee)).toBe(true)
  }
  expect(await isPaused(adopting)).toBe(true)
  for (const payee of [healthy.payee, byHand, foreigner, lost.payee]) {
    expect(await isPaused(payee)).toBe(false)
  }
  // Nothing but reading, and nothing of other people's.
  const made = requests(shop)
  expect(made.filter(({ method }) => method !== "GET")).toHaveLength(before)
  expect(control.audit().reads_with_idempotency_key).toBe(0)

  await manually()
  const again = (await runs(shop)).at(-1)
  expect(again?.status).toBe("complete")
  expect(
    Object.values(again?.counts ?? {}).reduce((n, { healed }) => n + healed, 0)
  ).toBe(0)
  expect(requests(shop).filter(({ method }) => method !== "GET")).toHaveLength(
    before
  )
  expect((await discrepancies(shop)).map((one) => one.class)).toEqual(
    found.map((one) => one.class)
  )
})
