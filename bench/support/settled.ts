import type { Db } from "../../src/modules/masspay/queries/db"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import type { FreshOrder } from "./orders"

/**
 * Speed counts for nothing if it books wrong: every vendor of every order has
 * one settlement with one entry, of exactly what she is due, open, and told
 * once; and nobody else has anything for these orders. Throws otherwise.
 */
export async function checkSettled(
  db: Db,
  orders: readonly FreshOrder[]
): Promise<void> {
  const due = orders.flatMap(({ id, due }) =>
    due.map(({ vendor_id, net, gross, commission, shipping }) => ({
      order_id: id,
      vendor_id,
      net: net.toString(),
      gross: gross.toString(),
      commission: commission.toString(),
      shipping: shipping.toString(),
    }))
  )
  const [found] = await db.rows<{ right: number; all: number }>(
    `with due as materialized (
       select * from jsonb_to_recordset(?::jsonb) d
         (order_id text, vendor_id text, net bigint, gross bigint,
          commission bigint, shipping bigint))
     select (select count(*)::int from masspay_settlement
              where order_id = any(?)) as all,
            (select count(*)::int
               from due d
               join masspay_settlement s on s.order_id = d.order_id
                and s.root_order_id = d.order_id and s.vendor_id = d.vendor_id
                and s.currency_code = 'USD' and s.revision = 1
                and s.held_reason is null and s.available_at > masspay_now()
                and (s.net, s.gross, s.commission, s.shipping)
                  = (d.net, d.gross, d.commission, d.shipping)
              where (select array_agg((e.amount, e.kind, e.available_at)::text)
                       from masspay_ledger_entry e where e.settlement_id = s.id)
                  = array[(d.net, 'earning', s.available_at)::text]
                and exists (select 1 from masspay_ledger_entry e
                              join masspay_open_entry o on o.entry_id = e.id
                             where e.settlement_id = s.id and o.amount = d.net)
                and (select count(*) from masspay_outbox_event x
                      where x.cause_key = 'settlement:' || s.id || ':1'
                        and x.name = 'masspay.settlement.recorded') = 1) as right`,
    [JSON.stringify(due), orders.map(({ id }) => id)]
  )
  const { right = 0, all = 0 } = found ?? {}
  if (right !== due.length || all !== due.length) {
    throw new Error(
      `Of ${due.length} settlements ${right} are right, and there are ${all}`
    )
  }
}

export async function checkBooksHold(db: Db): Promise<void> {
  const broken = (await checkInvariants(db)).filter(({ holds }) => !holds)
  if (broken.length > 0) {
    throw new Error(
      `Invariants broken: ${broken.map(({ id, violations }) => `${id} ${JSON.stringify(violations[0])}`).join()}`
    )
  }
}
