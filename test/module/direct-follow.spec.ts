import { quoteId } from "../../src/domain/ids"
import { previewCollect } from "../../src/modules/masspay/queries/collect-preview"
import { requestTakeBack } from "../../src/modules/masspay/queries/take-back"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { applyWebhooks } from "../../src/runners/apply-webhooks"
import { collectPayouts } from "../../src/runners/collect"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { COLLECT } from "../support/collect-policy"
import {
  aDestination,
  aDirectPayee,
  aDirectPayout,
  committed,
  pay,
  sentCommits,
  sentQuotes,
} from "../support/direct"
import {
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  readPayout,
  type Shop,
  type TestPayout,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"
import { deliver } from "../support/webhooks"

const DAY_MS = 24 * 60 * MINUTE_MS

let shop: Shop
let payee: Payee
beforeEach(async () => {
  shop = await openShop()
  payee = await aDirectPayee(shop)
})
afterEach(() => shop.close())

const remote = () => {
  const [payout] = committed(shop)
  if (!payout) throw new Error("Nothing was committed")
  return payout
}
/** What is due is looked up, a day later. */
async function aDayLater(): Promise<void> {
  await shop.passTime(DAY_MS)
  await resolvePayouts(shop.deps())
}
const destinations = () =>
  shop.books.db.rows<{
    status: string
    status_reason: string | null
    returned_payout_id: string | null
  }>(
    `select status, status_reason, returned_payout_id from masspay_destination
      where payee_id = ? order by created_at`,
    [payee.id]
  )
const collect = () =>
  collectPayouts(shop.deps(), { policy: COLLECT, tag: shop.tag })
const whyNot = async () => {
  const { rows } = await previewCollect(shop.books.db, {
    policy: COLLECT,
    limit: 10,
    offset: 0,
  })
  return rows.map(({ reason }) => reason)
}
const open = async () => {
  const [row] = await shop.books.db.rows<{ sum: string | null }>(
    `select sum(amount)::text as sum from masspay_open_entry where vendor_id = ?`,
    [payee.vendor_id]
  )
  return Number(row?.sum ?? 0)
}

async function paid(): Promise<TestPayout> {
  const payout = await aDirectPayout(shop, { payee })
  await dispatchPayouts(shop.deps())
  await aDayLater()
  expect(await readPayout(shop, payout.id)).toMatchObject({
    status: "completed",
  })
  return payout
}

describe("money that comes back", () => {
  it("opens what it paid once, and nothing more goes there before somebody changed it", async () => {
    const payout = await paid()
    shop.sandbox.control.setPayoutStatus(remote().payout_token, {
      status: "CANCELLED",
      status_reason: "Account 12345678901 is closed",
    })
    await readAgain()
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "cancelled",
    })
    expect(await destinations()).toEqual([
      {
        status: "returned",
        status_reason: "returned",
        returned_payout_id: payout.id,
      },
    ])
    expect(await open()).toBe(0)
    await aDayLater()
    expect(await readPayout(shop, payout.id)).toMatchObject({ status: "void" })
    expect(await open()).toBe(100_00)
    const [quote] = await shop.books.db.rows<{ status_reason: string }>(
      `select status_reason from masspay_quote`
    )
    expect(quote?.status_reason).toBe("Account [number] is closed")

    await collect()
    expect(await whyNot()).toEqual(["destination_returned"])
    await untilQuiet(shop)
    expect(sentQuotes(shop)).toHaveLength(1)

    await aDestination(shop, payee)
    await collect()
    expect(await whyNot()).toEqual([])
    await untilQuiet(shop)
    await aDayLater()
    expect(committed(shop)).toHaveLength(2)
    await expectBooksToAgree(shop)
  })

  it("that arrives after all pays once, and clears the destination", async () => {
    const payout = await paid()
    const { payout_token } = remote()
    shop.sandbox.control.setPayoutStatus(payout_token, { status: "CANCELLED" })
    await readAgain()
    shop.sandbox.control.setPayoutStatus(payout_token, { status: "COMPLETED" })
    await readAgain()
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "completed",
    })
    expect(await destinations()).toMatchObject([{ status: "ready" }])
    await expectBooksToAgree(shop)
  })

  it("and was paid anew meanwhile is booked as too much when it arrives after all", async () => {
    const payout = await paid()
    const { payout_token } = remote()
    shop.sandbox.control.setPayoutStatus(payout_token, { status: "CANCELLED" })
    await readAgain()
    await aDayLater()
    expect(await readPayout(shop, payout.id)).toMatchObject({ status: "void" })
    await aDestination(shop, payee)
    await collect()
    await untilQuiet(shop)
    shop.sandbox.control.setPayoutStatus(payout_token, { status: "COMPLETED" })
    await readAgain()
    expect(await open()).toBe(-100_00)
    await readAgain()
    expect(await open()).toBe(-100_00)
  })

  /** She waits for nothing, and is read in full once a day. */
  async function readAgain(): Promise<void> {
    await shop.passTime(MINUTE_MS)
    await shop.books.db.rows(
      `update masspay_payee set read_in_full_at = masspay_now() - interval '25 hours'
        where id = ?`,
      [payee.id]
    )
    await resolvePayouts(shop.deps())
  }
})

describe("on its way", () => {
  it("is for a person when MassPay ends it with an error, and is not paid anew", async () => {
    shop.sandbox.control.changeSettings({ payout_delivery_seconds: 999_999 })
    const payout = await aDirectPayout(shop, { payee })
    await dispatchPayouts(shop.deps())
    const { payout_token } = remote()
    shop.sandbox.control.setPayoutStatus(payout_token, { status: "ERROR" })
    await aDayLater()
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "needs_review",
      review_reason: "payout_error",
    })
    await untilQuiet(shop)
    await aDayLater()
    expect(await open()).toBe(0)
    expect(committed(shop)).toHaveLength(1)
    // It is decided as soon as MassPay decides it.
    shop.sandbox.control.setPayoutStatus(payout_token, { status: "COMPLETED" })
    await deliver(shop, {
      event_type: "payout.status",
      payout_token,
      client_transfer_id: remote().client_transfer_id,
      status: "COMPLETED",
    })
    await applyWebhooks(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "completed",
    })
  })

  it.each(["HOLD", "READY_FOR_PICKUP", "SCHEDULED"] as const)(
    "stays accepted while MassPay says %s",
    async (status) => {
      shop.sandbox.control.changeSettings({ payout_delivery_seconds: 999_999 })
      const payout = await aDirectPayout(shop, { payee })
      await dispatchPayouts(shop.deps())
      shop.sandbox.control.setPayoutStatus(remote().payout_token, { status })
      await aDayLater()
      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "accepted",
      })
      const [row] = await shop.books.db.rows<{ remote_status: string }>(
        `select remote_status from masspay_operation where kind = 'commit'`
      )
      expect(row?.remote_status).toBe(status)
    }
  )

  it("is followed as soon as a message says that it changed", async () => {
    const payout = await aDirectPayout(shop, { payee })
    await dispatchPayouts(shop.deps())
    const { payout_token, client_transfer_id } = remote()
    await shop.passTime(MINUTE_MS)
    await deliver(shop, {
      event_type: "payout.status",
      payout_token,
      client_transfer_id,
      status: "COMPLETED",
    })
    await applyWebhooks(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "completed",
    })
    const [event] = await shop.books.db.rows<{ state: string }>(
      `select state from masspay_webhook_event`
    )
    expect(event?.state).toBe("applied")
  })

  it.each([
    ["CANCELLED", "void"],
    ["CANCELLATION_FAILED", "completed"],
  ] as const)(
    "may be cancelled, and only its own status says what came of it: %s",
    async (cancellation, end) => {
      shop.sandbox.control.changeSettings({
        payout_delivery_seconds: 3 * 60 * 60,
        payout_cancellation: cancellation,
      })
      const payout = await aDirectPayout(shop, { payee })
      await dispatchPayouts(shop.deps())
      await shop.books.db.tx((sql) =>
        requestTakeBack(sql, {
          payout_id: payout.id,
          kind: "cancel",
          tag: shop.tag,
          actor: "user_1",
          cause: null,
        })
      )
      await dispatchPayouts(shop.deps())
      await shop.passTime(6 * MINUTE_MS)
      await resolvePayouts(shop.deps())
      await aDayLater()
      await aDayLater()
      expect(await readPayout(shop, payout.id)).toMatchObject({ status: end })
      // We asked for it: that says nothing about where it went.
      expect(await destinations()).toMatchObject([{ status: "ready" }])
      await expectBooksToAgree(shop)
    }
  )
})

describe("a commit that MassPay refuses", () => {
  it("for want of details waits until the destination has them", async () => {
    const payout = await aDirectPayout(shop, { payee })
    shop.sandbox.control.scriptPayouts({
      user_token: payee.user_token,
      commit: "addtl_attr_req",
      times: 1,
    })
    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "vendor",
    })
    expect(await destinations()).toMatchObject([
      { status: "incomplete", status_reason: "attributes_required" },
    ])
    await untilQuiet(shop)
    expect(sentCommits(shop)).toHaveLength(1)
    await aDestination(shop, payee)
    await readUser()
    await untilBlockedNoMore(payout)
    expect(committed(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("for want of funds waits for the wallet to be filled", async () => {
    const payout = await aDirectPayout(shop, { payee })
    shop.sandbox.control.scriptPayouts({
      user_token: payee.user_token,
      commit: "nsf",
      times: 1,
    })
    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "funds",
    })
    await untilBlockedNoMore(payout)
    expect(committed(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("as expired is quoted anew", async () => {
    await aDirectPayout(shop, { payee })
    shop.sandbox.control.scriptPayouts({
      user_token: payee.user_token,
      commit: "ex_rate_expired",
      times: 1,
    })
    await untilQuiet(shop)
    expect(sentQuotes(shop)).toHaveLength(2)
    expect(committed(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it.each(["failure", "success"] as const)(
    "or calls a failure, when in truth it was a %s",
    async (truth) => {
      const payout = await aDirectPayout(shop, { payee })
      shop.sandbox.control.scriptPayouts({
        user_token: payee.user_token,
        commit: truth === "success" ? "failure_after_commit" : "failure",
        times: 1,
      })
      await dispatchPayouts(shop.deps())
      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "unknown",
      })
      await untilQuiet(shop)
      expect(committed(shop)).toHaveLength(1)
      await expectBooksToAgree(shop)
    }
  )

  async function readUser(): Promise<void> {
    await shop.passTime(MINUTE_MS)
    await shop.books.db.rows(
      `update masspay_payee set refresh_wanted_at = masspay_now() where id = ?`,
      [payee.id]
    )
    await resolvePayouts(shop.deps())
  }

  async function untilBlockedNoMore({ id }: TestPayout): Promise<void> {
    for (let step = 0; step < 12; step += 1) {
      await shop.passTime(20 * MINUTE_MS)
      await resolvePayouts(shop.deps())
      await dispatchPayouts(shop.deps())
      const { status } = await readPayout(shop, id)
      if (status !== "blocked" && status !== "ready") return
    }
  }
})

describe("books that forgot", () => {
  it("a commit find it by the number of their next quote, and adopt it", async () => {
    const payout = await aDirectPayout(shop, { payee })
    await pay(shop, {
      payee,
      client_transfer_id: quoteId(payout.client_id, 1),
      amount: 100,
    })
    await untilQuiet(shop)
    expect(await timelineOf(shop, payout.id)).toContain(
      "outcome_unknown>unknown"
    )
    expect(committed(shop)).toHaveLength(1)
    expect(sentCommits(shop)).toHaveLength(1)
    await aDayLater()
    await expectBooksToAgree(shop)
  })

  it("a quote of any number take it for the payout that it is of", async () => {
    const payout = await aDirectPayout(shop, { payee })
    await pay(shop, {
      payee,
      client_transfer_id: quoteId(payout.client_id, 7),
      amount: 100,
    })
    await moveBooks()
    await adoptAfterRestore(shop.deps())
    await shop.passTime(10 * MINUTE_MS)
    await adoptAfterRestore(shop.deps())
    expect(["accepted", "completed"]).toContain(
      (await readPayout(shop, payout.id)).status
    )
    await untilQuiet(shop)
    expect(committed(shop)).toHaveLength(1)
    expect(sentCommits(shop)).toHaveLength(1)
  })

  it("a payout altogether adopt it, and net it against what is owed", async () => {
    const lost = quoteId(`mpl${shop.tag}${"ab".repeat(18)}`, 2)
    await pay(shop, { payee, client_transfer_id: lost, amount: 60 })
    await moveBooks()
    await adoptAfterRestore(shop.deps())
    await shop.passTime(10 * MINUTE_MS)
    await adoptAfterRestore(shop.deps())
    expect(await open()).toBe(-60_00)
    const [adopted] = await shop.books.db.rows(
      `select method, status, counted, amount::int as amount from masspay_payout`
    )
    expect(adopted).toMatchObject({
      method: "direct",
      counted: true,
      amount: 60_00,
    })
    await untilQuiet(shop)
    expect(committed(shop)).toHaveLength(1)
  })

  it("are done with a payee whose quote is over, whatever MassPay calls it", async () => {
    shop.sandbox.control.changeSettings({ dead_quote: "cancelled" })
    await aDirectPayout(shop, { payee })
    shop.sandbox.control.armFault({
      fault: "execute_then_drop",
      method: "POST",
      path: "/payout/usr_",
    })
    await dispatchPayouts(shop.deps())
    await shop.passTime(10 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    await shop.passTime(MINUTE_MS)
    await moveBooks()
    await adoptAfterRestore(shop.deps())
    await shop.passTime(10 * MINUTE_MS)

    expect((await adoptAfterRestore(shop.deps())).state).toBe("finished")
  })

  async function moveBooks(): Promise<void> {
    await shop.books.db.rows(
      `update masspay_control set value = jsonb_set(value, '{identity,database_oid}', '"1"')
        where key = 'database_identity'`
    )
  }
})
