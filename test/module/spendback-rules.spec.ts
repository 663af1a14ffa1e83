import { collectDue } from "../../src/modules/masspay/queries/collect"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import {
  type SpendbackRefusal,
  SpendbackRefusedError,
} from "../../src/modules/masspay/queries/spendback"
import type { RemoteSpendbackStatus } from "../../src/modules/masspay-gateway/types"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  type Shop,
  timelineOf,
} from "../support/payout-shop"
import {
  anEntry,
  aPaidPayee,
  aSpendback,
  openAmounts,
  type PaidPayee,
  readInFullNext,
  saying,
  sentSpendbacks,
  spendBack,
  type TestSpendback,
} from "../support/spendbacks"

const HOUR_MS = 60 * MINUTE_MS
const WAIT_MS = 5 * MINUTE_MS

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const statusOf = async ({ id }: { id: string }) =>
  (await readPayout(shop, id)).status

async function expectSoundBooks(): Promise<void> {
  const results = await checkInvariants(shop.books.db)
  expect(results.filter(({ holds }) => !holds)).toEqual([])
}

const collect = () =>
  collectDue(shop.books.db, {
    policy: {
      minimum: {},
      notify_payee: false,
      source_tokens: { USD: shop.source_token },
    },
    tag: shop.tag,
    limit: 100,
  })

/** What a restore leaves: books that were written by another database. */
async function moveBooks(): Promise<void> {
  await shop.books.db.rows(
    `update masspay_control set value = jsonb_set(value, '{identity,database_oid}', '"1"')
      where key = 'database_identity'`
  )
}

async function adoptEverything(): Promise<void> {
  await moveBooks()
  await adoptAfterRestore(shop.deps(), { wait_ms: WAIT_MS })
  await shop.passTime(WAIT_MS)
  expect(
    await adoptAfterRestore(shop.deps(), { wait_ms: WAIT_MS })
  ).toMatchObject({ state: "finished" })
}

async function sweepOrders(): Promise<void> {
  await shop.passTime(1_000)
  await shop.books.db.rows(
    `insert into masspay_control (key, value)
     values ('watermark:rescan', jsonb_build_object('watermark', masspay_now()))
     on conflict (key) do update set value = excluded.value`
  )
}

describe("more than is owed is never taken", () => {
  it("not more than the whole deficit, due or not", async () => {
    const payee = await aPaidPayee(shop)
    await anEntry(shop, payee, 20_00n)
    await shop.books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values ('mslen_later', ?, 'USD', 500, 'adjustment', 'later', 'test',
               masspay_now() + interval '30 days')`,
      [payee.vendor_id]
    )
    const debt = await anEntry(shop, payee, -40_00n)
    const small = await anEntry(shop, payee, -3_00n)

    // She owes 18.00 on the whole.
    await expect(spendBack(shop, payee, [debt])).rejects.toMatchObject({
      reason: "over_deficit",
    })
    await expect(spendBack(shop, payee, [debt, small])).rejects.toMatchObject({
      reason: "over_deficit",
    })
    expect(await spendBack(shop, payee, [small])).toMatchObject({
      amount: -3_00n,
    })
    await expectSoundBooks()
  })

  it("nothing of a vendor who owes nothing", async () => {
    const payee = await aPaidPayee(shop)
    const debt = await anEntry(shop, payee, -5_00n)
    await anEntry(shop, payee, 5_00n)

    await expect(spendBack(shop, payee, [debt])).rejects.toMatchObject({
      reason: "over_deficit",
    })
  })

  it("what is owed once is taken once, however many ask at once", async () => {
    const payee = await aPaidPayee(shop)
    const debt = await anEntry(shop, payee, -5_00n)
    const asks = await Promise.allSettled(
      Array.from({ length: 4 }, () => spendBack(shop, payee, [debt]))
    )

    expect(asks.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    await dispatchPayouts(shop.deps())
    expect(sentSpendbacks(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("two debts that fit one by one and not together are not both taken", async () => {
    const payee = await aPaidPayee(shop)
    await anEntry(shop, payee, 5_00n)
    const debts = [
      await anEntry(shop, payee, -6_00n),
      await anEntry(shop, payee, -6_00n),
    ]
    const asks = await Promise.allSettled(
      debts.map((debt) => spendBack(shop, payee, [debt]))
    )

    expect(asks.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
  })
})

describe("nothing is written for", () => {
  let payee: PaidPayee
  let debt: string
  beforeEach(async () => {
    payee = await aPaidPayee(shop)
    debt = await anEntry(shop, payee, -5_00n)
  })
  const expectRefused = async (reason: SpendbackRefusal, entries = [debt]) => {
    await expect(spendBack(shop, payee, entries)).rejects.toEqual(
      new SpendbackRefusedError(reason)
    )
    const rows = await shop.books.db.rows(
      `select id from masspay_payout where method = 'spendback'`
    )
    expect(rows).toEqual([])
  }
  const setPayee = (assignment: string) =>
    shop.books.db.rows(`update masspay_payee set ${assignment} where id = ?`, [
      payee.id,
    ])

  it("no entries", () => expectRefused("not_open", []))
  it("an entry that is not hers", async () => {
    const other = await aPayee(shop)
    await expectRefused("not_open", [await anEntry(shop, other, -5_00n)])
  })
  it("an entry that a payout has", async () => {
    await anEntry(shop, payee, 5_00n)
    await collect()
    await expectRefused("not_open")
  })
  it("what she is owed", async () => {
    await expectRefused("not_negative", [
      debt,
      await anEntry(shop, payee, 1_00n),
    ])
  })
  it("a vendor nobody knows", async () => {
    payee = { ...payee, vendor_id: "vendor_nobody" }
    await expectRefused("no_payee")
  })
  it("a payee who is locked", async () => {
    await setPayee(`status = 'locked'`)
    await expectRefused("not_fit")
  })
  it("a payee who is paused", async () => {
    await setPayee(`is_paused = true`)
    await expectRefused("not_fit")
  })
  it("a payee who has to be read in full", async () => {
    await setPayee(`needs_adoption = true`)
    await expectRefused("needs_adoption")
  })
  it("books that may have forgotten something", async () => {
    await moveBooks()
    await expectRefused("books_unknown")
  })
  it("what is owed, before every order was settled again after a restore", async () => {
    await adoptEverything()
    await expectRefused("orders_not_swept")
    await sweepOrders()
    expect(await spendBack(shop, payee, [debt])).toMatchObject({
      amount: -5_00n,
    })
  })
})

describe("nothing is sent", () => {
  it("to a payee who was paused since", async () => {
    const { payee } = await aSpendback(shop)
    await shop.books.db.rows(
      `update masspay_payee set is_paused = true where id = ?`,
      [payee.id]
    )
    expect((await dispatchPayouts(shop.deps())).claimed).toBe(0)
  })

  it("before the orders were settled again after a restore", async () => {
    await aSpendback(shop)
    await shop.books.db.rows(
      `update masspay_control
          set value = value || jsonb_build_object('noticed_at', masspay_now())
        where key = 'database_identity'`
    )
    expect((await dispatchPayouts(shop.deps())).claimed).toBe(0)
    await sweepOrders()
    expect((await dispatchPayouts(shop.deps())).claimed).toBe(1)
  })
})

it("waits for no funding wallet", async () => {
  await shop.close()
  shop = await openShop({ funds: "100.00" })
  const payee = await aPaidPayee(shop, 100_00n)
  const tooMuch = await aPayout(shop, { amount: 50_00n })
  const spendback = await aSpendback(shop, { payee, amount: -60_00n })
  await shop.passTime(MINUTE_MS)
  await dispatchPayouts(shop.deps())

  expect(await statusOf(tooMuch)).toBe("blocked")
  expect(await statusOf(spendback)).toBe("completed")
  await shop.passTime(2 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  await dispatchPayouts(shop.deps())
  // What came back pays the next one.
  expect(await statusOf(tooMuch)).toBe("completed")
  await expectBooksToAgree(shop)
})

describe("truth that changes", () => {
  /** A look at all of her, with this said of her spendbacks. */
  async function lookAt(
    { payee }: TestSpendback,
    status: RemoteSpendbackStatus
  ): Promise<void> {
    await readInFullNext(shop, payee)
    await resolvePayouts(shop.deps({ wire: saying(shop, status) }))
    await expectSoundBooks()
  }

  /** Completed, cancelled after all, and released. */
  async function aReturnedSpendback(): Promise<TestSpendback> {
    const spendback = await aSpendback(shop)
    await dispatchPayouts(shop.deps())
    await lookAt(spendback, "CANCELLED")
    expect(await statusOf(spendback)).toBe("cancelled")
    expect(await openAmounts(shop)).toEqual([])
    await shop.passTime(62 * MINUTE_MS)
    await lookAt(spendback, "CANCELLED")
    expect(await statusOf(spendback)).toBe("void")
    return spendback
  }

  it("gives her debt back to her, and never spends it back again", async () => {
    const spendback = await aReturnedSpendback()

    expect(await openAmounts(shop)).toEqual(["-3000"])
    await expect(
      spendBack(shop, spendback.payee, [spendback.entry_id])
    ).rejects.toMatchObject({ reason: "refused_before" })
  })

  it("books nothing while its entries are held", async () => {
    const spendback = await aSpendback(shop)
    await dispatchPayouts(shop.deps())
    await lookAt(spendback, "CANCELLED")
    await lookAt(spendback, "COMPLETED")

    expect(await statusOf(spendback)).toBe("completed")
    expect(await openAmounts(shop)).toEqual([])
    await expectBooksToAgree(shop)
  })

  it("credits her once for what was taken after its debt was opened again, and debits her once when it is not", async () => {
    const spendback = await aReturnedSpendback()
    for (let look = 0; look < 3; look += 1) {
      await lookAt(spendback, "COMPLETED")
      expect(await openAmounts(shop)).toEqual(["-3000", "3000"])
    }
    for (let look = 0; look < 3; look += 1) {
      await lookAt(spendback, "CANCELLED")
      expect(await openAmounts(shop)).toEqual(["-3000", "-3000", "3000"])
    }
    // Neither the debt nor what its return booked is taken again.
    const [effect] = await shop.books.db.rows<{ id: string }>(
      `select id from masspay_ledger_entry where kind = 'overpayment' and amount < 0`
    )
    await expect(
      spendBack(shop, spendback.payee, [effect?.id ?? ""])
    ).rejects.toMatchObject({ reason: "refused_before" })
    await lookAt(spendback, "PROCESSING")
    expect(await openAmounts(shop)).toEqual(["-3000", "-3000", "3000", "3000"])
    expect(sentSpendbacks(shop)).toHaveLength(1)
  })

  it("closes debt and credit with each other, and sends nothing", async () => {
    const spendback = await aReturnedSpendback()
    await lookAt(spendback, "COMPLETED")

    expect((await collect()).payouts).toMatchObject([
      { method: "netting", amount: 0n },
    ])
    await expectBooksToAgree(shop)
  })

  it("gives up what waits to be paid only when it makes her owe more", async () => {
    const spendback = await aReturnedSpendback()
    const hold = async () => {
      const payout = await aPayout(shop, {
        payee: spendback.payee,
        amount: 7_00n,
      })
      await shop.books.db.rows(
        `update masspay_payout set next_attempt_at = masspay_now() + interval '30 days'
          where id = ?`,
        [payout.id]
      )
      return payout
    }
    const waiting = await hold()
    await lookAt(spendback, "COMPLETED")
    expect(await statusOf(waiting)).toBe("ready")
    await lookAt(spendback, "CANCELLED")
    expect(await timelineOf(shop, waiting.id)).toEqual([
      "collected>ready",
      "remade>void",
    ])
  })

  it("is not believed when it is of another amount", async () => {
    const spendback = await aReturnedSpendback()
    await readInFullNext(shop, spendback.payee)
    const list = await shop.wire.listSpendbacks(spendback.payee.user_token)
    await resolvePayouts(
      shop.deps({
        wire: {
          ...shop.wire,
          listSpendbacks: () =>
            Promise.resolve({
              ...list,
              spendbacks: list.spendbacks.map((one) => ({
                ...one,
                amount: one.amount + 1n,
              })),
            }),
        },
      })
    )

    expect(await statusOf(spendback)).toBe("void")
    expect(await openAmounts(shop)).toEqual(["-3000"])
    expect(shop.logs.some((line) => line.includes("flip_unclear"))).toBe(true)
  })
})

describe("a spendback that these books do not know", () => {
  /** Sent by the lost database. */
  async function aForgottenSpendback(
    payee: PaidPayee,
    { id = `mpl${shop.tag}forgotten`, amount = 30 } = {}
  ): Promise<void> {
    const response = await fetch(
      `${shop.sandbox.url}/v1.0.0/payout/spendback/${payee.user_token}`,
      {
        method: "POST",
        headers: {
          authorization: `Bearer ${shop.sandbox.apiKey}`,
          "content-type": "application/json",
          "idempotency-key": id,
        },
        body: JSON.stringify({
          client_spendback_id: id,
          source_token: payee.wallet_token,
          source_currency_code: "USD",
          amount,
        }),
      }
    )
    expect(response.status).toBe(201)
  }

  it("is adopted after a restore and credited to her, and her debt is not taken twice", async () => {
    const payee = await aPaidPayee(shop)
    await aForgottenSpendback(payee)
    const debt = await anEntry(shop, payee, -30_00n)
    await adoptEverything()
    await sweepOrders()

    expect(await openAmounts(shop)).toEqual(["-3000", "3000"])
    await expect(spendBack(shop, payee, [debt])).rejects.toMatchObject({
      reason: "over_deficit",
    })
    expect((await collect()).payouts).toMatchObject([{ method: "netting" }])
    await adoptEverything()
    expect(sentSpendbacks(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("keeps everybody waiting after a restore while its status cannot be read", async () => {
    const payee = await aPaidPayee(shop)
    await aForgottenSpendback(payee)
    await moveBooks()
    const adopt = () => adoptAfterRestore(shop.deps(), { wait_ms: WAIT_MS })
    await adopt()
    await shop.passTime(WAIT_MS)
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/history",
    })

    expect(await adopt()).toMatchObject({ state: "reading", unread: 1 })
    expect(await openAmounts(shop)).toEqual([])
    expect(await adopt()).toMatchObject({ state: "finished" })
    expect(await openAmounts(shop)).toEqual(["3000"])
    await expectBooksToAgree(shop)
  })

  it("stops her pay for a person when MassPay does not tell what became of it", async () => {
    const payee = await aPaidPayee(shop)
    await aForgottenSpendback(payee)
    await moveBooks()
    const wire = saying(shop, "UNRECOGNISED")
    await adoptAfterRestore(shop.deps({ wire }), { wait_ms: WAIT_MS })
    await shop.passTime(WAIT_MS)
    await adoptAfterRestore(shop.deps({ wire }), { wait_ms: WAIT_MS })

    const [row] = await shop.books.db.rows<{ is_paused: boolean }>(
      `select is_paused from masspay_payee where id = ?`,
      [payee.id]
    )
    expect(row?.is_paused).toBe(true)
    await expectSoundBooks()
  })

  it("is booked, and its vendor waits for a person, without a restore", async () => {
    const payee = await aPaidPayee(shop)
    await aForgottenSpendback(payee)
    await readInFullNext(shop, payee)
    await resolvePayouts(shop.deps())

    const [row] = await shop.books.db.rows<{ is_paused: boolean }>(
      `select is_paused from masspay_payee where id = ?`,
      [payee.id]
    )
    expect(row?.is_paused).toBe(true)
    expect(await openAmounts(shop)).toEqual(["3000"])
    await expectBooksToAgree(shop)
  })
})

it("what was never sent is given up after a restore, and may be asked for again", async () => {
  const spendback = await aSpendback(shop)
  await adoptEverything()
  expect(await statusOf(spendback)).toBe("void")
  await sweepOrders()

  expect(
    await spendBack(shop, spendback.payee, [spendback.entry_id])
  ).toMatchObject({ amount: -30_00n })
  await dispatchPayouts(shop.deps())
  await shop.passTime(HOUR_MS)
  await expectBooksToAgree(shop)
})

describe("the invariants see", () => {
  const broken = async (id: string, damage: string) => {
    const { id: payout_id } = await aSpendback(shop)
    await dispatchPayouts(shop.deps())
    await expectSoundBooks()
    await shop.books.db.tx(async (sql) => {
      await sql.rows(`set local session_replication_role = replica`)
      await sql.rows(damage, [payout_id])
    })
    const results = await checkInvariants(shop.books.db)
    expect(
      results.filter(({ holds }) => !holds).map((row) => row.id)
    ).toContain(id)
  }

  it("a spendback without its operation", () =>
    broken(
      "I4",
      `update masspay_operation set kind = 'load' where payout_id = ?`
    ))
  it("a spendback that MassPay did not execute and the books count", () =>
    broken(
      "I9",
      `update masspay_operation set remote_status = 'CANCELLED' where payout_id = ?`
    ))
  it("a spendback of another amount than its entries", () =>
    broken(
      "I1",
      `update masspay_payout_item set amount = amount - 1 where payout_id = ?`
    ))
})
