import type { FaultInput } from "../../sandbox"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  DEADLINE_MS,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  type Shop,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"
import {
  aPaidPayee,
  aSpendback,
  openAmounts,
  saying,
  sentSpendbacks,
  spendBack,
} from "../support/spendbacks"

const HOUR_MS = 60 * MINUTE_MS

let shop: Shop
beforeEach(async () => {
  shop = await openShop({ wire_ms: DEADLINE_MS })
})
afterEach(() => shop.close())

const onSpendbacks = (fault: FaultInput): FaultInput => ({
  method: "POST",
  path: "/spendback/",
  ...fault,
})
const executed = () =>
  Object.values(shop.sandbox.control.audit().executed_spendbacks)
const statusOf = async ({ id }: { id: string }) =>
  (await readPayout(shop, id)).status

/** What the ledger says that she was paid and not yet taken back. */
async function withHer(): Promise<string> {
  const [row] = await shop.books.db.rows<{ amount: string }>(
    `select coalesce(sum(i.amount), 0)::text as amount
       from masspay_payout_item i join masspay_payout p on p.id = i.payout_id
      where p.status = 'completed' and i.released_at is null`
  )
  return row?.amount ?? "0"
}

it("takes what she owes out of her wallet, once", async () => {
  const spendback = await aSpendback(shop)

  await Promise.all([
    dispatchPayouts(shop.deps()),
    dispatchPayouts(shop.deps()),
  ])
  await resolvePayouts(shop.deps())
  await dispatchPayouts(shop.deps())

  expect(sentSpendbacks(shop)).toHaveLength(1)
  expect(await timelineOf(shop, spendback.id)).toEqual([
    "collected>ready",
    "claimed>sending",
    "completed>completed",
  ])
  const [wallet] = await shop.wire.listWallets(spendback.payee.user_token)
  expect(wallet?.balance).toBe(70_00n)
  expect(await withHer()).toBe("7000")
  await expectBooksToAgree(shop)
})

it("sends exactly the bytes that were written down before", async () => {
  const { id } = await aSpendback(shop)
  await dispatchPayouts(shop.deps())

  const [attempt] = await shop.books.db.rows<{ request_sha256: string }>(
    `select a.request_sha256 from masspay_attempt a
       join masspay_operation o on o.id = a.operation_id
      where o.payout_id = ?`,
    [id]
  )
  expect(sentSpendbacks(shop).map((entry) => entry.body_sha256)).toEqual([
    attempt?.request_sha256,
  ])
})

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
    "is neither counted before proof nor sent again when it was executed ($fault)",
    async (fault) => {
      const spendback = await aSpendback(shop)
      shop.sandbox.control.armFault(onSpendbacks(fault))

      await dispatchPayouts(shop.deps())
      expect(await statusOf(spendback)).toBe("unknown")
      expect(await withHer()).toBe("10000")
      expect(await openAmounts(shop)).toEqual([])
      await untilQuiet(shop)

      expect(sentSpendbacks(shop)).toHaveLength(1)
      expect(await statusOf(spendback)).toBe("completed")
      expect(executed()).toEqual([1])
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
      const spendback = await aSpendback(shop)
      shop.sandbox.control.armFault(onSpendbacks(fault))

      await dispatchPayouts(shop.deps())
      await resolvePayouts(shop.deps())
      expect(await statusOf(spendback)).toBe("unknown")
      await untilQuiet(shop)

      const sent = sentSpendbacks(shop)
      const key = `${spendback.client_id}-1`
      expect(sent.map((entry) => entry.idempotency_key)).toEqual([key, key])
      expect(new Set(sent.map((entry) => entry.body_sha256)).size).toBe(1)
      expect(executed()).toEqual([1])
      await expectBooksToAgree(shop)
    }
  )

  it("rotates the key after a saved 500 that executed nothing, and executes once", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(
      onSpendbacks({ fault: "500_without_executing" })
    )
    await untilQuiet(shop)

    expect(sentSpendbacks(shop).map((entry) => entry.idempotency_key)).toEqual([
      `${spendback.client_id}-1`,
      `${spendback.client_id}-2`,
    ])
    expect(await statusOf(spendback)).toBe("completed")
    expect(executed()).toEqual([1])
    await expectBooksToAgree(shop)
  })

  it("is sent once although the list lags, MassPay refuses no duplicate and the key is a day old", async () => {
    shop.sandbox.control.changeSettings({
      duplicate_client_spendback_id: "allow",
    })
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(onSpendbacks({ fault: "execute_then_drop" }))
    shop.sandbox.control.armFault({
      fault: "list_lag",
      lag_ms: HOUR_MS,
      path: "/spendback/",
      times: 1,
    })
    await dispatchPayouts(shop.deps())
    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await statusOf(spendback)).toBe("ready")
    await shop.passTime(23 * HOUR_MS)
    expect((await dispatchPayouts(shop.deps())).claimed).toBe(0)
    await untilQuiet(shop)

    expect(await statusOf(spendback)).toBe("completed")
    expect(executed()).toEqual([1])
    await expectBooksToAgree(shop)
  })

  it("does not believe a list that may be cut off", async () => {
    const payee = await aPaidPayee(shop)
    const spendback = await aSpendback(shop, { payee, amount: -5_00n })
    shop.sandbox.control.armFault(onSpendbacks({ fault: "execute_then_drop" }))
    await dispatchPayouts(shop.deps())
    for (let later = 0; later < 12; later += 1) {
      await aSpendback(shop, { payee, amount: -1_00n })
    }
    shop.sandbox.control.changeSettings({ spendback_list_max_rows: 10 })
    await untilQuiet(shop, { steps: 4 })

    expect(await statusOf(spendback)).toBe("unknown")
    shop.sandbox.control.changeSettings({ spendback_list_max_rows: null })
    await untilQuiet(shop)
    expect(await statusOf(spendback)).toBe("completed")
    expect(executed().every((times) => times === 1)).toBe(true)
    await expectBooksToAgree(shop)
  })

  it("that its sender died over is looked up, and what was executed is adopted", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(onSpendbacks({ fault: "execute_then_drop" }))
    let reached: () => void = () => undefined
    const answered = new Promise<void>((resolve) => (reached = resolve))
    void dispatchPayouts(
      shop.deps({
        failpoint: (name) => {
          if (name !== "dispatch.answered") return
          reached()
          return new Promise<void>(() => undefined)
        },
      })
    )
    await answered
    expect(await statusOf(spendback)).toBe("sending")
    await untilQuiet(shop)

    expect(sentSpendbacks(shop)).toHaveLength(1)
    expect(await statusOf(spendback)).toBe("completed")
    await expectBooksToAgree(shop)
  })
})

describe("a spendback of which MassPay shows no status", () => {
  it("is proven to exist and no more: it is neither counted nor sent again", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(onSpendbacks({ fault: "execute_then_drop" }))
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/history",
      times: 3,
    })
    await dispatchPayouts(shop.deps())
    for (let look = 0; look < 3; look += 1) {
      await shop.passTime(HOUR_MS)
      await resolvePayouts(shop.deps())
      await dispatchPayouts(shop.deps())
      expect(await statusOf(spendback)).toBe("unknown")
      expect(await withHer()).toBe("10000")
    }
    await shop.passTime(HOUR_MS)
    await resolvePayouts(shop.deps())

    expect(sentSpendbacks(shop)).toHaveLength(1)
    expect(await statusOf(spendback)).toBe("completed")
    await expectBooksToAgree(shop)
  })

  it("is parked after 72 hours, with its entries still taken", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(onSpendbacks({ fault: "execute_then_drop" }))
    await dispatchPayouts(shop.deps())
    const deps = () => shop.deps({ wire: saying(shop, "UNRECOGNISED") })
    await shop.passTime(71 * HOUR_MS)
    await resolvePayouts(deps())
    expect(await statusOf(spendback)).toBe("unknown")
    await shop.passTime(2 * HOUR_MS)
    await resolvePayouts(deps())

    expect(await readPayout(shop, spendback.id)).toMatchObject({
      status: "needs_review",
      review_reason: "unrecognised_status",
      items_released: false,
    })
    expect(sentSpendbacks(shop)).toHaveLength(1)
  })

  it("is not sent although nobody here sent it before", async () => {
    const spendback = await aSpendback(shop)
    await dispatchPayouts(shop.deps())
    // The books forgot that they sent it, and its debt is an old one.
    const again = await aSpendback(shop, { payee: spendback.payee })
    await shop.passTime(2 * HOUR_MS)
    const wire = {
      ...shop.wire,
      listSpendbacks: async (user_token: string) => {
        const list = await shop.wire.listSpendbacks(user_token)
        return {
          ...list,
          spendbacks: list.spendbacks.map((one) => ({
            ...one,
            spendback_token: "spnd_bk_other",
            client_spendback_id: again.client_id,
            status: "UNRECOGNISED" as const,
          })),
        }
      },
    }
    await resolvePayouts(shop.deps({ wire }))
    // It was looked up a moment ago, and its time has come.
    await shop.passTime(10 * MINUTE_MS)
    expect((await dispatchPayouts(shop.deps())).claimed).toBe(0)
    await shop.passTime(75 * HOUR_MS)
    await resolvePayouts(shop.deps({ wire }))

    expect(sentSpendbacks(shop)).toHaveLength(1)
    expect(await statusOf(again)).toBe("needs_review")
  })
})

describe("a spendback that MassPay refuses", () => {
  /** Her money is gone, as with an autopayout rule. */
  async function aRefusedSpendback() {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.withdrawAll(spendback.payee.user_token)
    await dispatchPayouts(shop.deps())
    return spendback
  }

  it("is given up after one look-up, and its entries are carried and never spent back again", async () => {
    const spendback = await aRefusedSpendback()
    // Her wallet is short, not ours: nobody else waits, and nobody is asked for money.
    expect(await readPayout(shop, spendback.id)).toMatchObject({
      status: "blocked",
      block_reason: "limit",
    })
    await shop.passTime(12 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await timelineOf(shop, spendback.id)).toEqual([
      "collected>ready",
      "claimed>sending",
      "refused>blocked",
      "voided>void",
    ])
    expect(await openAmounts(shop)).toEqual(["-3000"])
    await expect(
      spendBack(shop, spendback.payee, [spendback.entry_id])
    ).rejects.toMatchObject({ reason: "refused_before" })
    await shop.passTime(30 * HOUR_MS)
    await untilQuiet(shop)
    expect(sentSpendbacks(shop)).toHaveLength(1)
    const events = await shop.books.db.rows<{ name: string }>(
      `select name from masspay_outbox_event where name like '%funding%'`
    )
    expect(events).toEqual([])
    await expectBooksToAgree(shop)
  })

  it("is not given up before MassPay must show it, nor without a complete list", async () => {
    const spendback = await aRefusedSpendback()
    await shop.books.db.rows(
      `update masspay_payout set next_attempt_at = masspay_now()`
    )
    await resolvePayouts(shop.deps())
    expect(await statusOf(spendback)).toBe("blocked")
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/spendback/",
    })
    await shop.passTime(12 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await statusOf(spendback)).toBe("blocked")
    await shop.passTime(12 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await statusOf(spendback)).toBe("void")
  })

  it.each(["400_reject", "200_cancelled"] as const)(
    "for whatever reason is not sent again (%s)",
    async (fault) => {
      const spendback = await aSpendback(shop)
      shop.sandbox.control.armFault(onSpendbacks({ fault }))
      await untilQuiet(shop)
      await shop.passTime(3 * HOUR_MS)
      await resolvePayouts(shop.deps())
      await untilQuiet(shop)

      expect(sentSpendbacks(shop)).toHaveLength(1)
      expect(await readPayout(shop, spendback.id)).toMatchObject({
        status: "void",
        items_released: true,
      })
      await expect(
        spendBack(shop, spendback.payee, [spendback.entry_id])
      ).rejects.toMatchObject({ reason: "refused_before" })
      await expectBooksToAgree(shop)
    }
  )

  it("by a word in a 200 is only cancelled by a look-up, and released after the settle window", async () => {
    shop.sandbox.control.changeSettings({ insufficient_wallet: "failure" })
    const spendback = await aRefusedSpendback()
    expect(await statusOf(spendback)).toBe("unknown")
    await resolvePayouts(shop.deps())
    expect(await statusOf(spendback)).toBe("cancelled")
    expect(await openAmounts(shop)).toEqual([])
    await shop.passTime(62 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await statusOf(spendback)).toBe("void")
    expect(await openAmounts(shop)).toEqual(["-3000"])
    await expectBooksToAgree(shop)
  })

  it("by a word in a 200, and does not show, is given up on two looks and not sent again", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(onSpendbacks({ fault: "200_cancelled" }))
    const wire = {
      ...shop.wire,
      listSpendbacks: () =>
        Promise.resolve({ spendbacks: [], is_complete: true }),
    }
    await dispatchPayouts(shop.deps())
    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps({ wire }))
    expect(await statusOf(spendback)).toBe("unknown")
    await shop.passTime(12 * MINUTE_MS)
    await resolvePayouts(shop.deps({ wire }))

    expect(await timelineOf(shop, spendback.id)).toEqual([
      "collected>ready",
      "claimed>sending",
      "answered_cancelled>unknown",
      "not_found>ready",
      "voided>void",
    ])
    await dispatchPayouts(shop.deps())
    expect(sentSpendbacks(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("under a second key, although the first one counted, is completed by truth", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(onSpendbacks({ fault: "execute_then_500" }))
    shop.sandbox.control.armFault({
      fault: "list_lag",
      lag_ms: 90 * MINUTE_MS,
      path: "/spendback/",
      times: 2,
    })
    await dispatchPayouts(shop.deps())
    for (const pause of [5, 12]) {
      await shop.passTime(pause * MINUTE_MS)
      await resolvePayouts(shop.deps())
    }
    shop.sandbox.control.armFault(onSpendbacks({ fault: "400_reject" }))
    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, spendback.id)).toMatchObject({
      status: "blocked",
      key_seq: 2,
    })
    await shop.passTime(12 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await statusOf(spendback)).toBe("completed")
    expect(executed()).toEqual([1])
    await expectBooksToAgree(shop)
  })

  it("after an attempt that did not count is given up on two looks", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(
      onSpendbacks({ fault: "drop_before_execute" })
    )
    shop.sandbox.control.armFault(onSpendbacks({ fault: "400_reject" }))
    await dispatchPayouts(shop.deps())
    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    expect(await statusOf(spendback)).toBe("unknown")
    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await statusOf(spendback)).toBe("unknown")
    await untilQuiet(shop)

    expect(await statusOf(spendback)).toBe("void")
    expect(sentSpendbacks(shop)).toHaveLength(2)
    await expectBooksToAgree(shop)
  })

  it("because our key is refused is sent again with the same key", async () => {
    const spendback = await aSpendback(shop)
    shop.sandbox.control.armFault(onSpendbacks({ fault: "401" }))
    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, spendback.id)).toMatchObject({
      status: "blocked",
      block_reason: "auth",
    })
    await shop.passTime(11 * MINUTE_MS)
    await untilQuiet(shop)

    const key = `${spendback.client_id}-1`
    expect(sentSpendbacks(shop).map((entry) => entry.idempotency_key)).toEqual([
      key,
      key,
    ])
    expect(await statusOf(spendback)).toBe("completed")
    await expectBooksToAgree(shop)
  })
})
