import type { Sql } from "./db"

/** A webhook may be the end of what these wait for: the resolver asks in its next run, not later. */
export async function askSoonAboutReversals(
  sql: Sql,
  user_token: string
): Promise<void> {
  await sql.rows(
    `update masspay_payout
        set next_attempt_at = masspay_now(), updated_at = masspay_now()
      where payee_id = (select id from masspay_payee where user_token = ?)
        and status = 'reversing'
        and next_attempt_at > masspay_now() and lease_owner is null`,
    [user_token]
  )
}

/** Money came: payouts that wait for it are looked up in the next run. */
export async function askSoonAboutFunds(sql: Sql): Promise<void> {
  await sql.rows(
    `update masspay_payout
        set next_attempt_at = masspay_now(), updated_at = masspay_now()
      where status = 'blocked' and block_reason = 'funds'
        and next_attempt_at > masspay_now() and lease_owner is null`
  )
}
