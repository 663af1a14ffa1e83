import type { Db, Sql } from "./db"
import { CHECK_EVERY, type RouteToKeep } from "./destination-rows"
import {
  DESTINATION_COLUMNS,
  type DestinationRow,
  destinationRow,
  type StoredDestination,
} from "./destinations"

/**
 * Leases up to `limit` destinations in use whose route is to be looked at again,
 * the longest due first, of payees who are paid directly. A worker that dies
 * costs a lease.
 */
export async function claimDestinationsToCheck(
  db: Db,
  {
    limit,
    lease_ms,
    default_method,
  }: { limit: number; lease_ms: number; default_method: "wallet" | "direct" }
): Promise<DestinationRow[]> {
  const rows = await db.rows<StoredDestination>(
    `with due as materialized (
       select d.id from masspay_destination d
         join masspay_payee y on y.id = d.payee_id
        where d.replaced_at is null and d.check_at <= (select masspay_now())
          and y.user_token = d.user_token
          and coalesce(y.method, ?) = 'direct'
        order by d.check_at, d.id limit ?
          for update of d skip locked)
     update masspay_destination d
        set check_at = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
       from due where d.id = due.id
     returning ${DESTINATION_COLUMNS}`,
    [default_method, limit, lease_ms]
  )
  return rows.map(destinationRow)
}

/**
 * Notes what MassPay offers now. A route that came back is as good as before.
 * Returns whether anything that a payout depends on is another than it was.
 */
export async function noteRouteFound(
  sql: Sql,
  { id, route }: { id: string; route: RouteToKeep }
): Promise<{ is_changed: boolean }> {
  const [before] = await sql.rows<StoredDestination>(
    `select ${DESTINATION_COLUMNS} from masspay_destination d where d.id = ?`,
    [id]
  )
  const rows = await sql.rows(
    `update masspay_destination d
        set min_amount = ?, max_amount = ?, fee = ?, exchange_rate = ?,
            estimated_availability = ?, payer_name = ?, delivery_type = ?,
            checked_at = masspay_now(),
            check_at = masspay_now() + ${CHECK_EVERY},
            status = case when d.status <> 'gone' then d.status
                          when d.attr_set_token is null then 'incomplete'
                          else 'ready' end,
            status_reason = case when d.status <> 'gone' then d.status_reason
                                 when d.attr_set_token is null
                                   then 'attributes_missing' end,
            updated_at = masspay_now()
      where d.id = ? and d.replaced_at is null returning d.id`,
    [
      route.min_amount?.toString() ?? null,
      route.max_amount?.toString() ?? null,
      route.fee?.toString() ?? null,
      route.exchange_rate,
      route.estimated_availability,
      route.payer_name,
      route.delivery_type,
      id,
    ]
  )
  const is_changed =
    rows.length === 1 &&
    before !== undefined &&
    (before.status === "gone" ||
      before.min_amount !== (route.min_amount?.toString() ?? null) ||
      before.max_amount !== (route.max_amount?.toString() ?? null))
  return { is_changed }
}

/** MassPay did not answer, or nothing is left to find: looked at again later. */
export async function checkLater(
  sql: Sql,
  { id, after_ms }: { id: string; after_ms: number }
): Promise<void> {
  await sql.rows(
    `update masspay_destination
        set check_at = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
      where id = ?`,
    [after_ms, id]
  )
}
