import { quoteId } from "../../src/domain/ids"
import { DEFAULT_DIRECT } from "../../src/domain/quotes"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aDirectPayee,
  aDirectPayout,
  committed,
  pay,
  sentCommits,
} from "../support/direct"
import { operatorsOf } from "../support/operators"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  readPayout,
  type Shop,
} from "../support/payout-shop"

let shop: Shop
let payee: Payee
beforeEach(async () => {
  shop = await openShop()
  payee = await aDirectPayee(shop)
})
afterEach(() => shop.close())
const { openAmounts, aPendingPayout, sendByHand } = operatorsOf(() => shop)

/** Asked for by a database that is lost. */
async function reverseByHand(): Promise<void> {
  const [payout] = committed(shop)
  const { status } = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/${payout?.user_token ?? ""}/${payout?.payout_token ?? ""}/reversal`,
    {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": "of-the-lost-database",
      },
      body: "{}",
    }
  )
  expect(status).toBe(201)
}

/** What nobody asks about is read once a day. */
async function readAgain(): Promise<void> {
  await shop.passTime(MINUTE_MS)
  await shop.books.db.rows(
    `update masspay_payee set read_in_full_at = masspay_now() - interval '25 hours'`
  )
  await resolvePayouts(shop.deps())
}

async function restore(wire: Wire = shop.wire): Promise<void> {
  const direct = { ...DEFAULT_DIRECT, may_reverse: true }
  const deps = () => shop.deps({ wire, direct })
  await shop.books.db.rows(
    `update masspay_control set value = jsonb_set(value, '{identity,database_oid}', '"1"')
      where key = 'database_identity'`
  )
  await adoptAfterRestore(deps())
  await shop.passTime(10 * MINUTE_MS)
  expect(await adoptAfterRestore(deps())).toMatchObject({ state: "finished" })
}

describe.each(["ready", "pending"] as const)(
  "books that forgot that a payout was sent (%s)",
  (status) => {
    it("keep its entries where MassPay lists it with a word that nobody knows", async () => {
      const payout =
        status === "pending"
          ? await aPendingPayout()
          : await aPayout(shop, { payee: await aPayee(shop) })
      await sendByHand(payout)
      const listLoads: Wire["listLoads"] = async (user_token) => {
        const { loads, ...list } = await shop.wire.listLoads(user_token)
        return {
          ...list,
          loads: loads.map((load) => ({ ...load, status: "UNRECOGNISED" })),
        }
      }
      await restore({ ...shop.wire, listLoads })

      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "needs_review",
        review_reason: "unrecognised_status",
      })
      expect(await openAmounts()).toEqual([])
      await readAgain()
      expect((await readPayout(shop, payout.id)).status).toBe("completed")
      await dispatchPayouts(shop.deps())
      await expectBooksToAgree(shop)
    })
  }
)

describe("books that forgot a payout and its reversal", () => {
  it("do not book it as paid where nothing else is left of it", async () => {
    const lost = quoteId(`mpl${shop.tag}${"ab".repeat(18)}`, 2)
    await pay(shop, { payee, client_transfer_id: lost, amount: 60 })
    await shop.passTime(10 * MINUTE_MS)
    expect(committed(shop)[0]?.status).toBe("COMPLETED")
    await reverseByHand()
    await restore()

    expect(await openAmounts()).toEqual([])
    const [adopted] = await shop.books.db.rows(
      `select status, counted from masspay_payout`
    )
    expect(adopted).toEqual({ status: "void", counted: false })
    await expectBooksToAgree(shop)
  })

  it("take it for paid, and never pay it again, where the list of reversals is not understood", async () => {
    const payout = await aDirectPayout(shop, { payee })
    await pay(shop, {
      payee,
      client_transfer_id: quoteId(payout.client_id, 1),
      amount: 100,
    })
    await shop.passTime(10 * MINUTE_MS)
    await restore({
      ...shop.wire,
      listReversals: () =>
        Promise.resolve({ reversals: [], is_complete: false }),
    })

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(await openAmounts()).toEqual([])
    await expectBooksToAgree(shop)
  })

  it("pay anew what they have as never committed, after its settle window", async () => {
    const payout = await aDirectPayout(shop, { payee })
    await pay(shop, {
      payee,
      client_transfer_id: quoteId(payout.client_id, 1),
      amount: 100,
    })
    await shop.passTime(10 * MINUTE_MS)
    await reverseByHand()
    await restore()

    expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
    await shop.passTime(2 * 60 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await openAmounts()).toEqual(["10000"])
    expect(sentCommits(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })
})
