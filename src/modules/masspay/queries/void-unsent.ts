import {
  assertMove,
  type PayoutEvent,
  type PayoutStatus,
} from "../../../domain/payout-status"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { newId } from "./new-id"
import { addOutboxEvents } from "./outbox"
import { releaseItems } from "./release-items"

type Unsent = {
  id: string
  vendor_id: string
  status: PayoutStatus
  version: number
}

/**
 * Gives up payouts that nothing was ever sent for, so that their entries are
 * collected anew, with what is open by then: of one payee and currency, or of
 * everybody. A payout that is claimed at this moment is left to its sender.
 * Returns how many it were. For one payee, call it under her lock.
 */
export async function voidUnsent(
  sql: Sql,
  {
    of,
    event,
    detail,
  }: {
    of: { payee_id: string; currency_code: string } | "everybody"
    event: Extract<PayoutEvent, "voided" | "remade">
    detail: string
  }
): Promise<number> {
  const mine =
    of === "everybody" ? "" : "and p.payee_id = ? and p.currency_code = ?"
  const unsent = await sql.rows<Unsent>(
    `select p.id, p.vendor_id, p.status, p.version
       from masspay_payout p
      where p.status in ('pending', 'ready', 'blocked') ${mine}
        and not exists (
          select 1 from masspay_attempt a
            join masspay_operation o on o.id = a.operation_id
           where o.payout_id = p.id)
      order by p.id
        for update of p`,
    of === "everybody" ? [] : [of.payee_id, of.currency_code]
  )
  if (unsent.length === 0) return 0
  for (const { status } of unsent) assertMove(status, "void", event)
  const ids = unsent.map((payout) => payout.id)
  await sql.rows(
    `update masspay_payout
        set status = 'void', version = version + 1, items_released = true,
            block_reason = null, block_detail = null, lease_owner = null,
            lease_until = null, updated_at = masspay_now()
      where id = any(?)`,
    [ids]
  )
  await sql.rows(
    `insert into masspay_payout_event
       (id, payout_id, version, from_status, to_status, event, detail)
     select e.id, e.payout_id, e.version, e.from_status, 'void', ?, ?
       from unnest(?::text[], ?::text[], ?::int[], ?::text[])
         as e(id, payout_id, version, from_status)`,
    [
      event,
      detail,
      unsent.map(() => newId("mspev")),
      ids,
      unsent.map((payout) => payout.version + 1),
      unsent.map((payout) => payout.status),
    ]
  )
  await releaseItems(sql, ids)
  await addOutboxEvents(
    sql,
    unsent.map(({ id, vendor_id, version }) => ({
      name: MasspayEvents.PAYOUT_VOIDED,
      payload: { id, vendor_id },
      cause_key: `payout:${id}:${version + 1}`,
    }))
  )
  return unsent.length
}
