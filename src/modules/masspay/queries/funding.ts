import type { Db, Sql } from "./db"

const PREFIX = "wallet:"

/** A funding wallet as the claims see it. */
type Wallet = {
  /** Minor units; what may still be drawn, as far as we know. */
  balance: string
  /** When the read of MassPay's balance began. */
  as_of: string
  /** Everything claimed from it so far: tells what was drawn while a read was under way. */
  drawn: string
  /** Set while a payout waits for it to be filled. */
  short_since: string | null
  /** How often that happened. */
  short_seq: number
}

/** What was known when a read of the balances began. */
export type FundingRead = {
  began_at: Date
  /** By wallet: drawn so far, and on its way or unproven. */
  before: Map<string, { drawn: bigint; in_flight: bigint }>
}

/**
 * Notes what a balance that is read from now on cannot be trusted to show:
 * payouts that are on the wire or unproven. Call it before the request.
 */
export async function beginFundingRead(db: Db): Promise<FundingRead> {
  const [clock] = await db.rows<{ now: Date }>(`select masspay_now() as now`)
  if (!clock) throw new Error("A select without a row")
  const rows = await db.rows<{
    token: string
    drawn: string
    in_flight: string
  }>(
    `select token, sum(drawn)::text as drawn, sum(in_flight)::text as in_flight
       from (select substr(key, ?) as token, (value->>'drawn')::numeric as drawn,
                    0 as in_flight
               from masspay_control where key like '${PREFIX}%'
             union all
             select source_token, 0, amount from masspay_payout
              where status in ('sending', 'unknown') and source_token is not null) known
      group by token`,
    [PREFIX.length + 1]
  )
  return {
    began_at: clock.now,
    before: new Map(
      rows.map((row) => [
        row.token,
        { drawn: BigInt(row.drawn), in_flight: BigInt(row.in_flight) },
      ])
    ),
  }
}

/**
 * Stores balances that were read: less what was on its way when the read began
 * and what was claimed since, because the balance may or may not show it. Errs
 * on the side of too little; the next read knows more.
 */
export async function saveWalletBalances(
  db: Db,
  read: FundingRead,
  balances: readonly { token: string; balance: bigint }[]
): Promise<void> {
  const wallets = [...balances].sort((a, b) => (a.token < b.token ? -1 : 1))
  for (const { token, balance } of wallets) {
    const { drawn = 0n, in_flight = 0n } = read.before.get(token) ?? {}
    const began_at = read.began_at.toISOString()
    await db.rows(
      `insert into masspay_control (key, value)
         values (?, jsonb_build_object('balance', ?::text, 'as_of', ?::text,
                   'drawn', '0', 'short_since', null, 'short_seq', 0))
         on conflict (key) do update
           set value = masspay_control.value || jsonb_build_object(
                 'as_of', ?::text,
                 'balance', (?::numeric + ?::numeric
                   - (masspay_control.value->>'drawn')::numeric)::text),
               updated_at = masspay_now()
         where (masspay_control.value->>'as_of')::timestamptz < ?::timestamptz`,
      [
        PREFIX + token,
        (balance - in_flight).toString(),
        began_at,
        began_at,
        (balance - in_flight).toString(),
        drawn.toString(),
        began_at,
      ]
    )
  }
}

/** How old the oldest known balance is, in milliseconds; `null` when none is known. */
export async function fundingAge(sql: Sql): Promise<number | null> {
  const [row] = await sql.rows<{ age_ms: string | null }>(
    `select extract(epoch from masspay_now() - min((value->>'as_of')::timestamptz))::numeric * 1000
              as age_ms
       from masspay_control where key like '${PREFIX}%'`
  )
  return row?.age_ms == null ? null : Number(row.age_ms)
}

/** Locked until the transaction ends: of two claims the second sees what the first has drawn. */
export async function lockWallets(
  sql: Sql,
  tokens: readonly string[]
): Promise<Map<string, bigint>> {
  const rows = await sql.rows<{ key: string; value: Wallet }>(
    `select key, value from masspay_control where key = any(?)
      order by key for update`,
    [tokens.map((token) => PREFIX + token)]
  )
  return new Map(
    rows.map(({ key, value }) => [
      key.slice(PREFIX.length),
      BigInt(value.balance),
    ])
  )
}

/** Notes what a claim draws. A wallet that pays again, and that nothing waits for, is short no more. */
export async function drawFrom(
  sql: Sql,
  draws: ReadonlyMap<string, bigint>
): Promise<void> {
  const tokens = [...draws.keys()]
  if (tokens.length === 0) return
  await sql.rows(
    `update masspay_control w
        set value = w.value || jsonb_build_object(
              'balance', ((w.value->>'balance')::numeric - d.amount)::text,
              'drawn', ((w.value->>'drawn')::numeric + d.amount)::text,
              'short_since', case when exists (
                select 1 from masspay_payout p
                 where p.status = 'blocked' and p.block_reason = 'funds'
                   and p.source_token = d.token) then w.value->'short_since' end),
            updated_at = masspay_now()
       from unnest(?::text[], ?::numeric[]) d (token, amount)
      where w.key = '${PREFIX}' || d.token`,
    [tokens, tokens.map((token) => String(draws.get(token)))]
  )
}

/**
 * Notes that a wallet is short. Returns the number of this shortage when it is
 * a new one, which somebody has to hear of once, and `null` while it goes on.
 */
export async function noteShort(
  sql: Sql,
  token: string
): Promise<number | null> {
  const [row] = await sql.rows<{ short_seq: number }>(
    `update masspay_control
        set value = value || jsonb_build_object('short_since', masspay_now(),
              'short_seq', (value->>'short_seq')::int + 1),
            updated_at = masspay_now()
      where key = ? and value->>'short_since' is null
      returning (value->>'short_seq')::int as short_seq`,
    [PREFIX + token]
  )
  return row?.short_seq ?? null
}
