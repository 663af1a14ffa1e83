import { refreshDelay } from "../../../domain/kyc"
import type { WalletMirror } from "../../../types/http-mirrors"
import type { Db, Sql } from "./db"
import { amountText } from "./dto"
import { newId } from "./new-id"

/*
 * The mirror of payees' wallets: for people to look at, and for nothing else.
 * No statement outside this file reads it (test/unit/mirrors.spec.ts).
 */

export type PayeeToMirror = { payee_id: string; user_token: string }

/** What MassPay said that one wallet holds; minor units. */
type Read = { token: string; currency_code: string; balance: bigint }

/** How far back payouts that completed are looked for; the job runs every minute. */
const NEWS_MS = 10 * 60_000
const NEWS_MAX = 2_000
/** However much happens to one payee, her wallets are read once in this time. */
const PAUSE_MS = 5 * 60_000
const DAY_MS = 86_400_000

/**
 * Takes up to `limit` payees whose wallets are to be read, and keeps others from
 * them for `lease_ms`: those whose time has come, the longest waiting first. Only
 * who has a user, and nobody whose last reading was just now or failed lately. A
 * worker that dies costs that time.
 */
export async function claimWalletsToRead(
  db: Db,
  { limit, lease_ms }: { limit: number; lease_ms: number }
): Promise<PayeeToMirror[]> {
  return db.rows<PayeeToMirror>(
    `with due as materialized (
       select id from masspay_payee
        where user_token is not null
          and wallets_at <= (select masspay_now())
          and wallets_not_before <= (select masspay_now())
        order by wallets_at, id limit ?
          for update skip locked)
     update masspay_payee y
        set wallets_not_before = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
       from due where y.id = due.id
     returning y.id as payee_id, y.user_token`,
    [limit, lease_ms]
  )
}

/** Makes due whoever had a payout that completed since she was read. */
export async function wantWalletsOfPaid(db: Db): Promise<void> {
  await db.rows(
    // The limit is for the planner, which takes this index then and no other.
    `with news as materialized (
       select payee_id, completed_at from masspay_payout
        where completed_at > (select masspay_now()) - ? * interval '1 millisecond'
        order by completed_at desc limit ?),
     paid as materialized (
       select id from masspay_payee
        where id in (
          select n.payee_id from news n join masspay_payee e on e.id = n.payee_id
           where n.completed_at > coalesce(e.wallets_as_of, '-infinity'))
          and user_token is not null and wallets_at > masspay_now()
        order by vendor_id
          for update skip locked)
     update masspay_payee y
        set wallets_at = masspay_now(), updated_at = masspay_now()
       from paid where y.id = paid.id`,
    [NEWS_MS, NEWS_MAX]
  )
}

/**
 * Makes the wallets that were read the mirror, whatever it was. Dropped where
 * the payee has another user by now, or a later reading is there already.
 * Returns whether it was stored. `random` in [0, 1) spreads the next readings.
 */
export async function saveWallets(
  db: Db,
  {
    payee_id,
    user_token,
    began_at,
    wallets,
    random,
  }: PayeeToMirror & {
    began_at: Date
    wallets: readonly Read[]
    random: number
  }
): Promise<boolean> {
  return db.tx(async (sql) => {
    const [payee] = await sql.rows(
      `update masspay_payee
          set wallets_as_of = ?, wallets_user_token = user_token,
              wallets_failures = 0,
              wallets_at = masspay_now() + ? * interval '1 millisecond',
              wallets_not_before = masspay_now() + ? * interval '1 millisecond',
              updated_at = masspay_now()
        where id = ? and user_token = ?
          and coalesce(wallets_as_of, '-infinity') < ?
        returning id`,
      [
        began_at,
        Math.round(DAY_MS * (0.9 + 0.2 * random)),
        PAUSE_MS,
        payee_id,
        user_token,
        began_at,
      ]
    )
    if (!payee) return false
    const tokens = wallets.map(({ token }) => token)
    await sql.rows(
      `delete from masspay_wallet where payee_id = ? and not token = any(?)`,
      [payee_id, tokens]
    )
    await sql.rows(
      `insert into masspay_wallet
         (id, payee_id, user_token, token, currency_code, balance, as_of)
       select w.id, ?, ?, w.token, w.currency_code, w.balance, ?
         from unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
           w (id, token, currency_code, balance)
       on conflict (payee_id, token) do update
         set user_token = excluded.user_token, balance = excluded.balance,
             currency_code = excluded.currency_code, as_of = excluded.as_of,
             updated_at = masspay_now()`,
      [
        payee_id,
        user_token,
        began_at,
        wallets.map(() => newId("mswlt")),
        tokens,
        wallets.map(({ currency_code }) => currency_code),
        wallets.map(({ balance }) => balance.toString()),
      ]
    )
    return true
  })
}

/** MassPay did not answer: the mirror stays, and the next try is later each time. */
export async function noteWalletsUnread(
  db: Db,
  { payee_id }: { payee_id: string }
): Promise<void> {
  await db.tx(async (sql) => {
    const [payee] = await sql.rows<{ failures: number }>(
      `select wallets_failures as failures from masspay_payee
        where id = ? for update`,
      [payee_id]
    )
    if (!payee) return
    await sql.rows(
      `update masspay_payee
          set wallets_failures = wallets_failures + 1,
              wallets_at = least(wallets_at, masspay_now()),
              wallets_not_before = masspay_now() + ? * interval '1 millisecond',
              updated_at = masspay_now()
        where id = ?`,
      [refreshDelay(payee.failures), payee_id]
    )
  })
}

/** For whoever heard that something happened to users' money: read soon, but no sooner than the last reading allows. */
export async function wantWalletsRead(
  sql: Sql,
  { user_tokens }: { user_tokens: readonly string[] }
): Promise<void> {
  if (user_tokens.length === 0) return
  await sql.rows(
    `update masspay_payee
        set wallets_at = masspay_now(), updated_at = masspay_now()
      where id in (
        select id from masspay_payee
         where user_token = any(?) and wallets_at > masspay_now()
         order by vendor_id for update)`,
    [[...new Set(user_tokens)]]
  )
}

/** What a vendor's wallets held when they were last read; `null`: not read yet, or not those of the user she has now. */
export async function walletMirrorOf(
  sql: Sql,
  { vendor_id }: { vendor_id: string }
): Promise<WalletMirror | null> {
  const rows = await sql.rows<{
    as_of: Date
    currency_code: string | null
    balance: string | null
  }>(
    `select y.wallets_as_of as as_of, w.currency_code,
            sum(w.balance)::text as balance
       from masspay_payee y
       left join masspay_wallet w
         on w.payee_id = y.id and w.user_token = y.user_token
      where y.vendor_id = ? and y.wallets_as_of is not null
        and y.wallets_user_token = y.user_token
      group by y.wallets_as_of, w.currency_code
      order by w.currency_code`,
    [vendor_id]
  )
  const [first] = rows
  if (!first) return null
  return {
    as_of: first.as_of.toISOString(),
    balances: rows.flatMap(({ currency_code, balance }) =>
      currency_code === null || balance === null
        ? []
        : [{ currency_code, balance: amountText(balance, currency_code) }]
    ),
  }
}
