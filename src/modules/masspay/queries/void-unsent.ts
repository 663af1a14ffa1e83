import { VISIBILITY_DELAY_MS } from "../../../domain/lookup-timing"
import {
  assertMove,
  type PayoutEvent,
  type PayoutStatus,
} from "../../../domain/payout-status"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { NOBODY_DECIDES } from "./dispatch-ready"
import { newId } from "./new-id"
import { addOutboxEvents } from "./outbox"
import { releaseItems } from "./release-items"

type Unsent = {
  id: string
  vendor_id: string
  status: PayoutStatus
  version: number
}

/** Nothing was ever sent for the payout `p`, as SQL. */
const NEVER_SENT = `(
  not exists (
    select 1 from masspay_attempt a
      join masspay_operation o on o.id = a.operation_id
     where o.payout_id = p.id))`

/**
 * Nothing of the payout `p` was executed, as SQL: nothing was ever sent, or
 * every attempt is proven not executed and a look-up that began after the last
 * of them had time to show agrees. Binds one value, the visibility delay in
 * milliseconds.
 */
export const IS_UNSENT = `(
  ${NEVER_SENT}
  or (not exists (
        select 1 from masspay_operation o
         where o.payout_id = p.id and o.proof = 'executed')
      and (select bool_and(coalesce(a.proof = 'not_executed', false)
                           and a.outcome is distinct from 'ok')
                  and p.truth_as_of
                        > max(a.lease_until) + ? * interval '1 millisecond'
             from masspay_attempt a
             join masspay_operation o on o.id = a.operation_id
            where o.payout_id = p.id)))`

/**
 * Gives up payouts that nothing was executed for, so that their entries are
 * collected anew, with what is open by then: those of one payee and currency,
 * or of everybody those that nothing was ever sent for. A payout that is claimed
 * at this moment is left to its sender. Returns how many it were. For one payee,
 * call it under her lock.
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
  const which =
    of === "everybody"
      ? NEVER_SENT
      : `p.payee_id = ? and p.currency_code = ? and ${NOBODY_DECIDES} and ${IS_UNSENT}`
  const unsent = await sql.rows<Unsent>(
    `select p.id, p.vendor_id, p.status, p.version
       from masspay_payout p
      where p.status in ('pending', 'ready', 'blocked') and ${which}
      order by p.id
        for update of p`,
    of === "everybody"
      ? []
      : [of.payee_id, of.currency_code, VISIBILITY_DELAY_MS]
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
