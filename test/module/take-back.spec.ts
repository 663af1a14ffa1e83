import { requestTakeBack } from "../../src/modules/masspay/queries/take-back"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayout,
  DEADLINE_MS,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  type Shop,
  type TestPayout,
  timelineOf,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop({ wire_ms: DEADLINE_MS })
})
afterEach(() => shop.close())

async function aPaidPayout(): Promise<TestPayout> {
  const payout = await aPayout(shop)
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
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

const asked = () => requests(shop).filter((entry) => entry.method === "DELETE")

const openEntries = () =>
  shop.books.db.rows(`select amount::text as amount from masspay_open_entry`)

async function lookLater(): Promise<void> {
  await shop.passTime(5 * MINUTE_MS)
  await resolvePayouts(shop.deps())
}

describe("a load that is taken back", () => {
  it("opens its entries again once MassPay's list says that it is cancelled", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    expect(await dispatchPayouts(shop.deps())).toMatchObject({ taken_back: 1 })

    // The answer alone proves nothing.
    expect((await readPayout(shop, payout.id)).status).toBe("reversing")
    expect(await openEntries()).toEqual([])
    await resolvePayouts(shop.deps())

    expect(await timelineOf(shop, payout.id)).toEqual([
      "collected>ready",
      "claimed>sending",
      "completed>completed",
      "reversal_started>reversing",
      "found_cancelled>reversed",
    ])
    expect(await openEntries()).toEqual([{ amount: "1234" }])
    await expectBooksToAgree(shop)
  })

  it("is asked for once, however often somebody asks", async () => {
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

    expect(asked()).toHaveLength(1)
    await expect(reverse(payout)).rejects.toMatchObject({
      reason: "tried_before",
    })
  })

  it.each([
    ["400_reject", 1],
    ["execute_then_500", 1],
    ["execute_then_drop", 1],
    ["drop_before_execute", 1],
    ["502_html", 1],
    ["200_garbage", 1],
  ] as const)(
    "is never asked for twice after an answer that may mean anything (%s), and truth decides",
    async (fault, times) => {
      const payout = await aPaidPayout()
      shop.sandbox.control.armFault({ fault, method: "DELETE", times })
      await reverse(payout)
      await dispatchPayouts(shop.deps())
      await dispatchPayouts(shop.deps())
      await lookLater()
      await dispatchPayouts(shop.deps())

      expect(asked()).toHaveLength(1)
      const [load] = shop.sandbox.control.loads().loads
      expect((await readPayout(shop, payout.id)).status).toBe(
        load?.status === "CANCELLED" ? "reversed" : "completed"
      )
      await expectBooksToAgree(shop)
    }
  )

  it("is asked for again after a request that certainly did not count", async () => {
    const payout = await aPaidPayout()
    shop.sandbox.control.armFault({ fault: "429", method: "DELETE" })
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("reversing")
    await shop.passTime(20 * MINUTE_MS)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())

    expect(asked()).toHaveLength(2)
    expect((await readPayout(shop, payout.id)).status).toBe("reversed")
    await expectBooksToAgree(shop)
  })

  it("is not given up as still paid before MassPay must show it", async () => {
    const payout = await aPaidPayout()
    shop.sandbox.control.armFault({
      fault: "delay_then_execute",
      delay_ms: 5_000,
      method: "DELETE",
    })
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())

    expect((await readPayout(shop, payout.id)).status).toBe("reversing")
    await untilCancelled()
    await lookLater()
    expect((await readPayout(shop, payout.id)).status).toBe("reversed")
    await expectBooksToAgree(shop)
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
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    await dispatchPayouts(shop.deps())
    expect(asked()).toHaveLength(0)
    await expectBooksToAgree(shop)
  })

  it("and flips back is booked as overpaid", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    const [load] = shop.sandbox.control.loads().loads
    shop.sandbox.control.setLoadStatus(load?.load_token ?? "", "COMPLETED")
    await shop.passTime(25 * 60 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(await openEntries()).toEqual(
      expect.arrayContaining([{ amount: "1234" }, { amount: "-1234" }])
    )
    await expectBooksToAgree(shop)
  })
})

describe("what is never taken back", () => {
  it("a payout that is not completed", async () => {
    const payout = await aPayout(shop)

    await expect(reverse(payout)).rejects.toMatchObject({
      reason: "wrong_status",
    })
  })

  it("anything before the orders were swept again after a restore", async () => {
    const payout = await aPaidPayout()
    await reverse(payout)
    await shop.books.db.rows(
      `update masspay_control
          set value = value || jsonb_build_object('noticed_at', masspay_now())
        where key = 'database_identity'`
    )
    await dispatchPayouts(shop.deps())
    expect(asked()).toHaveLength(0)

    await shop.passTime(MINUTE_MS)
    await shop.books.db.rows(
      `insert into masspay_control (key, value)
       values ('watermark:rescan', jsonb_build_object('watermark', masspay_now()))`
    )
    await dispatchPayouts(shop.deps())
    expect(asked()).toHaveLength(1)
  })
})

async function untilCancelled(): Promise<void> {
  await until(() =>
    shop.sandbox.control
      .loads()
      .loads.every((load) => load.status === "CANCELLED")
  )
}

async function untilAttempted(): Promise<void> {
  let count = 0
  await until(async () => {
    const rows = await shop.books.db.rows(
      `select 1 from masspay_attempt a
         join masspay_operation o on o.id = a.operation_id
        where o.kind = 'reverse'`
    )
    count = rows.length
    return count > 0
  })
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error("It never became true")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
