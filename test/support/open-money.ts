import type { Db } from "../../src/modules/masspay/queries/db"
import { newId } from "../../src/modules/masspay/queries/new-id"

/** A vendor with a MassPay user, who was never asked about. */
export async function aLinkedPayee(
  db: Db,
  vendor_id: string,
  status = "active"
): Promise<string> {
  const id = newId("mspye")
  await db.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, user_token, status, name)
     values (?, ?, ?, ?, ?, ?)`,
    [id, vendor_id, `user-${id}`, `usr-${id}`, status, `Shop of ${vendor_id}`]
  )
  return id
}

/** An open entry of a vendor, due at a time or now. Returns its id. */
export async function anOpenEntry(
  db: Db,
  {
    vendor_id,
    amount = 10_000n,
    currency_code = "USD",
    at,
    actor = "system",
  }: {
    vendor_id: string
    amount?: bigint
    currency_code?: string
    at?: Date
    actor?: string
  }
): Promise<string> {
  const id = newId("mslen")
  await db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, actor,
        available_at)
     values (?, ?, ?, ?, 'adjustment', ?, 'test', ?,
             coalesce(?::timestamptz, masspay_now()))`,
    [id, vendor_id, currency_code, amount.toString(), id, actor, at ?? null]
  )
  return id
}

let requests = 0

/** Who decides, and why: a new request each time. */
export function deciding(actor = "user_1") {
  requests += 1
  return { actor, reason: "because", request_id: `request-${requests}` }
}
