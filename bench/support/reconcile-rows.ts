import type { Db } from "../../src/modules/masspay/queries/db"

const PAYEES = 200
/** Rows lie within the last 30 days, the newest first. */
const SPREAD_MS = 30 * 24 * 60 * 60_000
const NOW_MS = Date.now() - 60 * 60_000

/** The `nth` row of the history, as MassPay writes it. */
export function rowOf(nth: number): string {
  const amount = (1_000 + (nth % 997)) / 100
  const at = new Date(NOW_MS - ((nth * 7_919) % SPREAD_MS)).toISOString()
  const user = `usr_${String(nth % PAYEES)}`
  return `{"token":"ld_${nth}","type":"load","time_of_txn":"${at}","source_token":"clnt_wlt_1","source_amount":${amount},"source_currency_code":"USD","destination_token":"usr_wlt_${user}","destination_amount":${amount},"destination_currency_code":"USD","fee":0,"status":"COMPLETED","notes":"Payout","user_token":"${user}"}`
}

const BLOCK = 50_000

/** The payouts of those rows, completed and as MassPay has them. */
export async function fillBooks(db: Db, rows: number): Promise<void> {
  await db.rows(
    `insert into masspay_payee (id, vendor_id, internal_user_id, user_token, status)
     select 'mspye_' || g, 'vendor_' || g, 'mpu_' || g, 'usr_' || g, 'active'
       from generate_series(0, ? - 1) g`,
    [PAYEES]
  )
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows) - 1
    await db.tx(async (sql) => {
      await sql.rows(
        `insert into masspay_payout
           (id, payee_id, vendor_id, method, status, amount, currency_code, source_key,
            user_token, source_token, oldest_entry_at, next_attempt_at, completed_at,
            remote_status, version, created_at, updated_at)
         select 'mspo_' || g, 'mspye_' || g % ?, 'vendor_' || g % ?, 'wallet', 'completed',
                1000 + g % 997, 'USD', 'payout:' || g, 'usr_' || g % ?, 'clnt_wlt_1',
                at, at, at, 'COMPLETED', 3, at, at
           from generate_series(?::int, ?::int) g,
                lateral (select to_timestamp(? / 1000.0)
                           - ((g::bigint * 7919) % ?) * interval '1 millisecond' as at) t`,
        [PAYEES, PAYEES, PAYEES, from, to, NOW_MS, SPREAD_MS]
      )
      await sql.rows(
        `insert into masspay_operation
           (id, payout_id, kind, client_id, request_text, remote_token, remote_status, proof)
         select 'msop_' || g, 'mspo_' || g, 'load', 'mplbench1' || g, '{}',
                'ld_' || g, 'COMPLETED', 'executed'
           from generate_series(?::int, ?::int) g`,
        [from, to]
      )
    })
  }
  await db.rows(`analyze`)
}
