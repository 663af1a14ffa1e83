import { DecisionRefusedError } from "../../src/domain/decisions"
import {
  listFundingMovements,
  recordFundingMovement,
} from "../../src/modules/masspay/queries/funding-movements"
import { fundingOverview } from "../../src/modules/masspay/queries/funding-overview"
import { GatewayUnreachableError } from "../../src/modules/masspay-gateway/errors"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  FUNDING_READ_EVERY_MS,
  watchFunding,
} from "../../src/runners/watch-funding"
import {
  aPayout,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  type Shop,
  untilQuiet,
} from "../support/payout-shop"
import { anEntry, aPaidPayee, spendBack } from "../support/spendbacks"

let shop: Shop
beforeEach(async () => {
  shop = await openShop({ funds: "1000.00" })
})
afterEach(() => shop.close())

/** The next reading, long enough after the last one and after what was paid. */
async function read() {
  await shop.passTime(FUNDING_READ_EVERY_MS + MINUTE_MS)
  expect(await watchFunding(shop.deps())).toEqual({ did: "read" })
  return now()
}
async function now() {
  const [usd] = await fundingOverview(shop.books.db)
  if (!usd) throw new Error("Nothing was read")
  return usd
}
const found = () =>
  shop.books.db.rows<{
    id: string
    severity: string
    state: string
    ours: Record<string, string>
    is_gone: boolean
  }>(
    `select id, severity, state, ours, gone_at is not null as is_gone
       from masspay_discrepancy where class = 'D11' order by first_seen_at, id`
  )
const alerts = () =>
  shop.books.db.rows(
    `select id from masspay_outbox_event where name = 'masspay.discrepancy.opened'`
  )

/** Money goes, or comes, by another way than this shop's. */
function elsewhere(amount: string): void {
  if (!amount.startsWith("-")) {
    shop.sandbox.control.fund({ currency_code: "USD", amount })
    return
  }
  const [user] = shop.sandbox.control.state().users
  if (!user) throw new Error("There is nobody to send it to")
  // What somebody does in MassPay's dashboard: a load that has none of our ids.
  const body = {
    client_load_id: `dashboard-${Date.now()}-${Math.random()}`.slice(0, 50),
    source_token: shop.source_token,
    amount: Number(amount.slice(1)),
    source_currency_code: "USD",
    notify_user: false,
  }
  sent.push(
    fetch(`${shop.sandbox.url}/v1.0.0/payout/load/${user.user_token}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": body.client_load_id,
      },
      body: JSON.stringify(body),
    })
  )
}
const sent: Promise<Response>[] = []
async function moved(amount: string): Promise<void> {
  elsewhere(amount)
  for (const answer of sent.splice(0)) expect((await answer).ok).toBe(true)
}

let requestIds = 0
const record = (amount: bigint, occurred_at = new Date(0)) => {
  requestIds += 1
  return recordFundingMovement(shop.books.db, {
    movement: {
      currency_code: "USD",
      amount,
      occurred_at: occurred_at.getTime() === 0 ? bookTime() : occurred_at,
      reference: "WIRE-1",
    },
    request_id: `funding-${requestIds}`,
    reason: "the bank's transfer",
    actor: "user_1",
  })
}
const bookTime = () =>
  new Date(Date.parse(shop.sandbox.control.state().clock.now) - 1000)

it("explains loads, reversals and spendbacks, and says nothing", async () => {
  await read()
  const payee = await aPaidPayee(shop, 100_00n)
  await aPayout(shop, { amount: 25_00n })
  await dispatchPayouts(shop.deps())
  expect(await read()).toMatchObject({
    balance: "875.00",
    moved: "-125.00",
    explained: { payouts: { from: "-125.00", to: "-125.00" } },
    unexplained: { from: "0.00", to: "0.00" },
    verdict: "explained",
  })

  const entry = await anEntry(shop, payee, -30_00n)
  await spendBack(shop, payee, [entry])
  await dispatchPayouts(shop.deps())
  await untilQuiet(shop)
  const load = shop.sandbox.control.loads().loads.at(-1)
  shop.sandbox.control.scheduleFlip({
    load_token: load?.load_token ?? "",
    status: "CANCELLED",
    in_ms: 0,
  })
  for (let hour = 0; hour < 30; hour += 1) {
    await shop.passTime(60 * MINUTE_MS)
    await resolvePayouts(shop.deps())
  }
  await shop.passTime(60 * MINUTE_MS)

  expect(await read()).toMatchObject({ verdict: "explained" })
  expect(await found()).toEqual([])
})

it("explains a fee that MassPay's history names", async () => {
  await read()
  await aPaidPayee(shop, 10_00n)
  await moved("-1.50")
  expect(await read()).toMatchObject({ verdict: "left" })
  await shop.books.db.rows(
    `insert into masspay_remote_transaction
       (id, token, type, remote_type, remote_status, fee, source_currency_code)
     select 'msrtx_1', remote_token, 'load', 'load', 'COMPLETED', 150, 'USD'
       from masspay_operation where kind = 'load'`
  )
  expect(await read()).toMatchObject({
    verdict: "explained",
    explained: { payouts: { from: "-11.50", to: "-11.50" } },
  })
})

it("finds money that left, in the second reading that says so, once, and says how much", async () => {
  await aPaidPayee(shop, 10_00n)
  await read()
  await moved("-40.00")

  expect(await read()).toMatchObject({
    verdict: "left",
    unexplained: { from: "-40.00", to: "-40.00" },
    discrepancy_id: null,
  })
  expect(await found()).toEqual([])
  const { discrepancy_id } = await read()
  await read()
  expect(await found()).toMatchObject([
    {
      id: discrepancy_id,
      severity: "high",
      state: "open",
      ours: { unexplained_from: "-40.00", unexplained_to: "-40.00" },
    },
  ])
  expect(await alerts()).toHaveLength(1)
})

it("mentions money that came, until an operator records the top-up", async () => {
  await read()
  await moved("500.00")
  await read()
  await read()
  expect(await found()).toMatchObject([{ severity: "info", state: "open" }])
  await shop.passTime(MINUTE_MS)

  expect(await record(500_00n)).toMatchObject({
    movement: { amount: "500.00", reference: "WIRE-1" },
    effect: "It counts as explained from the next comparison on.",
  })
  expect(await read()).toMatchObject({
    verdict: "explained",
    explained: { recorded: "500.00" },
    discrepancy_id: null,
  })
  expect(await found()).toMatchObject([{ state: "healed", is_gone: true }])
})

it("closes it at once where the top-up was there when the wallet was last read", async () => {
  await read()
  await shop.passTime(MINUTE_MS)
  await moved("500.00")
  const when = bookTime()
  await read()
  await read()

  expect(await record(500_00n, when)).toMatchObject({
    effect: "Everything that moved in this currency is explained now.",
  })
  expect(await found()).toMatchObject([{ state: "healed", is_gone: true }])
})

it("a part that was recorded leaves the rest open", async () => {
  await read()
  await shop.passTime(MINUTE_MS)
  await moved("500.00")
  const when = bookTime()
  await read()
  await read()
  await record(200_00n, when)
  expect(await now()).toMatchObject({
    unexplained: { from: "300.00", to: "300.00" },
    verdict: "came",
  })
  expect(await found()).toMatchObject([{ state: "open" }])
})

it("accuses nobody of a payout whose answer was lost, and yet sees more than that leave", async () => {
  await aPaidPayee(shop, 10_00n)
  await read()
  shop.sandbox.control.armFault({
    fault: "execute_then_drop",
    method: "POST",
    path: "/load/",
  })
  const payout = await aPayout(shop, { amount: 75_00n })
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("unknown")

  await read()
  expect(await read()).toMatchObject({
    verdict: "open",
    unexplained: { from: "-75.00", to: "0.00" },
  })
  expect(await found()).toEqual([])

  await moved("-60.00")
  await read()
  expect(await read()).toMatchObject({
    verdict: "left",
    unexplained: { from: "-135.00", to: "-60.00" },
  })
  expect(await found()).toMatchObject([{ severity: "high" }])
})

it("takes a payout of a moment ago for one in flight: the balance may not show it yet", async () => {
  await read()
  await shop.passTime(FUNDING_READ_EVERY_MS)
  await aPayout(shop, { amount: 75_00n })
  const wire = {
    ...shop.wire,
    // As it was before the load.
    getFundingBalances: () =>
      Promise.resolve([
        { token: shop.source_token, currency_code: "USD", balance: 1000_00n },
      ]),
  }
  await dispatchPayouts(shop.deps())
  await watchFunding(shop.deps({ wire }))
  expect(await now()).toMatchObject({ verdict: "open" })

  expect(await read()).toMatchObject({ verdict: "explained" })
  expect(await found()).toEqual([])
})

it("counts a payout that is sent while the wallets are read as in flight", async () => {
  await read()
  await aPayout(shop, { amount: 75_00n })
  await shop.passTime(FUNDING_READ_EVERY_MS + MINUTE_MS)
  const wire = {
    ...shop.wire,
    getFundingBalances: async () => {
      const balances = await shop.wire.getFundingBalances()
      await dispatchPayouts(shop.deps())
      await shop.passTime(5 * MINUTE_MS)
      return balances
    },
  }

  await watchFunding(shop.deps({ wire }))

  expect(await now()).toMatchObject({ verdict: "open", moved: "0.00" })
})

it("what an operator accepted without a record is not told again, what comes after it is", async () => {
  await aPaidPayee(shop, 10_00n)
  await read()
  await moved("-40.00")
  await read()
  await read()
  const [first] = await found()
  await shop.books.db.rows(
    `update masspay_discrepancy
        set state = 'resolved', resolved_by = 'user_1', resolved_reason = 'known',
            resolved_at = masspay_now()
      where id = ?`,
    [first?.id]
  )

  expect(await read()).toMatchObject({ verdict: "explained" })
  await read()
  expect(await found()).toMatchObject([{ state: "resolved", is_gone: true }])

  await moved("-5.00")
  await read()
  await read()
  expect(await found()).toMatchObject([
    { state: "resolved" },
    { state: "open", ours: { unexplained_from: "-5.00" } },
  ])
})

it("a wallet that MassPay does not name any more has no money", async () => {
  await read()
  const wire = { ...shop.wire, getFundingBalances: () => Promise.resolve([]) }
  for (let reading = 0; reading < 2; reading += 1) {
    await shop.passTime(FUNDING_READ_EVERY_MS + MINUTE_MS)
    await watchFunding(shop.deps({ wire }))
  }
  expect(await found()).toMatchObject([
    { severity: "high", ours: { unexplained_from: "-1000.00" } },
  ])
})

it("reads once in ten minutes, by one process, and concludes nothing from no answer", async () => {
  const before = requests(shop).length
  await Promise.all([1, 2, 3].map(() => watchFunding(shop.deps())))
  await watchFunding(shop.deps())
  expect(requests(shop)).toHaveLength(before + 1)

  await shop.passTime(FUNDING_READ_EVERY_MS + MINUTE_MS)
  const wire = {
    ...shop.wire,
    getFundingBalances: () =>
      Promise.reject(new GatewayUnreachableError("down")),
  }
  expect(await watchFunding(shop.deps({ wire }))).toEqual({ did: "unread" })
  expect(await found()).toEqual([])
  expect(await now()).toMatchObject({ balance: "1000.00", verdict: "first" })
})

it("records once for each request id, never what lies ahead, and never changes a record", async () => {
  await read()
  const asked = {
    movement: {
      currency_code: "USD",
      amount: 500_00n,
      occurred_at: bookTime(),
      reference: null,
    },
    request_id: "top-up",
    reason: "wire",
    actor: "user_1",
  }
  const first = await recordFundingMovement(shop.books.db, asked)
  expect(await recordFundingMovement(shop.books.db, asked)).toEqual(first)
  await expect(
    recordFundingMovement(shop.books.db, {
      ...asked,
      movement: { ...asked.movement, amount: 501_00n },
    })
  ).rejects.toThrow(DecisionRefusedError)
  await expect(
    recordFundingMovement(shop.books.db, {
      ...asked,
      request_id: "ahead",
      movement: {
        ...asked.movement,
        occurred_at: new Date(bookTime().getTime() + 60 * MINUTE_MS),
      },
    })
  ).rejects.toMatchObject({ code: "moment_ahead" })
  const { movements, count } = await listFundingMovements(shop.books.db, {
    limit: 10,
    offset: 0,
  })
  expect({ movements, count }).toMatchObject({
    count: 1,
    movements: [{ amount: "500.00", actor: "user_1", reason: "wire" }],
  })
  for (const statement of [
    `update masspay_funding_movement set amount = 1`,
    `delete from masspay_funding_movement`,
  ]) {
    await expect(shop.books.db.rows(statement)).rejects.toThrow("refused")
  }
})

it("keeps of old days one reading each, and what readings are compared with", async () => {
  const first = await read()
  await shop.books.db.rows(
    `insert into masspay_funding_reading
       (id, currency_code, balance, wallets, began_at, read_at, effect_low,
        effect_high, verdict)
     select 'msfrd_' || n, 'USD', 100000, 1, at, at, 0, 0, 'explained'
       from generate_series(1, 40) n,
            lateral (select date_trunc('day', masspay_now(), 'UTC')
              + interval '1 day' * (1 + n / 10) + interval '30 minutes' * (n % 10) + interval '1 hour' as at) t`
  )
  await shop.passTime(120 * 24 * 60 * MINUTE_MS)
  await watchFunding(shop.deps())

  const left = await shop.books.db.rows<{ day: string; count: number }>(
    `select to_char(began_at at time zone 'UTC', 'YYYY-MM-DD') as day,
            count(*)::int as count
       from masspay_funding_reading group by 1 order by 1`
  )
  expect(left.slice(1, -1).every(({ count }) => count === 1)).toBe(true)
  expect(left.length).toBeGreaterThan(4)
  expect((await now()).since).toBe(first.since)
})
