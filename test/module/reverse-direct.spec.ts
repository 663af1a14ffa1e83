import type { FaultName } from "../../sandbox"
import { DEFAULT_DIRECT } from "../../src/domain/quotes"
import { allowedActions } from "../../src/modules/masspay/queries/actions"
import { fundingEffects } from "../../src/modules/masspay/queries/funding-effects"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { requestTakeBack } from "../../src/modules/masspay/queries/take-back"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aDestination,
  aDirectPayee,
  aDirectPayout,
  committed,
  directSins,
} from "../support/direct"
import { operatorsOf, RULES } from "../support/operators"
import {
  aPayee,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  type Shop,
  type TestPayout,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"
import { discrepancies, reconcileNow, runs } from "../support/reconcile"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())
const { act, lookUp } = operatorsOf(() => shop)

const DAY_MS = 24 * 60 * MINUTE_MS
const REVERSAL = { method: "POST", path: "/reversal" } as const

async function aPaidPayout(): Promise<TestPayout> {
  const payout = await aDirectPayout(shop)
  await dispatchPayouts(shop.deps())
  await lookLater()
  expect(await statusOf(payout)).toBe("completed")
  return payout
}

const reverse = ({ id }: TestPayout) =>
  shop.books.db.tx((sql) =>
    requestTakeBack(sql, {
      payout_id: id,
      kind: "reverse",
      tag: shop.tag,
      actor: "user_1",
      cause: "test",
    })
  )
const statusOf = async ({ id }: TestPayout) =>
  (await readPayout(shop, id)).status
const asked = () =>
  requests(shop).filter(
    ({ method, path }) => method === "POST" && path.endsWith("/reversal")
  )
const openEntries = () =>
  shop.books.db.rows(
    `select amount::text as amount from masspay_open_entry order by amount`
  )
const isBack = () => {
  const [payout] = committed(shop)
  return payout?.reversed_amount === payout?.destination_amount
}
async function remoteStatus(): Promise<string | null> {
  const [row] = await shop.books.db.rows<{ remote_status: string | null }>(
    `select remote_status from masspay_operation where kind = 'commit'`
  )
  return row?.remote_status ?? null
}
const toldOf = (reason: string) =>
  shop.logs.filter((line) => line.startsWith("error ") && line.includes(reason))
async function proofOfReversal(): Promise<string | undefined> {
  const [row] = await shop.books.db.rows<{ proof: string }>(
    `select proof from masspay_operation where kind = 'reverse'`
  )
  return row?.proof
}
async function lookLater(ms = 6 * MINUTE_MS): Promise<void> {
  await shop.passTime(ms)
  await resolvePayouts(shop.deps())
}
/** What nobody asks about is read once a day. */
async function readAgain(): Promise<void> {
  await shop.passTime(MINUTE_MS)
  await shop.books.db.rows(
    `update masspay_payee set read_in_full_at = masspay_now() - interval '25 hours'`
  )
  await resolvePayouts(shop.deps())
}
/** Somebody at MassPay, or a process that these books do not know of. */
async function reverseByHand(body: object = {}): Promise<void> {
  const [payout] = committed(shop)
  const { status } = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/${payout?.user_token ?? ""}/${payout?.payout_token ?? ""}/reversal`,
    {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": `by-hand-${Math.random()}`,
      },
      body: JSON.stringify(body),
    }
  )
  expect(status).toBe(201)
}

async function expectAllToAgree(): Promise<void> {
  expect(directSins(shop)).toEqual([])
  await expectBooksToAgree(shop)
}

describe("a direct payout that is reversed", () => {
  it("opens its entries again once MassPay's list of reversals says that all of it came back", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    expect(await dispatchPayouts(shop.deps())).toMatchObject({ taken_back: 1 })

    // The answer alone proves nothing.
    expect(await statusOf(payout)).toBe("reversing")
    expect(await openEntries()).toEqual([])
    await resolvePayouts(shop.deps())

    expect((await timelineOf(shop, payout.id)).slice(-2)).toEqual([
      "reversal_started>reversing",
      "found_cancelled>reversed",
    ])
    expect(await openEntries()).toEqual([{ amount: "10000" }])
    expect([await remoteStatus(), await proofOfReversal()]).toEqual([
      "REVERSED",
      "executed",
    ])
    await expectAllToAgree()
  })

  it("is asked for whole, under an id of ours, once, however often somebody asks", async () => {
    const payout = await aPaidPayout()
    const asks = await Promise.allSettled([reverse(payout), reverse(payout)])
    expect(asks.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ])
    await Promise.all([
      dispatchPayouts(shop.deps()),
      dispatchPayouts(shop.deps()),
    ])

    const [operation] = await shop.books.db.rows<{
      client_id: string
      request_text: string
    }>(
      `select client_id, request_text from masspay_operation where kind = 'reverse'`
    )
    expect(asked()).toHaveLength(1)
    const { body } = JSON.parse(operation?.request_text ?? "{}") as {
      body: string
    }
    expect(JSON.parse(body)).toEqual({
      client_transfer_id: operation?.client_id,
    })
    await expect(reverse(payout)).rejects.toMatchObject({
      reason: "tried_before",
    })
    await resolvePayouts(shop.deps())
    await untilQuiet(shop)
    await expect(reverse(payout)).rejects.toMatchObject({
      reason: "tried_before",
    })
    expect(asked()).toHaveLength(1)
    expect(directSins(shop)).toEqual([])
  })

  it.each<FaultName>([
    "400_reject",
    "execute_then_500",
    "execute_then_drop",
    "drop_before_execute",
    "502_html",
    "200_garbage",
    "200_wrong_schema",
    "200_cancelled",
  ])(
    "is never asked for twice after an answer that may mean anything (%s), and truth decides",
    async (fault) => {
      const payout = await aPaidPayout()
      shop.sandbox.control.armFault({ fault, ...REVERSAL })
      await reverse(payout)
      await dispatchPayouts(shop.deps())
      await dispatchPayouts(shop.deps())
      await lookLater()
      await dispatchPayouts(shop.deps())

      expect(asked()).toHaveLength(1)
      expect(await statusOf(payout)).toBe(isBack() ? "reversed" : "completed")
      await expectAllToAgree()
    }
  )

  it("is asked for again after a request that certainly did not count", async () => {
    const payout = await aPaidPayout()
    shop.sandbox.control.armFault({ fault: "429", ...REVERSAL })
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    expect(await statusOf(payout)).toBe("reversing")
    await shop.passTime(20 * MINUTE_MS)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())

    expect(asked()).toHaveLength(2)
    expect(await statusOf(payout)).toBe("reversed")
    await expectAllToAgree()
  })

  it.each(["failed", "refuse"] as const)(
    "stays paid when the money is gone (%s), and is not tried again",
    async (payout_reversal) => {
      const payout = await aPaidPayout()
      shop.sandbox.control.changeSettings({ payout_reversal })
      await reverse(payout)
      await dispatchPayouts(shop.deps())
      await resolvePayouts(shop.deps())
      // It may still be on its way: only after a while nothing says that nothing came.
      expect(await statusOf(payout)).toBe("reversing")
      await lookLater()

      expect(await statusOf(payout)).toBe("completed")
      expect(await proofOfReversal()).toBe("not_executed")
      await expect(reverse(payout)).rejects.toMatchObject({
        reason: "tried_before",
      })
      await untilQuiet(shop)
      expect(asked()).toHaveLength(1)
      expect(await openEntries()).toEqual([])
      await expectAllToAgree()
    }
  )

  it("stays paid where MassPay can reverse nothing", async () => {
    const payee = await aPayee(shop)
    await aDestination(shop, payee, {
      country: "MEX",
      payer: "Sandbox Efectivo",
    })
    const payout = await aDirectPayout(shop, { payee })
    shop.sandbox.control.changeSettings({ payout_pickup_seconds: 60 })
    await dispatchPayouts(shop.deps())
    await lookLater()
    await lookLater()
    expect(await statusOf(payout)).toBe("completed")
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await lookLater()

    expect(await statusOf(payout)).toBe("completed")
    expect(asked()).toHaveLength(1)
    await expectAllToAgree()
  })

  it("that shows late is not given up as still paid before it must show, nor counted twice after", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    shop.sandbox.control.armFault({
      fault: "list_lag",
      lag_ms: DAY_MS,
      times: 2,
      method: "GET",
      path: "/reversal",
    })
    await resolvePayouts(shop.deps())
    expect(await statusOf(payout)).toBe("reversing")
    await lookLater()
    // Given up too early: MassPay shows it later than it ever should.
    expect(await statusOf(payout)).toBe("completed")
    expect(await openEntries()).toEqual([])

    await readAgain()
    expect(await statusOf(payout)).toBe("cancelled")
    await lookLater(2 * 60 * MINUTE_MS)
    expect(await statusOf(payout)).toBe("void")
    await readAgain()
    await readAgain()
    expect(await openEntries()).toEqual([{ amount: "10000" }])
    const [destination] = await shop.books.db.rows<{ status: string }>(
      `select status from masspay_destination`
    )
    // We asked for it: that says nothing about where it went.
    expect(destination?.status).toBe("ready")
    await expectAllToAgree()
  })

  it("waits while its reversals cannot be read, whatever the list of payouts says", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    for (const fault of ["502_html", "200_wrong_schema", "401"] as const) {
      shop.sandbox.control.armFault({ fault, method: "GET", path: "/reversal" })
      await lookLater()
      expect(await statusOf(payout)).toBe("reversing")
    }
    const [payee] = await shop.books.db.rows<{ status: string }>(
      `select status from masspay_payee`
    )
    expect(payee?.status).toBe("active")
    await lookLater(3 * 60 * MINUTE_MS)
    expect(await statusOf(payout)).toBe("reversed")
    await expectAllToAgree()
  })

  it("agrees with a history that calls it completed for ever, run after run", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    expect(await statusOf(payout)).toBe("reversed")

    for (const kind of ["sweep", "deep", "sweep"] as const) {
      await shop.passTime(10 * MINUTE_MS)
      await reconcileNow(shop, kind)
    }
    expect(
      (await runs(shop)).map(({ status, counts }) => [status, counts])
    ).toEqual([
      ["complete", {}],
      ["complete", {}],
      ["complete", {}],
    ])
    expect(await discrepancies(shop)).toEqual([])
    expect(await statusOf(payout)).toBe("reversed")
    expect(await openEntries()).toEqual([{ amount: "10000" }])
    await expectAllToAgree()
  })

  it("leaves its fee, and nothing else, out of the funding wallet", async () => {
    const before = await fundingEffects(shop.books.db, {
      began_at: new Date(0),
    })
    expect(before.size).toBe(0)
    const payout = await aPaidPayout()
    const fee = committed(shop)[0]?.fee ?? ""
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    await shop.passTime(10 * MINUTE_MS)

    const began_at = await databaseNow(shop.books.db)
    const effects = await fundingEffects(shop.books.db, { began_at })
    expect(effects.get("USD")).toEqual({
      low: -BigInt(fee.replace(".", "")),
      high: 0n,
    })
    const [wallet] = shop.sandbox.control.state().funding_wallets
    expect(Number(wallet?.balance)).toBeCloseTo(1_000_000 - Number(fee), 6)
  })

  it("that its sender died over is decided by truth alone", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    const dead = dispatchPayouts(
      shop.deps({
        failpoint: (name) =>
          name === "take_back.claimed"
            ? new Promise<void>(() => undefined)
            : undefined,
      })
    )
    void dead
    await untilAttempted()
    await lookLater()

    expect(asked()).toHaveLength(0)
    expect(await statusOf(payout)).toBe("completed")
    await dispatchPayouts(shop.deps())
    expect(asked()).toHaveLength(0)
    await expectAllToAgree()
  })
})

describe("of which only a part came back", () => {
  async function aPart(): Promise<TestPayout> {
    const payout = await aPaidPayout()
    shop.sandbox.control.changeSettings({ payout_reversal: "half" })
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await lookLater()
    return payout
  }

  it("is for a person, opens nothing, and is completed when she asks again", async () => {
    const payout = await aPart()
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "needs_review",
      review_reason: "partly_reversed",
    })
    expect([await remoteStatus(), await proofOfReversal()]).toEqual([
      "PARTLY_REVERSED",
      "executed",
    ])
    expect(await openEntries()).toEqual([])
    await untilQuiet(shop)
    await readAgain()
    expect(await statusOf(payout)).toBe("needs_review")

    await shop.passTime(MINUTE_MS)
    await lookUp(payout)
    expect(await statusOf(payout)).toBe("completed")
    await readAgain()
    expect(await statusOf(payout)).toBe("completed")
    expect(asked()).toHaveLength(1)
    await expectAllToAgree()
  })

  it("is not completed by somebody who asked about something else", async () => {
    const payout = await aDirectPayout(shop)
    shop.sandbox.control.changeSettings({ payout_delivery_seconds: 999_999 })
    await dispatchPayouts(shop.deps())
    const { payout_token } = committed(shop)[0] ?? { payout_token: "" }
    const say = (status: "ERROR" | "COMPLETED") =>
      shop.sandbox.control.setPayoutStatus(payout_token, { status })
    say("ERROR")
    await lookLater()
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "needs_review",
      review_reason: "payout_error",
    })
    say("COMPLETED")
    shop.sandbox.control.changeSettings({ payout_reversal: "half" })
    await reverseByHand()

    await shop.passTime(MINUTE_MS)
    await lookUp(payout)
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "needs_review",
      review_reason: "partly_reversed",
    })
    expect(toldOf("partly_reversed")).toHaveLength(1)
    await shop.passTime(MINUTE_MS)
    await lookUp(payout)
    expect(await statusOf(payout)).toBe("completed")
    await expectBooksToAgree(shop)
  })

  it("of one that was completed is told, once", async () => {
    const payout = await aPaidPayout()
    shop.sandbox.control.changeSettings({ payout_reversal: "half" })
    await reverseByHand()
    await shop.passTime(MINUTE_MS)
    await lookUp(payout)
    await readAgain()
    await shop.passTime(MINUTE_MS)
    await lookUp(payout)

    expect(await statusOf(payout)).toBe("completed")
    expect(await remoteStatus()).toBe("PARTLY_REVERSED")
    expect(toldOf("partly_reversed")).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("is reversed once the rest is back as well", async () => {
    const payout = await aPart()
    shop.sandbox.control.changeSettings({ payout_reversal: "whole" })
    await reverseByHand()
    await readAgain()
    expect(await statusOf(payout)).toBe("cancelled")
    await lookLater(2 * 60 * MINUTE_MS)
    expect(await statusOf(payout)).toBe("void")
    expect(await openEntries()).toEqual([{ amount: "10000" }])
    expect(isBack()).toBe(true)
    await expectBooksToAgree(shop)
  })
})

describe("somebody else at MassPay reversed it", () => {
  it("and an operator who looks it up sees that, once", async () => {
    const payout = await aPaidPayout()
    await reverseByHand()
    await readAgain()
    expect(await statusOf(payout)).toBe("completed")

    await shop.passTime(MINUTE_MS)
    await lookUp(payout)
    expect(await statusOf(payout)).toBe("cancelled")
    await readAgain()
    await lookLater(2 * 60 * MINUTE_MS)
    await readAgain()
    expect(await statusOf(payout)).toBe("void")
    expect(await openEntries()).toEqual([{ amount: "10000" }])
    expect(asked()).toHaveLength(1)
    await expectAllToAgree()
  })

  it("and books that forgot their own asking find it before anything is paid", async () => {
    const payout = await aPaidPayout()
    await reverseByHand()
    const deps = () =>
      shop.deps({ direct: { ...DEFAULT_DIRECT, may_reverse: true } })
    await shop.passTime(MINUTE_MS)
    await shop.books.db.rows(
      `update masspay_control set value = jsonb_set(value, '{identity,database_oid}', '"1"')
        where key = 'database_identity'`
    )
    await adoptAfterRestore(deps())
    await shop.passTime(10 * MINUTE_MS)
    await adoptAfterRestore(deps())

    expect(await statusOf(payout)).toBe("cancelled")
    await lookLater(2 * 60 * MINUTE_MS)
    expect(await openEntries()).toEqual([{ amount: "10000" }])
    await expectBooksToAgree(shop)
  })

  it("is refused by MassPay when it is asked for again, and found", async () => {
    const payout = await aPaidPayout()
    await reverseByHand()
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await lookLater()
    expect(await statusOf(payout)).toBe("reversed")
    expect(await openEntries()).toEqual([{ amount: "10000" }])
    await expectAllToAgree()
  })
})

describe("an operator", () => {
  it("is refused where the option is off, whatever the one for loads says", async () => {
    const payout = await aPaidPayout()
    const rules = { ...RULES, may_reverse_direct: false }
    for (const dry_run of [true, false]) {
      await expect(
        act("reverse", payout, { rules, dry_run })
      ).rejects.toMatchObject({ code: "direct_option_off" })
    }
    await dispatchPayouts(shop.deps())
    expect(asked()).toHaveLength(0)

    await act("reverse", payout, {
      rules: { ...RULES, may_reverse: false },
      dry_run: true,
    })
    expect(await statusOf(payout)).toBe("completed")
    await act("reverse", payout, { rules: { ...RULES, may_reverse: false } })
    expect(await statusOf(payout)).toBe("reversing")
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    expect(await statusOf(payout)).toBe("reversed")
    await expectAllToAgree()
  })

  it("is told why it is not offered, and what it would do where it is", async () => {
    const payout = await aPaidPayout()
    const offered = async (change: Partial<typeof RULES>) => {
      const actions = await allowedActions(shop.books.db, {
        payout_id: payout.id,
        actor: "user_1",
        rules: { ...RULES, ...change },
      })
      return actions?.find(({ action }) => action === "reverse")?.verdict
    }
    expect(await offered({ may_reverse_direct: false })).toMatchObject({
      allowed: false,
      code: "direct_option_off",
      message: expect.stringContaining("direct.allowReversal") as string,
    })
    expect(await offered({ may_reverse: false })).toMatchObject({
      allowed: true,
      to: "reversing",
      needs_second: false,
    })
    await reverse(payout)
    expect(await offered({})).toMatchObject({ code: "wrong_status" })
    shop.sandbox.control.changeSettings({ payout_reversal: "refuse" })
    await dispatchPayouts(shop.deps())
    await lookLater()
    expect(await offered({})).toMatchObject({ code: "tried_before" })
  })

  it("is refused before it has arrived, and after it came back", async () => {
    const payee = await aDirectPayee(shop)
    shop.sandbox.control.changeSettings({ payout_delivery_seconds: 999_999 })
    const payout = await aDirectPayout(shop, { payee })
    await expect(act("reverse", payout)).rejects.toMatchObject({
      code: "wrong_status",
    })
    await dispatchPayouts(shop.deps())
    await expect(act("reverse", payout)).rejects.toMatchObject({
      code: "wrong_status",
    })
    await expect(reverse(payout)).rejects.toMatchObject({
      reason: "wrong_status",
    })
    await dispatchPayouts(shop.deps())
    expect(asked()).toHaveLength(0)
    await expectBooksToAgree(shop)
  })
})

async function untilAttempted(): Promise<void> {
  const deadline = performance.now() + 10_000
  for (;;) {
    const rows = await shop.books.db.rows(
      `select 1 from masspay_attempt a
         join masspay_operation o on o.id = a.operation_id
        where o.kind = 'reverse'`
    )
    if (rows.length > 0) return
    if (performance.now() > deadline) throw new Error("It was never attempted")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
