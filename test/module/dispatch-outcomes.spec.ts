import type { FaultInput } from "../../sandbox"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayout,
  attemptsOf,
  DEADLINE_MS,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  sentLoads,
  type Shop,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop({ wire_ms: DEADLINE_MS })
})
afterEach(() => shop.close())

const onLoads = (fault: FaultInput): FaultInput => ({
  method: "POST",
  path: "/load/",
  ...fault,
})
/** The wire as it is, but for balances that were read when there was plenty. */
const withFunds = (): Wire => ({
  ...shop.wire,
  getFundingBalances: () =>
    Promise.resolve([
      {
        token: shop.source_token,
        currency_code: "USD",
        balance: 1_000_000_00n,
      },
    ]),
})
const executedLoads = () =>
  Object.values(shop.sandbox.control.audit().executed_loads)

describe("an outcome that nobody can tell", () => {
  const EXECUTED: FaultInput[] = [
    { fault: "execute_then_500" },
    { fault: "execute_then_hang" },
    { fault: "execute_then_drop" },
    { fault: "reset_mid_body" },
    { fault: "200_html" },
    { fault: "200_garbage" },
    { fault: "200_wrong_schema" },
    { fault: "504_html_after_execute" },
    { fault: "slow_trickle", delay_ms: 10_000 },
  ]
  it.each(EXECUTED)(
    "is never sent again when the load was executed ($fault)",
    async (fault) => {
      shop.sandbox.control.armFault(onLoads(fault))
      const payout = await aPayout(shop)

      await dispatchPayouts(shop.deps())
      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "unknown",
      })
      await untilQuiet(shop)

      expect(sentLoads(shop)).toHaveLength(1)
      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "completed",
      })
      expect(executedLoads()).toEqual([1])
      await expectBooksToAgree(shop)
    }
  )

  const NOT_EXECUTED: FaultInput[] = [
    { fault: "drop_before_execute" },
    { fault: "timeout_before_execute" },
    { fault: "502_html" },
    { fault: "503_html" },
  ]
  it.each(NOT_EXECUTED)(
    "is sent again with the same key once a look-up misses it ($fault)",
    async (fault) => {
      shop.sandbox.control.armFault(onLoads(fault))
      const payout = await aPayout(shop)

      await dispatchPayouts(shop.deps())
      await resolvePayouts(shop.deps())
      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "unknown",
      })
      await untilQuiet(shop)

      const keys = sentLoads(shop).map((entry) => entry.idempotency_key)
      expect(keys).toEqual([`${payout.client_id}-1`, `${payout.client_id}-1`])
      const bodies = sentLoads(shop).map((entry) => entry.body_sha256)
      expect(new Set(bodies).size).toBe(1)
      expect(executedLoads()).toEqual([1])
      await expectBooksToAgree(shop)
    }
  )

  it("rotates the key after a 500 that executed nothing, only on two proofs ten minutes apart", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "500_without_executing" }))
    const payout = await aPayout(shop)

    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "unknown",
      key_burnt: true,
    })
    // Past the lease and the time a load may stay invisible: the first proof.
    await shop.passTime(4 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "unknown",
      key_seq: 1,
    })
    // A second look that is too early proves nothing more.
    await shop.passTime(9 * MINUTE_MS)
    await shop.books.db.rows(
      `update masspay_payout set next_attempt_at = masspay_now()`
    )
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "unknown",
      key_seq: 1,
    })
    await shop.passTime(2 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "ready",
      key_seq: 2,
      key_burnt: false,
      rotations: 1,
    })
    expect((await attemptsOf(shop, payout.id))[0]?.proof).toBe("not_executed")
    await dispatchPayouts(shop.deps())

    expect(sentLoads(shop).map((entry) => entry.idempotency_key)).toEqual([
      `${payout.client_id}-1`,
      `${payout.client_id}-2`,
    ])
    expect(
      new Set(sentLoads(shop).map((entry) => entry.client_load_id))
    ).toEqual(new Set([payout.client_id]))
    expect(executedLoads()).toEqual([1])
    await expectBooksToAgree(shop)
  })

  it("is parked after two rotations, with its entries still taken", async () => {
    shop.sandbox.control.armFault(
      onLoads({ fault: "500_without_executing", times: 9 })
    )
    const payout = await aPayout(shop)

    await untilQuiet(shop, { steps: 30 })

    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "needs_review",
      review_reason: "too_many_rotations",
      items_released: false,
    })
    expect(sentLoads(shop)).toHaveLength(3)
    await expectBooksToAgree(shop)
  })

  it("waits while MassPay's list cannot be read, and never takes that for an answer", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "execute_then_drop" }))
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/load/",
      times: 3,
    })

    for (let run = 0; run < 3; run += 1) {
      await shop.passTime(30 * MINUTE_MS)
      await resolvePayouts(shop.deps())
      expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    }
    await untilQuiet(shop)

    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("does not believe a list that may be cut off", async () => {
    const payout = await aPayout(shop)
    for (let earlier = 0; earlier < 12; earlier += 1) {
      await aPayout(shop, { payee: payout.payee, amount: 100n })
    }
    shop.sandbox.control.armFault(onLoads({ fault: "execute_then_drop" }))
    shop.sandbox.control.changeSettings({ load_list_max_rows: 10 })
    // The first one is executed unseen, then ten others push it off the list.
    await dispatchPayouts(
      shop.deps({ limits: { ...shop.deps().limits, in_flight: 1 } })
    )
    await untilQuiet(shop, { steps: 4 })

    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    expect(Object.values(executedLoads()).every((n) => n === 1)).toBe(true)
    expect(
      sentLoads(shop).filter(
        (entry) => entry.client_load_id === payout.client_id
      )
    ).toHaveLength(1)
    shop.sandbox.control.changeSettings({ load_list_max_rows: null })
    await untilQuiet(shop)
    await expectBooksToAgree(shop)
  })

  it("waits out a list that lags behind", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "execute_then_500" }))
    shop.sandbox.control.armFault({
      fault: "list_lag",
      lag_ms: 10 * MINUTE_MS,
      times: 1,
    })
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())

    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    await untilQuiet(shop)

    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })
})

describe("an answer that says no", () => {
  it("turns a 200 CANCELLED into cancelled by a look-up, and opens the entries after the settle window", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "200_cancelled" }))
    const payout = await aPayout(shop)

    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "cancelled",
      items_released: false,
    })
    await shop.passTime(30 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
    await shop.passTime(31 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "void",
      items_released: true,
    })
    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("books nothing and keeps its entries when a cancelled load turns out completed within the window", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "200_cancelled" }))
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())

    const [load] = shop.sandbox.control.loads().loads
    shop.sandbox.control.setLoadStatus(load?.load_token ?? "", "COMPLETED")
    await shop.passTime(62 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "completed",
      items_released: false,
    })
    await expectBooksToAgree(shop)
  })

  it("blocks for papers, asks whether she is active, and pays under a new key once she is", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "identity")

    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "kyc",
    })
    // The payee is known to be locked within one run, so nothing more is sent.
    await resolvePayouts(shop.deps())
    const other = await aPayout(shop, { payee: payout.payee })
    expect((await dispatchPayouts(shop.deps())).claimed).toBe(0)
    await shop.passTime(15 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("blocked")
    expect(sentLoads(shop)).toHaveLength(1)

    shop.sandbox.control.unlockUser(payout.payee.user_token)
    await shop.passTime(15 * MINUTE_MS)
    await untilQuiet(shop)

    expect(
      sentLoads(shop)
        .filter((entry) => entry.client_load_id === payout.client_id)
        .map((entry) => entry.idempotency_key)
    ).toEqual([`${payout.client_id}-1`, `${payout.client_id}-2`])
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect((await readPayout(shop, other.id)).status).toBe("completed")
    await expectBooksToAgree(shop)
  })

  it.each(["refuse", "cancel"] as const)(
    "never loses a payout that the funding wallet cannot pay (%s)",
    async (insufficient_funds) => {
      await shop.close()
      shop = await openShop({ funds: "10.00" })
      shop.sandbox.control.changeSettings({ insufficient_funds })
      const payout = await aPayout(shop, { amount: 50_00n })
      const younger = await aPayout(shop, { amount: 1_00n })

      // Somebody else drew on the wallet after its balance was read.
      await dispatchPayouts(
        shop.deps({
          limits: { ...shop.deps().limits, in_flight: 1 },
          wire: withFunds(),
        })
      )
      await resolvePayouts(shop.deps())
      if (insufficient_funds === "refuse") {
        expect(await readPayout(shop, payout.id)).toMatchObject({
          status: "blocked",
          block_reason: "funds",
        })
        // Oldest first: what does not fit stops the queue of its wallet.
        expect((await readPayout(shop, younger.id)).status).toBe("ready")
        expect(sentLoads(shop)).toHaveLength(1)
        await shop.passTime(5 * MINUTE_MS)
        await resolvePayouts(shop.deps())
        expect((await readPayout(shop, payout.id)).status).toBe("blocked")

        shop.sandbox.control.fund({ currency_code: "USD", amount: "100.00" })
        await shop.passTime(5 * MINUTE_MS)
        await untilQuiet(shop)
        expect((await readPayout(shop, payout.id)).status).toBe("completed")
        expect((await readPayout(shop, younger.id)).status).toBe("completed")
      } else {
        expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
        // The wallet's fault, and written down as such: not the payee's.
        expect(
          await shop.books.db.rows(
            `select detail from masspay_payout_event
              where payout_id = ? and to_status = 'cancelled'`,
            [payout.id]
          )
        ).toEqual([{ detail: "funding_short" }])
      }
      await expectBooksToAgree(shop)
    }
  )

  it("stops everything when the key is refused, and goes on when a balance can be read", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "401" }))
    const payout = await aPayout(shop)
    const other = await aPayout(shop)

    await dispatchPayouts(
      shop.deps({ limits: { ...shop.deps().limits, in_flight: 1 } })
    )
    await dispatchPayouts(shop.deps())
    expect(sentLoads(shop)).toHaveLength(1)
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "auth",
    })
    expect((await readPayout(shop, other.id)).status).toBe("ready")

    await shop.passTime(11 * MINUTE_MS)
    await untilQuiet(shop)

    // Nothing was executed under this key, so it may be used again.
    expect(
      sentLoads(shop)
        .filter((entry) => entry.client_load_id === payout.client_id)
        .map((entry) => entry.idempotency_key)
    ).toEqual([`${payout.client_id}-1`, `${payout.client_id}-1`])
    await expectBooksToAgree(shop)
  })

  it("waits as long as a 429 asks, for every payout, and does not count it", async () => {
    shop.sandbox.control.armFault(
      onLoads({ fault: "429", retry_after_seconds: 120 })
    )
    const payout = await aPayout(shop)

    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "ready",
      ambiguous_count: 0,
    })
    expect(await attemptsOf(shop, payout.id)).toMatchObject([
      { outcome: "masspay.throttled", proof: "not_executed" },
    ])
    const later = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, later.id)).status).toBe("ready")
    expect(sentLoads(shop)).toHaveLength(1)

    await shop.passTime(121_000)
    await dispatchPayouts(shop.deps())
    expect(sentLoads(shop).map((entry) => entry.idempotency_key)).toContain(
      `${payout.client_id}-1`
    )
    await expectBooksToAgree(shop)
  })

  it("waits for an operator when MassPay refuses a request for another reason", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "400_reject" }))
    const payout = await aPayout(shop)

    await dispatchPayouts(shop.deps())
    await untilQuiet(shop)
    await shop.passTime(24 * 60 * MINUTE_MS)
    await untilQuiet(shop)

    expect((await readPayout(shop, payout.id)).status).toBe("blocked")
    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("blocks a payout of a deactivated user and pays nobody else for it", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.deactivateUser(payout.payee.user_token)

    await dispatchPayouts(shop.deps())
    await untilQuiet(shop)

    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "vendor",
    })
    expect(executedLoads()).toEqual([])
  })

  it("keeps a payout ready while MassPay cannot be reached at all", async () => {
    const payout = await aPayout(shop)
    const deps = shop.deps({ wire: withFunds() })
    await shop.sandbox.stop()

    const report = await dispatchPayouts(deps)

    expect(report).toMatchObject({ claimed: 1, returned: 1 })
    expect((await readPayout(shop, payout.id)).status).toBe("ready")
    expect(await attemptsOf(shop, payout.id)).toMatchObject([
      { outcome: "masspay.unreachable", proof: "not_executed" },
    ])
  })
})

describe("proof is per attempt", () => {
  it("stays unknown when a refusal follows an attempt whose outcome is unproven", async () => {
    // The first send executes and is not answered; the list lags, so the key
    // still allows a resend, which is refused for papers.
    shop.sandbox.control.armFault(onLoads({ fault: "execute_then_drop" }))
    shop.sandbox.control.armFault({
      fault: "list_lag",
      lag_ms: 60 * MINUTE_MS,
      times: 1,
    })
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("ready")
    shop.sandbox.control.armFault(onLoads({ fault: "400_reject" }))
    shop.sandbox.control.armFault(onLoads({ fault: "429", times: 1 }))

    await dispatchPayouts(shop.deps())

    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    expect((await attemptsOf(shop, payout.id)).map((row) => row.proof)).toEqual(
      [null, "not_executed"]
    )
    await shop.passTime(5 * MINUTE_MS)
    await untilQuiet(shop)
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(executedLoads()).toEqual([1])
    await expectBooksToAgree(shop)
  })

  it("is looked up, never claimed, when its key is 23 hours old and an attempt is unproven", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "execute_then_drop" }))
    shop.sandbox.control.armFault({
      fault: "list_lag",
      lag_ms: 60 * MINUTE_MS,
      times: 1,
    })
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("ready")

    // MassPay forgets keys after 24 hours: a resend would execute again.
    shop.sandbox.control.changeSettings({ duplicate_client_load_id: "allow" })
    await shop.passTime(23 * 60 * MINUTE_MS)
    const report = await dispatchPayouts(shop.deps())
    expect(report.claimed).toBe(0)
    await untilQuiet(shop)

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(executedLoads()).toEqual([1])
    await expectBooksToAgree(shop)
  })

  it("adopts the load that a duplicate refusal points to", async () => {
    shop.sandbox.control.armFault(onLoads({ fault: "execute_then_500" }))
    shop.sandbox.control.armFault({
      fault: "list_lag",
      lag_ms: 90 * MINUTE_MS,
      times: 2,
    })
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    for (const pause of [5, 12]) {
      await shop.passTime(pause * MINUTE_MS)
      await resolvePayouts(shop.deps())
    }
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "ready",
      key_seq: 2,
    })

    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    await shop.passTime(5 * MINUTE_MS)
    await untilQuiet(shop)

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(executedLoads()).toEqual([1])
    await expectBooksToAgree(shop)
  })
})

it("sends nothing in a second run over the same state", async () => {
  for (let count = 0; count < 6; count += 1) await aPayout(shop)

  await dispatchPayouts(shop.deps())
  const before = sentLoads(shop).length
  await resolvePayouts(shop.deps())
  const report = await dispatchPayouts(shop.deps())

  expect(before).toBe(6)
  expect(report.claimed).toBe(0)
  expect(sentLoads(shop)).toHaveLength(6)
  await expectBooksToAgree(shop)
})

it("sends exactly the bytes that were written down before", async () => {
  const payout = await aPayout(shop)
  await dispatchPayouts(shop.deps())

  const [attempt] = await shop.books.db.rows<{ request_sha256: string }>(
    `select a.request_sha256 from masspay_attempt a
       join masspay_operation o on o.id = a.operation_id
      where o.payout_id = ?`,
    [payout.id]
  )
  expect(sentLoads(shop).map((entry) => entry.body_sha256)).toEqual([
    attempt?.request_sha256,
  ])
})

it("writes every step into the timeline", async () => {
  shop.sandbox.control.armFault(onLoads({ fault: "execute_then_drop" }))
  const payout = await aPayout(shop)

  await dispatchPayouts(shop.deps())
  await untilQuiet(shop)

  expect(await timelineOf(shop, payout.id)).toEqual([
    "collected>ready",
    "claimed>sending",
    "outcome_unknown>unknown",
    "found_completed>completed",
  ])
})
