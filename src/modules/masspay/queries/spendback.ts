import { type ApprovalPolicy, needsApproval } from "../../../domain/collect"
import {
  type EntryFacts,
  openEntriesOf,
  type PayeeFacts,
  payeesOf,
} from "./collect-facts"
import { createPayout } from "./create-payout"
import { areBooksKnown, areOrdersSwept } from "./database-identity"
import type { Sql } from "./db"
import { databaseNow } from "./settlements"
import { refusedBefore } from "./spendback-refused"

/** Why nothing is taken back out of a vendor's wallet. Stable codes. */
export type SpendbackRefusal =
  | "books_unknown"
  | "orders_not_swept"
  | "no_payee"
  | "not_fit"
  | "needs_adoption"
  | "not_open"
  | "not_negative"
  | "held"
  | "refused_before"
  | "over_deficit"

export class SpendbackRefusedError extends Error {
  constructor(readonly reason: SpendbackRefusal) {
    super(`Nothing can be spent back: ${reason}`)
    this.name = "SpendbackRefusedError"
  }
}

type NewSpendback = {
  vendor_id: string
  currency_code: string
  /** Open and negative, whole. */
  entry_ids: readonly string[]
  /** The payee's wallet of that currency, which is debited. */
  wallet_token: string
  /** Which payouts wait for an operator; a spendback counts by its size. Default: none. */
  approval?: ApprovalPolicy
  tag: string
}

/**
 * Writes a payout of method `spendback` that takes negative entries: dispatch
 * takes their sum out of the payee's wallet. Takes no more than the vendor owes
 * on the whole, due or not, and nothing that MassPay refused to take before.
 *
 * Call it inside a transaction; locks the payee. Throws `SpendbackRefusedError`;
 * then nothing was written.
 */
export async function createSpendback(
  sql: Sql,
  spendback: NewSpendback
): Promise<{ payout_id: string; amount: bigint }> {
  const { vendor_id, currency_code, wallet_token, tag } = spendback
  // First of all locks, so that no restore is noticed or ended meanwhile.
  if (!(await areBooksKnown(sql))) refuse("books_unknown")
  if (!(await areOrdersSwept(sql))) refuse("orders_not_swept")
  const payee = fitPayee(await payeesOf(sql, [vendor_id], { lock: true }))
  const byCurrency = (await openEntriesOf(sql, [vendor_id])).get(vendor_id)
  const open = byCurrency?.get(currency_code) ?? []
  const entries = takenOf(open, spendback.entry_ids)
  const refused = await refusedBefore(sql, spendback.entry_ids)
  if (refused.size > 0) refuse("refused_before")
  const amount = sum(entries)
  // Both are negative: what is taken leaves her owing something, or nothing.
  if (amount < sum(open)) refuse("over_deficit")
  const payout_id = await createPayout(sql, {
    payee,
    currency_code,
    amount,
    method: "spendback",
    entries,
    source_token: wallet_token,
    notify_payee: false,
    needs_approval: needsApproval(spendback.approval ?? { kind: "none" }, {
      amount: -amount,
      currency_code,
    }),
    tag,
    now: await databaseNow(sql),
  })
  return { payout_id, amount }
}

function fitPayee([payee]: readonly PayeeFacts[]): PayeeFacts {
  if (!payee) return refuse("no_payee")
  if (payee.needs_adoption) return refuse("needs_adoption")
  const isFit =
    payee.status === "active" && !payee.is_paused && payee.user_token !== null
  return isFit ? payee : refuse("not_fit")
}

function takenOf(
  open: readonly EntryFacts[],
  entry_ids: readonly string[]
): EntryFacts[] {
  const wanted = new Set(entry_ids)
  const entries = open.filter((entry) => wanted.has(entry.id))
  if (wanted.size === 0 || entries.length !== wanted.size) refuse("not_open")
  if (entries.some(({ amount }) => amount >= 0n)) refuse("not_negative")
  if (entries.some(({ is_held }) => is_held)) refuse("held")
  return entries
}

function sum(entries: readonly { amount: bigint }[]): bigint {
  return entries.reduce((total, { amount }) => total + amount, 0n)
}

function refuse(reason: SpendbackRefusal): never {
  throw new SpendbackRefusedError(reason)
}
