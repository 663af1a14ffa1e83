import type { KycClearReason } from "../../../domain/kyc"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { addOutboxEvents } from "./outbox"

export type KycClosing = {
  payee_id: string
  ids: readonly string[]
  reason: KycClearReason
  /** Who closed it; `system` when truth did. */
  by?: string
  note?: string | null
}

/**
 * Closes open requests of one payee, whose lock the caller holds, and drops
 * their links. One that was closed meanwhile stays as it was closed. Where none
 * is left that payments were refused for, her payouts may go on.
 */
export async function closeKycRequests(
  sql: Sql,
  { payee_id, ids, reason, by = "system", note = null }: KycClosing
): Promise<string[]> {
  if (ids.length === 0) return []
  const closed = await sql.rows<{ id: string; vendor_id: string }>(
    `update masspay_kyc_request
        set state = 'cleared', clear_reason = ?, cleared_by = ?, clear_note = ?,
            cleared_at = masspay_now(), link_sealed = null,
            updated_at = masspay_now()
      where id = any(?) and payee_id = ? and state = 'open'
      returning id, vendor_id`,
    [reason, by, note, ids, payee_id]
  )
  // The newer one says it all.
  if (reason !== "superseded") {
    await addOutboxEvents(
      sql,
      closed.map(({ id, vendor_id }) => ({
        name: MasspayEvents.KYC_CLEARED,
        payload: { id, vendor_id },
        cause_key: `kyc:${id}:cleared`,
      }))
    )
    await letPaymentsGoOn(sql, payee_id)
  }
  return closed.map(({ id }) => id)
}

/**
 * Nothing that payments were refused for is open any more: what waits is due for
 * its look-up, and goes out only after that.
 */
async function letPaymentsGoOn(sql: Sql, payee_id: string): Promise<void> {
  const freed = await sql.rows(
    `update masspay_payee y
        set papers_wanted = false, kyc_probe_id = null, kyc_probes = 0,
            kyc_probe_after = null, updated_at = masspay_now()
      where y.id = ? and y.papers_wanted
        and not exists (
          select 1 from masspay_kyc_request r
           where r.payee_id = y.id and r.state = 'open' and r.source = 'error')
      returning y.id`,
    [payee_id]
  )
  if (freed.length === 1) await makeBlockedDue(sql, payee_id)
}

/** Payouts of hers that were refused for what she is: looked up again now, and sent when that agrees. */
export async function makeBlockedDue(
  sql: Sql,
  payee_id: string
): Promise<number> {
  const rows = await sql.rows(
    `update masspay_payout
        set next_attempt_at = least(next_attempt_at, masspay_now()),
            -- Whoever is about to put it off again saw an older world.
            lease_owner = null, lease_until = null,
            updated_at = masspay_now()
      where payee_id = ? and status = 'blocked'
        and block_reason in ('kyc', 'vendor')
      returning id`,
    [payee_id]
  )
  return rows.length
}
