import type { BalanceAction } from "../../../domain/adjustment"
import { MasspayEvents } from "../../../types/events"
import {
  entriesOf,
  type EntryFacts,
  openEntriesOf,
  payeesOf,
} from "./collect-facts"
import { createPayout } from "./create-payout"
import type { Sql } from "./db"
import { newId } from "./new-id"
import { addOutboxEvent } from "./outbox"
import { databaseNow } from "./settlements"

export type BalancePayee = { payee_id: string; vendor_id: string }

/** With `lock`, nobody else collects for her or books a negative until the transaction ends. */
export async function balancePayee(
  sql: Sql,
  payee_id: string,
  { lock }: { lock: boolean }
): Promise<BalancePayee | null> {
  const [row] = await sql.rows<BalancePayee>(
    `select id as payee_id, vendor_id from masspay_payee
      where id = ? ${lock ? "for update" : ""}`,
    [payee_id]
  )
  return row ?? null
}

/** Everything open of a vendor in one currency, held or not. */
export async function openEntriesIn(
  sql: Sql,
  { vendor_id, currency_code }: { vendor_id: string; currency_code: string }
): Promise<EntryFacts[]> {
  const entries = await openEntriesOf(sql, [vendor_id])
  return entries.get(vendor_id)?.get(currency_code) ?? []
}

/** Whether a payout to her has neither paid nor been given up, or is being taken back. */
export async function isAnyOnItsWay(
  sql: Sql,
  { vendor_id, currency_code }: { vendor_id: string; currency_code: string }
): Promise<boolean> {
  const rows = await sql.rows(
    `select id from masspay_payout
      where vendor_id = ? and currency_code = ? and amount > 0
        and not items_released and status <> 'completed'
      limit 1`,
    [vendor_id, currency_code]
  )
  return rows.length > 0
}

export type Booking = {
  action: BalanceAction
  payee: BalancePayee
  /** Minor units, signed. */
  amount: bigint
  currency_code: string
  available_at: Date | null
  reason: string
  /** Whoever asked for it: never the one who approves what it is paid with. */
  actor: string
  /** Of the request: one entry is booked for one request. */
  request: string
  tag: string
}

/**
 * Books a manual entry and what follows from it at once. Call it under the lock
 * of the payee. Returns the entry's id.
 */
export async function bookByHand(sql: Sql, booking: Booking): Promise<string> {
  const { action, payee, amount, currency_code } = booking
  const id = newId("mslen")
  await sql.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, actor,
        available_at)
     values (?, ?, ?, ?, 'adjustment', ?, ?, ?,
             greatest(coalesce(?::timestamptz, masspay_now()), masspay_now()))`,
    [
      id,
      payee.vendor_id,
      currency_code,
      amount.toString(),
      `${action}:${booking.request}`,
      booking.reason,
      booking.actor,
      booking.available_at,
    ]
  )
  if (action === "write_off") await closeDeficit(sql, booking, id)
  await addOutboxEvent(sql, {
    name: MasspayEvents.BALANCE_ADJUSTED,
    payload: { id, vendor_id: payee.vendor_id },
    cause_key: `entry:${id}`,
  })
  return id
}

/**
 * The written-off amount and everything it is for are closed together, at once:
 * it never waits where a hold on one of the others could turn it into money.
 */
async function closeDeficit(
  sql: Sql,
  { payee, currency_code, tag }: Booking,
  entry_id: string
): Promise<void> {
  const { vendor_id } = payee
  const open = await openEntriesIn(sql, { vendor_id, currency_code })
  const entries = await entriesOf(
    sql,
    open.filter((entry) => !entry.is_held).map((entry) => entry.id)
  )
  const sum = entries.reduce((total, { amount }) => total + amount, 0n)
  if (sum !== 0n || !entries.some(({ id }) => id === entry_id)) {
    throw new Error(`What is open of ${vendor_id} does not cancel out`)
  }
  const [owner] = await payeesOf(sql, [vendor_id], { lock: true })
  if (!owner) throw new Error(`There is no payee of ${vendor_id}`)
  await createPayout(sql, {
    payee: owner,
    currency_code,
    amount: 0n,
    method: "netting",
    entries,
    source_token: null,
    notify_payee: false,
    needs_approval: false,
    tag,
    now: await databaseNow(sql),
  })
}
