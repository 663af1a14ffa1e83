import type { RequestEntry } from "../../sandbox"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { createSpendback } from "../../src/modules/masspay/queries/spendback"
import type {
  RemoteSpendbackStatus,
  Wire,
} from "../../src/modules/masspay-gateway/types"
import { dispatchPayouts } from "../../src/runners/dispatch"
import {
  aPayee,
  aPayout,
  MINUTE_MS,
  type Payee,
  requests,
  type Shop,
  type TestPayout,
} from "./payout-shop"

/** A payee whose USD wallet holds `paid`, by a payout that is completed. */
export type PaidPayee = Payee & { wallet_token: string }

export async function aPaidPayee(
  shop: Shop,
  paid = 100_00n
): Promise<PaidPayee> {
  const payee = await aPayee(shop)
  await aPayout(shop, { payee, amount: paid })
  await dispatchPayouts(shop.deps())
  const [wallet] = await shop.wire.listWallets(payee.user_token)
  if (!wallet) throw new Error("The payee has no wallet")
  return { ...payee, wallet_token: wallet.token }
}

/** An open entry of hers. */
export async function anEntry(
  shop: Shop,
  { vendor_id }: { vendor_id: string },
  amount: bigint
): Promise<string> {
  const id = newId("mslen")
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now())`,
    [id, vendor_id, amount.toString(), id]
  )
  return id
}

export function spendBack(
  shop: Shop,
  payee: PaidPayee,
  entry_ids: readonly string[]
): Promise<{ payout_id: string; amount: bigint }> {
  return shop.books.db.tx((sql) =>
    createSpendback(sql, {
      vendor_id: payee.vendor_id,
      currency_code: "USD",
      entry_ids,
      wallet_token: payee.wallet_token,
      tag: shop.tag,
    })
  )
}

export type TestSpendback = TestPayout & {
  payee: PaidPayee
  entry_id: string
}

/** A ready spendback of one fresh entry. */
export async function aSpendback(
  shop: Shop,
  { payee, amount = -30_00n }: { payee?: PaidPayee; amount?: bigint } = {}
): Promise<TestSpendback> {
  const owner = payee ?? (await aPaidPayee(shop))
  const entry_id = await anEntry(shop, owner, amount)
  const { payout_id } = await spendBack(shop, owner, [entry_id])
  const [operation] = await shop.books.db.rows<{ client_id: string }>(
    `select client_id from masspay_operation where payout_id = ?`,
    [payout_id]
  )
  if (!operation) throw new Error("The spendback has no operation")
  return {
    id: payout_id,
    client_id: operation.client_id,
    payee: owner,
    entry_id,
  }
}

/** Every spendback request that reached the sandbox, whatever became of it. */
export function sentSpendbacks(shop: Shop): RequestEntry[] {
  return requests(shop).filter(
    (entry) => entry.method === "POST" && entry.path.includes("/spendback/")
  )
}

/** Open entries of everybody, the largest debt first. */
export async function openAmounts(shop: Shop): Promise<string[]> {
  const rows = await shop.books.db.rows<{ amount: string }>(
    `select amount::text as amount from masspay_open_entry order by masspay_open_entry.amount`
  )
  return rows.map((row) => row.amount)
}

/** As the lists would be if MassPay said this of every spendback. */
export function saying(shop: Shop, status: RemoteSpendbackStatus): Wire {
  return {
    ...shop.wire,
    listSpendbacks: async (user_token) => {
      const list = await shop.wire.listSpendbacks(user_token)
      return {
        ...list,
        spendbacks: list.spendbacks.map((one) => ({ ...one, status })),
      }
    },
  }
}

/** She is one of those who are read in full once a day. */
export async function readInFullNext(
  shop: Shop,
  { id }: { id: string }
): Promise<void> {
  await shop.passTime(MINUTE_MS)
  await shop.books.db.rows(
    `update masspay_payee set read_in_full_at = masspay_now() - interval '25 hours'
      where id = ?`,
    [id]
  )
}
