import { newId } from "../../src/modules/masspay/queries/new-id"
import { listWithdrawals } from "../../src/modules/masspay/queries/withdrawals"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { reconcile } from "../../src/runners/reconcile"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  type Shop,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

type Remote = Partial<{
  token: string
  type: string
  remote_status: string
  source_amount: string | null
  source_currency_code: string | null
  destination_amount: string | null
  destination_currency_code: string | null
  fee: string | null
  source_token: string
  destination_token: string
  client_transfer_id: string | null
  status_reason: string
  time_of_txn: string
  changed_at: string | null
}>

/** One row of MassPay's history, as a comparison keeps it. */
async function aRow(payee: Payee, overrides: Remote = {}): Promise<void> {
  const row = {
    id: newId("msrtx"),
    token: newId("pyt"),
    user_token: payee.user_token,
    type: "payout",
    remote_type: "payout",
    remote_status: "COMPLETED",
    source_amount: "1050",
    source_currency_code: "USD",
    destination_amount: "18000",
    destination_currency_code: "MXN",
    fee: "150",
    source_token: "usr_wlt_1",
    destination_token: "dest_secret_of_hers_1a2b",
    time_of_txn: "2026-03-02T12:00:00Z",
    ...overrides,
  }
  const columns = Object.keys(row)
  await shop.books.db.rows(
    `insert into masspay_remote_transaction (${columns.join(", ")})
     values (${columns.map(() => "?").join(", ")})`,
    Object.values(row)
  )
}

const listed = ({ vendor_id }: Payee, page = { limit: 10, offset: 0 }) =>
  listWithdrawals(shop.books.db, { vendor_id, ...page })

it("shows what she took out: amounts as text, status and its time, and of where it went the end", async () => {
  const payee = await aPayee(shop)
  await aRow(payee, {
    remote_status: "PROCESSING",
    changed_at: "2026-03-03T08:00:00Z",
    status_reason: "to the account of A. Canary",
  })

  const page = await listed(payee)

  expect(page).toEqual({
    count: 1,
    limit: 10,
    offset: 0,
    as_of: null,
    withdrawals: [
      {
        id: expect.stringMatching(/^msrtx_/) as string,
        amount: "10.50",
        currency_code: "USD",
        received_amount: "180.00",
        received_currency_code: "MXN",
        fee: "1.50",
        status: "PROCESSING",
        status_at: "2026-03-03T08:00:00.000Z",
        destination: "…1a2b",
        delivery_type: null,
        created_at: "2026-03-02T12:00:00.000Z",
      },
    ],
  })
  expect(JSON.stringify(page)).not.toMatch(/secret|Canary/)
})

it("says nothing where MassPay does not, and hides a short destination whole", async () => {
  const payee = await aPayee(shop)
  await aRow(payee, {
    source_amount: null,
    fee: null,
    destination_currency_code: null,
    destination_token: "1a2b",
    changed_at: null,
  })
  expect((await listed(payee)).withdrawals).toMatchObject([
    {
      amount: null,
      fee: null,
      received_amount: null,
      destination: "…",
      status_at: "2026-03-02T12:00:00.000Z",
    },
  ])
})

it("leaves out what is ours, what the marketplace paid, and what is no payout", async () => {
  const { payee, client_id } = await aPayout(shop)
  await dispatchPayouts(shop.deps())
  await aRow(payee, { type: "load" })
  await aRow(payee, { type: "spendback" })
  await aRow(payee, { type: "other" })
  await aRow(payee, { client_transfer_id: client_id })
  const [operation] = await shop.books.db.rows<{ remote_token: string }>(
    `select remote_token from masspay_operation`
  )
  await aRow(payee, { token: operation?.remote_token ?? "" })
  // From the funding wallet, in MassPay's dashboard.
  await aRow(payee, { source_token: shop.source_token })
  expect(await listed(payee)).toMatchObject({ withdrawals: [], count: 0 })

  await aRow(payee, { client_transfer_id: "somebody-elses" })
  expect(await listed(payee)).toMatchObject({ count: 1 })
})

it("shows a vendor hers and nobody else's, the latest first, page by page", async () => {
  const [ada, bob] = [await aPayee(shop), await aPayee(shop)]
  for (const [payee, amount, day] of [
    [ada, "100", "01"],
    [ada, "300", "03"],
    [bob, "999", "02"],
    [ada, "200", "02"],
  ] as const) {
    await aRow(payee, {
      source_amount: amount,
      time_of_txn: `2026-03-${day}T00:00:00Z`,
    })
  }
  await aRow({ ...ada, user_token: "usr_stranger" })

  const first = await listed(ada, { limit: 2, offset: 0 })
  const second = await listed(ada, { limit: 2, offset: 2 })
  expect([first.count, second.count]).toEqual([3, 3])
  expect(
    [...first.withdrawals, ...second.withdrawals].map(({ amount }) => amount)
  ).toEqual(["3.00", "2.00", "1.00"])
  expect((await listed(bob)).withdrawals).toMatchObject([{ amount: "9.99" }])
  const inEuro = await listWithdrawals(shop.books.db, {
    vendor_id: ada.vendor_id,
    filters: { currency_code: ["EUR"] },
    limit: 10,
    offset: 0,
  })
  expect(inEuro).toMatchObject({ count: 0, withdrawals: [] })
})

it("says when the history was last read to its end", async () => {
  const payee = await aPayee(shop)
  for (const [n, status] of ["complete", "incomplete"].entries()) {
    await shop.books.db.rows(
      `insert into masspay_reconciliation_run
         (id, kind, status, from_date, to_date, started_at, finished_at)
       values (?, 'sweep', ?, '2026-03-01', '2026-03-02', ?, ?)`,
      [
        `msrun_${n}`,
        status,
        `2026-03-0${n + 2}T00:00:00Z`,
        `2026-03-0${n + 2}T01:00:00Z`,
      ]
    )
  }
  expect((await listed(payee)).as_of).toBe("2026-03-02T00:00:00.000Z")
})

it("finds them by itself: what she took out, and what a rule of hers did, are no discrepancies", async () => {
  const { payee } = await aPayout(shop, { amount: 12_34n })
  await dispatchPayouts(shop.deps())
  await shop.passTime(5 * MINUTE_MS)
  shop.sandbox.control.withdrawAll(payee.user_token)
  shop.sandbox.control.setAutopayout(payee.user_token, { percentage: 50 })
  await shop.passTime(5 * MINUTE_MS)
  await aPayout(shop, { payee, amount: 6_00n })
  await dispatchPayouts(shop.deps())
  expect(await listed(payee)).toMatchObject({ count: 0, as_of: null })

  await shop.passTime(35 * MINUTE_MS)
  await reconcile(shop.deps())

  const { withdrawals, as_of } = await listed(payee)
  expect(withdrawals).toMatchObject([
    { amount: "3.00", status: "COMPLETED", delivery_type: "BANK_TRANSFER" },
    { amount: "12.34", currency_code: "USD" },
  ])
  expect(withdrawals[0]?.destination).toMatch(/^….{4}$/)
  expect(as_of).not.toBeNull()
  expect(
    await shop.books.db.rows(
      `select class, ours, theirs from masspay_discrepancy`
    )
  ).toEqual([])
  await expectBooksToAgree(shop)
})
