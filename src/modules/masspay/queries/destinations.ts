import type {
  DestinationProblem,
  DestinationStatus,
} from "../../../domain/destinations"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { addOutboxEvent } from "./outbox"

/** Where a payee's direct payouts of one currency go. Amounts in minor units of `currency_code`. */
export type DestinationRow = {
  id: string
  payee_id: string
  vendor_id: string
  user_token: string
  currency_code: string
  destination_token: string
  destination_currency_code: string
  country_code: string
  payer_name: string
  delivery_type: string
  attr_set_token: string | null
  label: string | null
  masked_tail: string | null
  min_amount: bigint | null
  max_amount: bigint | null
  fee: bigint | null
  exchange_rate: string | null
  estimated_availability: Date | null
  status: DestinationStatus
  status_reason: string | null
  checked_at: Date
  check_at: Date
  returned_payout_id: string | null
  chosen_by: string
  replaced_at: Date | null
  created_at: Date
}

/** As Postgres gives it: big integers as texts. */
export type StoredDestination = Omit<
  DestinationRow,
  "min_amount" | "max_amount" | "fee"
> & {
  min_amount: string | null
  max_amount: string | null
  fee: string | null
}

/** Of `masspay_destination d`. */
export const DESTINATION_COLUMNS = `d.id, d.payee_id, d.vendor_id, d.user_token,
  d.currency_code, d.destination_token, d.destination_currency_code,
  d.country_code, d.payer_name, d.delivery_type, d.attr_set_token, d.label,
  d.masked_tail, d.min_amount::text as min_amount,
  d.max_amount::text as max_amount, d.fee::text as fee, d.exchange_rate,
  d.estimated_availability, d.status, d.status_reason, d.checked_at, d.check_at,
  d.returned_payout_id, d.chosen_by, d.replaced_at, d.created_at`

export function destinationRow(stored: StoredDestination): DestinationRow {
  return {
    ...stored,
    min_amount: minorOf(stored.min_amount),
    max_amount: minorOf(stored.max_amount),
    fee: minorOf(stored.fee),
  }
}

function minorOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text)
}

/**
 * What is hers: chosen for the user whom she has now. After another linking the
 * account details lie with somebody else's user at MassPay.
 */
const IN_USE = `d.replaced_at is null and exists (
  select 1 from masspay_payee y
   where y.id = d.payee_id and y.user_token = d.user_token)`

/** The one in use, whatever its status; `null` where none was chosen for this currency. */
export async function destinationOf(
  sql: Sql,
  { payee_id, currency_code }: { payee_id: string; currency_code: string }
): Promise<DestinationRow | null> {
  const [row] = await sql.rows<StoredDestination>(
    `select ${DESTINATION_COLUMNS} from masspay_destination d
      where d.payee_id = ? and d.currency_code = ? and ${IN_USE}`,
    [payee_id, currency_code.toUpperCase()]
  )
  return row ? destinationRow(row) : null
}

/** Every one in use of a payee, by currency. */
export async function destinationsOf(
  sql: Sql,
  payee_id: string
): Promise<DestinationRow[]> {
  const rows = await sql.rows<StoredDestination>(
    `select ${DESTINATION_COLUMNS} from masspay_destination d
      where d.payee_id = ? and ${IN_USE} order by d.currency_code`,
    [payee_id]
  )
  return rows.map(destinationRow)
}

/** One by its id, in use or not. */
export async function destinationById(
  sql: Sql,
  id: string
): Promise<DestinationRow | null> {
  const [row] = await sql.rows<StoredDestination>(
    `select ${DESTINATION_COLUMNS} from masspay_destination d where d.id = ?`,
    [id]
  )
  return row ? destinationRow(row) : null
}

/**
 * Money that was paid to it came back: nothing more goes there until it is
 * changed, or an operator uses it again. One that was replaced meanwhile is
 * marked too, so that choosing the very same again does not help. Call it in the
 * transaction that learns of the return. The same payout again changes nothing.
 */
export async function markReturned(
  sql: Sql,
  { destination_id, payout_id }: { destination_id: string; payout_id: string }
): Promise<void> {
  const [row] = await sql.rows<Told>(
    `update masspay_destination
        set status = 'returned', status_reason = 'returned',
            returned_payout_id = ?, updated_at = masspay_now()
      where id = ? and returned_payout_id is distinct from ?
      returning id, vendor_id, replaced_at is null as in_use`,
    [payout_id, destination_id, payout_id]
  )
  await tell(sql, row, `returned:${payout_id}`)
}

/**
 * MassPay wants more before it pays there. `reason` is a stable code,
 * `attributes_required` unless something else is known. One that money came
 * back from stays so.
 */
export async function markIncomplete(
  sql: Sql,
  {
    destination_id,
    reason,
  }: { destination_id: string; reason: DestinationProblem | (string & {}) }
): Promise<void> {
  const [row] = await sql.rows<Told & { since: string }>(
    `update masspay_destination
        set status = 'incomplete', status_reason = ?, updated_at = masspay_now()
      where id = ? and status in ('ready', 'gone')
      returning id, vendor_id, replaced_at is null as in_use,
                extract(epoch from masspay_now())::text as since`,
    [reason, destination_id]
  )
  await tell(sql, row, `incomplete:${row?.since ?? ""}`)
}

/** The route is no use for now; a later check may find it again. */
export async function markGone(
  sql: Sql,
  {
    destination_id,
    reason,
  }: { destination_id: string; reason: DestinationProblem }
): Promise<void> {
  const [row] = await sql.rows<Told & { since: string }>(
    `update masspay_destination
        set status = 'gone', status_reason = ?, updated_at = masspay_now()
      where id = ? and status in ('ready', 'incomplete')
      returning id, vendor_id, replaced_at is null as in_use,
                extract(epoch from masspay_now())::text as since`,
    [reason, destination_id]
  )
  await tell(sql, row, `gone:${row?.since ?? ""}`)
}

type Told = { id: string; vendor_id: string; in_use: boolean }

/** Once for each cause; about one that is used no more there is nothing to do. */
async function tell(
  sql: Sql,
  row: Told | undefined,
  cause: string
): Promise<void> {
  if (!row?.in_use) return
  await addOutboxEvent(sql, {
    name: MasspayEvents.DESTINATION_FLAGGED,
    payload: { id: row.id, vendor_id: row.vendor_id },
    cause_key: `destination:${row.id}:${cause}`,
  })
}
