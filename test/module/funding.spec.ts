import { dispatchPayouts } from "../../src/runners/dispatch"
import { readWallets } from "../../src/runners/refresh-funding"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  sentLoads,
  type Shop,
  type TestPayout,
} from "../support/payout-shop"

let shop: Shop
afterEach(() => shop.close())

async function payoutsOf(...amounts: bigint[]): Promise<TestPayout[]> {
  const payee = await aPayee(shop)
  const payouts: TestPayout[] = []
  for (const amount of amounts) {
    payouts.push(await aPayout(shop, { payee, amount }))
  }
  return payouts
}

const statuses = async (payouts: readonly TestPayout[]): Promise<string[]> => {
  const rows = await Promise.all(payouts.map(({ id }) => readPayout(shop, id)))
  return rows.map(({ status, block_reason }) =>
    block_reason === null ? status : `${status}(${block_reason})`
  )
}

const alerts = () =>
  shop.books.db.rows(
    `select name, cause_key from masspay_outbox_event
      where name = 'masspay.funding.short' order by cause_key`
  )

it("a short wallet pays oldest first while it fits, and nothing younger instead", async () => {
  shop = await openShop({ funds: "10.00" })
  const payouts = await payoutsOf(6_00n, 5_00n, 1_00n)

  await dispatchPayouts(shop.deps())
  await dispatchPayouts(shop.deps())

  expect(await statuses(payouts)).toEqual([
    "completed",
    "blocked(funds)",
    "ready",
  ])
  expect(sentLoads(shop)).toHaveLength(1)
  await expectBooksToAgree(shop)
})

it("goes on by itself when the wallet was filled, the oldest first", async () => {
  shop = await openShop({ funds: "10.00", in_flight: 1 })
  const payouts = await payoutsOf(6_00n, 5_00n, 1_00n)
  await dispatchPayouts(shop.deps())
  shop.sandbox.control.fund({ currency_code: "USD", amount: "100.00" })
  await shop.passTime(2 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  await dispatchPayouts(shop.deps())

  expect(await statuses(payouts)).toEqual([
    "completed",
    "completed",
    "completed",
  ])
  const paid = shop.sandbox.control.loads().loads.map(({ amount }) => amount)
  expect(paid).toEqual(["6.00", "5.00", "1.00"])
  await expectBooksToAgree(shop)
})

it("says once that a wallet is short, and again for the next shortage", async () => {
  shop = await openShop({ funds: "1.00" })
  const [first] = await payoutsOf(5_00n)
  for (let time = 0; time < 3; time += 1) {
    await dispatchPayouts(shop.deps())
    await shop.passTime(2 * MINUTE_MS)
    await resolvePayouts(shop.deps())
  }
  expect(await alerts()).toHaveLength(1)

  shop.sandbox.control.fund({ currency_code: "USD", amount: "4.00" })
  await shop.passTime(2 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  await dispatchPayouts(shop.deps())
  expect(await statuses(first ? [first] : [])).toEqual(["completed"])

  await payoutsOf(5_00n)
  await shop.passTime(MINUTE_MS)
  await dispatchPayouts(shop.deps())
  expect(await alerts()).toHaveLength(2)
})

it("two dispatchers at once never claim more than the wallet holds", async () => {
  shop = await openShop({ funds: "10.00" })
  const payouts = await payoutsOf(...Array.from({ length: 20 }, () => 1_00n))
  // Who reads while another's loads are under way counts those twice, on purpose.
  await readWallets(shop.deps())

  await Promise.all([
    dispatchPayouts(shop.deps()),
    dispatchPayouts(shop.deps()),
    dispatchPayouts(shop.deps()),
  ])

  expect(sentLoads(shop)).toHaveLength(10)
  const counts = await statuses(payouts)
  expect(counts.filter((status) => status === "completed")).toHaveLength(10)
  await expectBooksToAgree(shop)
})

it("asks for the balance before a batch and not for every payout", async () => {
  shop = await openShop()
  await payoutsOf(1_00n, 1_00n, 1_00n, 1_00n, 1_00n, 1_00n)

  await dispatchPayouts(shop.deps())
  await dispatchPayouts(shop.deps())

  const reads = requests(shop).filter((entry) =>
    entry.path.includes("/account/balance")
  )
  expect(reads).toHaveLength(1)
})

it("claims nothing while MassPay does not tell the balance", async () => {
  shop = await openShop()
  const payouts = await payoutsOf(1_00n)
  shop.sandbox.control.armFault({
    fault: "502_html",
    method: "GET",
    path: "/account/balance",
  })

  await dispatchPayouts(shop.deps())

  expect(await statuses(payouts)).toEqual(["ready"])
  expect(sentLoads(shop)).toHaveLength(0)
})
