import { DecisionRefusedError } from "../../../domain/decisions"
import type {
  DestinationProblem,
  DestinationStatus,
} from "../../../domain/destinations"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import type { DestinationRow } from "./destinations"
import { newId } from "./new-id"
import { addOutboxEvent } from "./outbox"

/** How long what MassPay said of a route is believed. */
export const CHECK_EVERY = "interval '24 hours'"

/** What a route is, as MassPay tells it now. */
export type RouteToKeep = {
  destination_token: string
  destination_currency_code: string
  country_code: string
  payer_name: string
  delivery_type: string
  min_amount: bigint | null
  max_amount: bigint | null
  fee: bigint | null
  exchange_rate: string
  estimated_availability: Date | null
}

/** Returns whose she is. Locked as whoever collects for her does. */
export async function lockPayeeOfDestination(
  sql: Sql,
  { payee_id, user_token }: { payee_id: string; user_token: string }
): Promise<string> {
  const [payee] = await sql.rows<{
    vendor_id: string
    user_token: string | null
  }>(
    `select vendor_id, user_token from masspay_payee where id = ? for update`,
    [payee_id]
  )
  if (!payee) throw new DecisionRefusedError("vendor_not_found")
  if (payee.user_token !== user_token) {
    throw new DecisionRefusedError("vendor_has_no_account")
  }
  return payee.vendor_id
}

/** The last details that were given for this very route, unless money came back from them. */
export async function keptSet(
  sql: Sql,
  {
    payee_id,
    user_token,
    destination_token,
    destination_currency_code,
  }: {
    payee_id: string
    user_token: string
    destination_token: string
    destination_currency_code: string
  }
): Promise<{
  attr_set_token: string
  label: string | null
  masked_tail: string | null
} | null> {
  const [row] = await sql.rows<{
    attr_set_token: string
    label: string | null
    masked_tail: string | null
    status: DestinationStatus
  }>(
    `select attr_set_token, label, masked_tail, status
       from masspay_destination
      where payee_id = ? and user_token = ? and destination_token = ?
        and destination_currency_code = ? and attr_set_token is not null
      order by created_at desc, id desc limit 1`,
    [payee_id, user_token, destination_token, destination_currency_code]
  )
  return row && ["ready", "gone"].includes(row.status) ? row : null
}

/** Whether money came back from exactly this, and no operator has used it again since. */
export async function isReturned(
  sql: Sql,
  {
    payee_id,
    destination_token,
    attr_set_token,
  }: { payee_id: string; destination_token: string; attr_set_token: string }
): Promise<boolean> {
  const [last] = await sql.rows<{ status: DestinationStatus }>(
    `select status from masspay_destination
      where payee_id = ? and destination_token = ? and attr_set_token = ?
      order by created_at desc, id desc limit 1`,
    [payee_id, destination_token, attr_set_token]
  )
  return last?.status === "returned"
}

type NewDestination = Pick<
  DestinationRow,
  | "payee_id"
  | "vendor_id"
  | "user_token"
  | "currency_code"
  | "destination_token"
  | "destination_currency_code"
  | "country_code"
  | "payer_name"
  | "delivery_type"
  | "attr_set_token"
  | "label"
  | "masked_tail"
  | "min_amount"
  | "max_amount"
  | "fee"
  | "exchange_rate"
  | "estimated_availability"
  | "chosen_by"
> & { decision_id: string; was_gone?: string | null }

/** The caller holds the payee's lock. Returns the id of the new one. */
export async function replaceDestination(
  sql: Sql,
  row: NewDestination
): Promise<string> {
  const status: DestinationStatus = row.was_gone
    ? "gone"
    : row.attr_set_token === null
      ? "incomplete"
      : "ready"
  const reason: string | null =
    row.was_gone ??
    (status === "incomplete"
      ? ("attributes_missing" satisfies DestinationProblem)
      : null)
  const id = newId("msdst")
  await sql.rows(
    `update masspay_destination
        set replaced_at = masspay_now(), updated_at = masspay_now()
      where payee_id = ? and currency_code = ? and replaced_at is null`,
    [row.payee_id, row.currency_code]
  )
  await sql.rows(
    `insert into masspay_destination
       (id, payee_id, vendor_id, user_token, currency_code, destination_token,
        destination_currency_code, country_code, payer_name, delivery_type,
        attr_set_token, label, masked_tail, min_amount, max_amount, fee,
        exchange_rate, estimated_availability, status, status_reason,
        checked_at, check_at, chosen_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
             masspay_now(), masspay_now() + ${CHECK_EVERY}, ?)`,
    [
      id,
      row.payee_id,
      row.vendor_id,
      row.user_token,
      row.currency_code,
      row.destination_token,
      row.destination_currency_code,
      row.country_code,
      row.payer_name,
      row.delivery_type,
      row.attr_set_token,
      row.label,
      row.masked_tail,
      row.min_amount?.toString() ?? null,
      row.max_amount?.toString() ?? null,
      row.fee?.toString() ?? null,
      row.exchange_rate,
      row.estimated_availability,
      status,
      reason,
      row.chosen_by,
    ]
  )
  const { vendor_id, decision_id } = row
  await tellDestinationChanged(sql, { id, vendor_id, decision_id })
  return id
}

export async function tellDestinationChanged(
  sql: Sql,
  {
    id,
    vendor_id,
    decision_id,
  }: { id: string; vendor_id: string; decision_id: string }
): Promise<void> {
  await addOutboxEvent(sql, {
    name: MasspayEvents.DESTINATION_CHANGED,
    payload: { id, vendor_id },
    cause_key: `decision:${decision_id}`,
  })
}
