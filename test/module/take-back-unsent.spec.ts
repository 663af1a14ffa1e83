import type { PayoutAction } from "../../src/domain/actions"
import { allowedActions } from "../../src/modules/masspay/queries/actions"
import { whatIsDue } from "../../src/modules/masspay/queries/dispatch-due"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { aDirectPayout, committed } from "../support/direct"
import { operatorsOf, RULES } from "../support/operators"
import {
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  type Shop,
  type TestPayout,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())
const { act, lookUp, openAmounts } = operatorsOf(() => shop)

type Method = "wallet" | "direct"

/** What asks MassPay to give a payout back. */
const REVERSAL = {
  wallet: { method: "DELETE", path: "/load/" },
  direct: { method: "POST", path: "/reversal" },
} as const

const asked = () =>
  requests(shop).filter(
    ({ method, path }) =>
      method === "DELETE" || (method === "POST" && path.endsWith("/reversal"))
  )
const statusOf = async ({ id }: TestPayout) =>
  (await readPayout(shop, id)).status
const makeOne = (method: Method) =>
  method === "wallet" ? aPayout(shop) : aDirectPayout(shop)

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

async function aPaidPayout(method: Method): Promise<TestPayout> {
  const payout = await makeOne(method)
  await dispatchPayouts(shop.deps())
  await lookLater()
  expect(await statusOf(payout)).toBe("completed")
  return payout
}

function say(method: Method, status: "COMPLETED" | "CANCELLED"): void {
  const { control } = shop.sandbox
  if (method === "direct") {
    const [payout] = committed(shop)
    control.setPayoutStatus(payout?.payout_token ?? "", { status })
    return
  }
  const [load] = control.loads().loads
  control.setLoadStatus(load?.load_token ?? "", status)
}

/** Of the requests to take back. */
const proofs = async () => {
  const rows = await shop.books.db.rows<{ proof: string }>(
    `select proof from masspay_operation
      where kind in ('reverse', 'cancel') order by created_at, id`
  )
  return rows.map(({ proof }) => proof)
}
const isAnyDue = async () => (await whatIsDue(shop.books.db)).take_backs
async function mayDo(action: PayoutAction, { id }: TestPayout) {
  const actions = await allowedActions(shop.books.db, {
    payout_id: id,
    actor: "user_1",
    rules: RULES,
  })
  return actions?.find((one) => one.action === action)?.verdict
}

describe.each<Method>(["wallet", "direct"])(
  "a reversal that was not sent yet (%s)",
  (method) => {
    it("is still sent, once, after somebody looked the payout up", async () => {
      const payout = await aPaidPayout(method)
      await act("reverse", payout)
      await shop.passTime(10 * MINUTE_MS)
      await lookUp(payout)
      await lookUp(payout)

      expect(await statusOf(payout)).toBe("reversing")
      expect([await proofs(), await isAnyDue()]).toEqual([["none"], true])
      await dispatchPayouts(shop.deps())
      await dispatchPayouts(shop.deps())
      await lookLater()
      expect(asked()).toHaveLength(1)
      expect(await statusOf(payout)).toBe("reversed")
      expect([await proofs(), await isAnyDue()]).toEqual([["executed"], false])
      expect(await openAmounts()).toHaveLength(1)
      await expectBooksToAgree(shop)
    })

    it("is still sent where a first request certainly did not count", async () => {
      const payout = await aPaidPayout(method)
      shop.sandbox.control.armFault({ fault: "429", ...REVERSAL[method] })
      await act("reverse", payout)
      await dispatchPayouts(shop.deps())
      await shop.passTime(20 * MINUTE_MS)
      await lookUp(payout)

      expect(await statusOf(payout)).toBe("reversing")
      await dispatchPayouts(shop.deps())
      await lookLater()
      expect(asked()).toHaveLength(2)
      expect(await statusOf(payout)).toBe("reversed")
      await expectBooksToAgree(shop)
    })

    it("is never sent once MassPay says that the money is back", async () => {
      const payout = await aPaidPayout(method)
      await act("reverse", payout)
      say(method, "CANCELLED")
      await shop.passTime(10 * MINUTE_MS)
      await lookUp(payout)

      expect(await statusOf(payout)).toBe("reversed")
      expect([await proofs(), await isAnyDue()]).toEqual([
        ["not_executed"],
        false,
      ])
      expect(await openAmounts()).toHaveLength(1)
      await dispatchPayouts(shop.deps())
      await lookLater()
      expect(asked()).toHaveLength(0)
      await expectBooksToAgree(shop)
    })

    it("is seen to be needless by the daily reading, too", async () => {
      const payout = await aPaidPayout(method)
      await act("reverse", payout)
      say(method, "CANCELLED")
      await readAgain()

      expect(await statusOf(payout)).toBe("reversed")
      expect(await proofs()).toEqual(["not_executed"])
      await dispatchPayouts(shop.deps())
      expect(asked()).toHaveLength(0)
      await expectBooksToAgree(shop)
    })

    it("stays unsent when MassPay takes its word back, and may be asked for anew", async () => {
      const payout = await aPaidPayout(method)
      await act("reverse", payout)
      say(method, "CANCELLED")
      await shop.passTime(10 * MINUTE_MS)
      await lookUp(payout)
      await shop.passTime(MINUTE_MS)
      say(method, "COMPLETED")
      await readAgain()
      expect(await statusOf(payout)).toBe("completed")
      await dispatchPayouts(shop.deps())
      expect(asked()).toHaveLength(0)

      expect(await mayDo("reverse", payout)).toMatchObject({ allowed: true })
      await act("reverse", payout)
      await dispatchPayouts(shop.deps())
      await lookLater()
      expect(asked()).toHaveLength(1)
      expect(await statusOf(payout)).toBe("reversed")
      expect(await proofs()).toEqual(["not_executed", "executed"])
      // It was booked as overpaid, and that is taken back, beside the entry itself.
      const open = await openAmounts()
      const sum = open.reduce((all, amount) => all + BigInt(amount), 0n)
      expect(sum).toBe(method === "wallet" ? 1234n : 10000n)
      await expectBooksToAgree(shop)
    })
  }
)

it("money that a bank returned while its reversal waited says that the destination is wrong", async () => {
  const payout = await aPaidPayout("direct")
  await act("reverse", payout)
  say("direct", "CANCELLED")
  await shop.passTime(10 * MINUTE_MS)
  await lookUp(payout)

  const [destination] = await shop.books.db.rows<{ status: string }>(
    `select status from masspay_destination`
  )
  expect(destination?.status).toBe("returned")
})

describe("a cancellation that was not sent yet", () => {
  async function onItsWay(): Promise<TestPayout> {
    const { control } = shop.sandbox
    const payout = await aDirectPayout(shop)
    control.changeSettings({ payout_delivery_seconds: 999_999 })
    await dispatchPayouts(shop.deps())
    await lookLater()
    expect(await statusOf(payout)).toBe("accepted")
    return payout
  }

  it("does not wait for as long as a look-up that came first", async () => {
    const payout = await onItsWay()
    await act("cancel", payout)
    await lookLater(1_000)
    await shop.passTime(MINUTE_MS)
    await dispatchPayouts(shop.deps())

    expect(asked()).toHaveLength(1)
    await lookLater()
    expect(await statusOf(payout)).toBe("cancelled")
    await expectBooksToAgree(shop)
  })

  it("is never sent once the payout arrived, nor when it is on its way again", async () => {
    const payout = await onItsWay()
    await act("cancel", payout)
    say("direct", "COMPLETED")
    await lookLater(1_000)
    expect(await statusOf(payout)).toBe("completed")
    expect([await proofs(), await isAnyDue()]).toEqual([
      ["not_executed"],
      false,
    ])

    const [sent] = committed(shop)
    shop.sandbox.control.setPayoutStatus(sent?.payout_token ?? "", {
      status: "PROCESSING",
    })
    await readAgain()
    expect(await statusOf(payout)).toBe("accepted")
    await shop.passTime(2 * MINUTE_MS)
    await dispatchPayouts(shop.deps())
    expect(asked()).toHaveLength(0)
    expect(await mayDo("cancel", payout)).toMatchObject({ allowed: true })
    await expectBooksToAgree(shop)
  })
})
