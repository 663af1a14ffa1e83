import type { PayeeStatus } from "../../../domain/payout-status"
import type { Sql } from "./db"

type LinkState = {
  vendor_id: string
  user_token: string | null
  status: PayeeStatus
  status_reason: string | null
  status_detail: string | null
  is_paused: boolean
  /** A worker has her in hand. */
  is_busy: boolean
}

/** How far linking one payee has come. */
export async function linkStateOf(
  sql: Sql,
  payee_id: string
): Promise<LinkState | null> {
  const [row] = await sql.rows<LinkState>(
    `select vendor_id, user_token, status, status_reason, status_detail,
            is_paused, coalesce(lease_until > masspay_now(), false) as is_busy
       from masspay_payee where id = ?`,
    [payee_id]
  )
  return row ?? null
}
