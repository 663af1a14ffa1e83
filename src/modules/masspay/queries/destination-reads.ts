import type { PayeeMethod } from "../../../domain/destinations"
import type { Sql } from "./db"
import {
  DESTINATION_COLUMNS,
  type DestinationRow,
  destinationRow,
  type StoredDestination,
} from "./destinations"

const REPLACED_MAX = 20

/** How a payee is paid; `null`: as the shop's options say. `undefined`: there is no such payee. */
export async function methodOf(
  sql: Sql,
  who: { payee_id: string } | { vendor_id: string }
): Promise<{ payee_id: string; method: PayeeMethod | null } | undefined> {
  const column = "payee_id" in who ? "id" : "vendor_id"
  const [row] = await sql.rows<{
    payee_id: string
    method: PayeeMethod | null
  }>(`select id as payee_id, method from masspay_payee where ${column} = ?`, [
    "payee_id" in who ? who.payee_id : who.vendor_id,
  ])
  return row
}

/** The latest that others took the place of, or that were chosen for another user of hers. */
export async function replacedDestinationsOf(
  sql: Sql,
  payee_id: string
): Promise<DestinationRow[]> {
  const rows = await sql.rows<StoredDestination>(
    `select ${DESTINATION_COLUMNS} from masspay_destination d
       join masspay_payee y on y.id = d.payee_id
      where d.payee_id = ?
        and (d.replaced_at is not null
             or d.user_token is distinct from y.user_token)
      order by d.created_at desc, d.id desc limit ?`,
    [payee_id, REPLACED_MAX]
  )
  return rows.map(destinationRow)
}

/** A direct payout that MassPay may have a paper or a code for. */
export type PayoutAtMassPay = {
  payout_id: string
  vendor_id: string
  method: string
  user_token: string | null
  /** `null` until it was committed. */
  payout_token: string | null
}

/**
 * Where a payout is found at MassPay: by the token of the quote that was
 * committed last. A quote that nobody committed is no payout.
 */
export async function payoutAtMassPay(
  sql: Sql,
  id: string
): Promise<PayoutAtMassPay | null> {
  const [row] = await sql.rows<PayoutAtMassPay>(
    `select p.id as payout_id, p.vendor_id, p.method, p.user_token,
            (select o.remote_token from masspay_quote q
               join masspay_operation o on o.id = q.operation_id
              where q.payout_id = p.id and q.commit_attempt_id is not null
              order by q.created_at desc, q.id desc limit 1) as payout_token
       from masspay_payout p where p.id = ?`,
    [id]
  )
  return row ?? null
}
