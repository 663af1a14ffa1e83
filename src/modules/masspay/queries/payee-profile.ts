import type { ProfileField } from "../../../domain/profile"
import type { Db, Sql } from "./db"

/** A linked payee whose profile this worker may change until its lease ends. */
export type PayeeToWrite = {
  payee_id: string
  user_token: string
  /** ISO 3166-1 alpha-2, upper case. */
  country_code: string | null
}

export type PayeeOfProfile = {
  payee_id: string
  vendor_id: string
  user_token: string | null
  country_code: string | null
}

/** Whose profile it is, by either id. */
export async function payeeOfProfile(
  sql: Sql,
  who: { payee_id: string } | { vendor_id: string }
): Promise<PayeeOfProfile | null> {
  const column = "payee_id" in who ? "id" : "vendor_id"
  const [payee] = await sql.rows<PayeeOfProfile>(
    `select id as payee_id, vendor_id, user_token, country_code
       from masspay_payee where ${column} = ?`,
    ["payee_id" in who ? who.payee_id : who.vendor_id]
  )
  return payee ?? null
}

/**
 * Leases a linked payee, or `null` while somebody else has her: a change reads
 * the whole profile and writes it back, so two at once would lose one.
 */
export async function claimProfile(
  db: Db,
  {
    payee_id,
    worker,
    lease_ms,
  }: { payee_id: string; worker: string; lease_ms: number }
): Promise<PayeeToWrite | null> {
  const [payee] = await db.rows<PayeeToWrite>(
    `update masspay_payee
        set lease_owner = ?,
            lease_until = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
      where id = ? and user_token is not null
        and (lease_until is null or lease_until <= masspay_now())
      returning id as payee_id, user_token, country_code`,
    [worker, lease_ms, payee_id]
  )
  return payee ?? null
}

/** Gives her back. `missing`: what her profile lacks by now; left out: nobody knows. */
export async function releaseProfile(
  db: Db,
  {
    payee_id,
    user_token,
    worker,
    missing,
  }: {
    payee_id: string
    user_token: string
    worker: string
    missing?: readonly ProfileField[] | undefined
  }
): Promise<void> {
  const known = missing ? JSON.stringify([...missing]) : null
  await db.rows(
    `update masspay_payee
        set profile_missing = coalesce(?::jsonb, profile_missing),
            profile_as_of = case when ?::jsonb is null then profile_as_of
                                 else masspay_now() end,
            lease_owner = null, lease_until = null, updated_at = masspay_now()
      where id = ? and user_token = ? and lease_owner = ?`,
    [known, known, payee_id, user_token, worker]
  )
}
