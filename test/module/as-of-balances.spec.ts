import type { Statement } from "../../src/domain/statement"
import { FINAL_AFTER_MS } from "../../src/domain/statement"
import { collectDue } from "../../src/modules/masspay/queries/collect"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { readStatement } from "../../src/modules/masspay/queries/statements"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  readPayout,
  type Shop,
  type TestPayout,
} from "../support/payout-shop"

const PAST = new Date("2000-01-01T00:00:00.000Z")

let shop: Shop
let payee: Payee
let seen: { to: Date; statement: Statement }[]

beforeEach(async () => {
  shop = await openShop()
  payee = await aPayee(shop)
  seen = []
})
afterEach(() => shop.close())

const statementTo = (to: Date): Promise<Statement> =>
  readStatement(shop.books.db, {
    vendor_id: payee.vendor_id,
    currency_code: "USD",
    from: PAST,
    to,
  })

/** Lets what happened become final, and remembers what the books say of it. */
async function note(): Promise<string> {
  await shop.passTime(5 * MINUTE_MS)
  const now = await databaseNow(shop.books.db)
  const to = new Date(now.getTime() - FINAL_AFTER_MS - 1)
  const statement = await statementTo(to)
  expect(statement.is_final).toBe(true)
  seen.push({ to, statement })
  return statement.closing_balance
}

async function expectNothingToHaveChanged(): Promise<void> {
  for (const { to, statement } of seen) {
    expect(await statementTo(to)).toEqual(statement)
  }
}

function flip({ client_id }: TestPayout, status: "COMPLETED" | "CANCELLED") {
  const { control } = shop.sandbox
  const load = control
    .loads()
    .loads.find((one) => one.client_load_id === client_id)
  if (!load) throw new Error(`There is no load ${client_id}`)
  control.setLoadStatus(load.load_token, status)
}

/** Her lists are read as they are once a day. */
async function lookAgain(): Promise<void> {
  await shop.passTime(1_000)
  await shop.books.db.rows(
    `update masspay_payee set read_in_full_at = masspay_now() - interval '25 hours'
      where id = ?`,
    [payee.id]
  )
  await resolvePayouts(shop.deps())
}

async function collect(): Promise<void> {
  await collectDue(shop.books.db, {
    policy: {
      minimum: {},
      notify_payee: false,
      source_tokens: { USD: shop.source_token },
    },
    tag: shop.tag,
    limit: 10,
  })
}

async function book(amount: bigint): Promise<void> {
  const id = newId("mslen")
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now())`,
    [id, payee.vendor_id, amount.toString(), id]
  )
}

/** What is open or in transit now: the other way to say what she is owed. */
async function owedNow(): Promise<string> {
  const [row] = await shop.books.db.rows<{ owed: string }>(
    `select (coalesce((select sum(amount) from masspay_open_entry where vendor_id = ?), 0)
           + coalesce((select sum(i.amount) from masspay_payout_item i
                        join masspay_payout p on p.id = i.payout_id
                       where p.vendor_id = ? and i.released_at is null
                         and p.status not in ('completed', 'reversing')), 0))::text as owed`,
    [payee.vendor_id, payee.vendor_id]
  )
  return (Number(row?.owed) / 100).toFixed(2)
}

it("never change, whatever MassPay says afterwards: cancelled, released, paid anew, paid after all", async () => {
  const payout = await aPayout(shop, { payee, amount: 12_34n })
  const balances = [await note()]
  await dispatchPayouts(shop.deps())
  balances.push(await note())
  flip(payout, "CANCELLED")
  await lookAgain()
  expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
  balances.push(await note())
  flip(payout, "COMPLETED")
  await lookAgain()
  balances.push(await note())
  flip(payout, "CANCELLED")
  await lookAgain()
  await shop.passTime(61 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("void")
  balances.push(await note())
  await expectNothingToHaveChanged()

  // Released and paid by another payout; then the first one turns out paid.
  await collect()
  // An old debt is looked up before it is sent.
  await resolvePayouts(shop.deps())
  await dispatchPayouts(shop.deps())
  balances.push(await note())
  flip(payout, "COMPLETED")
  await lookAgain()
  balances.push(await note())
  expect(await owedNow()).toBe("-12.34")
  flip(payout, "CANCELLED")
  await lookAgain()
  balances.push(await note())

  expect(balances).toEqual([
    "12.34",
    "0.00",
    "12.34",
    "0.00",
    "12.34",
    "0.00",
    "-12.34",
    "0.00",
  ])
  await book(-5_00n)
  await book(8_00n)
  expect(await note()).toBe("3.00")
  expect(await owedNow()).toBe("3.00")
  await expectNothingToHaveChanged()
  expect(
    new Set(seen.map(({ statement }) => statement.lines.length)).size
  ).toBe(seen.length)
  expect(shop.logs.filter((line) => line.includes("invariant"))).toEqual([])
})

it("count neither what waits, nor what is on its way, nor what nobody knows", async () => {
  shop.sandbox.control.armFault({
    fault: "execute_then_drop",
    method: "POST",
    path: "/load/",
    times: 1,
  })
  const payout = await aPayout(shop, { payee, amount: 7_00n })
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("unknown")

  expect(await note()).toBe("7.00")
  await shop.passTime(20 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  expect(await note()).toBe("0.00")

  await expectNothingToHaveChanged()
  await expectBooksToAgree(shop)
})
