import {
  type FundingVerdict,
  type Unexplained,
  unexplainedBetween,
  verdictOf,
} from "../../../domain/funding-movement"
import type { Sql } from "./db"
import type { FundingEffects } from "./funding-effects"
import { newId } from "./new-id"

/** Minor units, signed where they are sums. */
export type StoredReading = {
  id: string
  currency_code: string
  balance: bigint
  wallets: number
  low: bigint
  high: bigint
  began_at: Date
  read_at: Date
  verdict: FundingVerdict
}

/** The funding wallets of a currency: how they moved from the first reading on, and what explains it. */
export type FundingExplained = {
  reading: StoredReading
  /** What it is compared with; the reading itself where it is the first. */
  since: StoredReading
  recorded: bigint
  unexplained: Unexplained
  verdict: FundingVerdict
}

type Row = Omit<StoredReading, "balance" | "low" | "high"> & {
  balance: string
  low: string
  high: string
}
const COLUMNS = `r.id, r.currency_code, r.balance::text as balance, r.wallets,
  r.effect_low::text as low, r.effect_high::text as high, r.began_at, r.read_at,
  r.verdict`

function readingOf({ balance, low, high, ...row }: Row): StoredReading {
  return {
    ...row,
    balance: BigInt(balance),
    low: BigInt(low),
    high: BigInt(high),
  }
}

/** When the funding wallets were last read for this; `null`: never. */
export async function lastReadingAt(sql: Sql): Promise<Date | null> {
  const [row] = await sql.rows<{ at: Date | null }>(
    `select max(began_at) as at from masspay_funding_reading`
  )
  return row?.at ?? null
}

/**
 * Stores what was read, one row for each currency. A currency that was there
 * before and is not in the answer has no money by that answer.
 */
export async function saveFundingReading(
  sql: Sql,
  {
    began_at,
    balances,
    effects,
  }: {
    began_at: Date
    balances: readonly { currency_code: string; balance: bigint }[]
    effects: FundingEffects
  }
): Promise<FundingExplained[]> {
  const known = await sql.rows<{ currency_code: string }>(
    `select distinct currency_code from masspay_funding_reading`
  )
  const currencies = new Set(
    [...known, ...balances].map(({ currency_code }) => currency_code)
  )
  const explained: FundingExplained[] = []
  for (const currency_code of [...currencies].sort()) {
    const held = balances.filter((row) => row.currency_code === currency_code)
    const { low, high } = effects.get(currency_code) ?? { low: 0n, high: 0n }
    const reading = {
      id: newId("msfrd"),
      currency_code,
      balance: held.reduce((sum, { balance }) => sum + balance, 0n),
      wallets: held.length,
      low,
      high,
      began_at,
    }
    explained.push(await insertReading(sql, reading))
  }
  return explained
}

async function insertReading(
  sql: Sql,
  reading: Omit<StoredReading, "read_at" | "verdict">
): Promise<FundingExplained> {
  const { id, currency_code, balance, wallets, low, high, began_at } = reading
  const [row] = await sql.rows<Row>(
    `insert into masspay_funding_reading as r
       (id, currency_code, balance, wallets, effect_low, effect_high, began_at,
        read_at, verdict)
     values (?, ?, ?, ?, ?, ?, ?, masspay_now(), 'first')
     returning ${COLUMNS}`,
    [
      id,
      currency_code,
      balance.toString(),
      wallets,
      low.toString(),
      high.toString(),
      began_at,
    ]
  )
  if (!row) throw new Error("An insert without a row")
  const explained = await explain(sql, readingOf(row))
  await sql.rows(
    `update masspay_funding_reading set verdict = ?, updated_at = masspay_now()
      where id = ?`,
    [explained.verdict, id]
  )
  return explained
}

/** The newest reading of each currency, compared as of now: what was recorded since counts. */
export async function explainedNow(
  sql: Sql,
  currency_code: string | null = null
): Promise<FundingExplained[]> {
  const rows = await sql.rows<Row>(
    `select distinct on (r.currency_code) ${COLUMNS}
       from masspay_funding_reading r
      where ?::text is null or r.currency_code = ?::text
      order by r.currency_code, r.began_at desc, r.id desc`,
    [currency_code, currency_code]
  )
  const explained: FundingExplained[] = []
  for (const row of rows) explained.push(await explain(sql, readingOf(row)))
  return explained
}

/** What the reading before this one, of the same currency, came to; `null`: there is none. */
export async function verdictBefore(
  sql: Sql,
  { currency_code, began_at }: { currency_code: string; began_at: Date }
): Promise<FundingVerdict | null> {
  const [row] = await sql.rows<{ verdict: FundingVerdict }>(
    `select verdict from masspay_funding_reading
      where currency_code = ? and began_at < ?
      order by began_at desc, id desc limit 1`,
    [currency_code, began_at]
  )
  return row?.verdict ?? null
}

async function explain(
  sql: Sql,
  reading: StoredReading
): Promise<FundingExplained> {
  const since = (await startingPoint(sql, reading)) ?? reading
  const recorded = await recordedBetween(sql, { since, reading })
  const unexplained = unexplainedBetween(since, reading, recorded)
  // Every wallet's balance is rounded down to whole minor units.
  const tolerance = BigInt(Math.max(since.wallets, reading.wallets, 1))
  const verdict =
    since.id === reading.id ? "first" : verdictOf(unexplained, tolerance)
  return {
    reading,
    since,
    recorded,
    unexplained: verdict === "first" ? { low: 0n, high: 0n } : unexplained,
    verdict,
  }
}

/**
 * What a reading is compared with: the one up to which an operator accepted what
 * is not explained; else the first one with nothing in flight; else the first.
 */
async function startingPoint(
  sql: Sql,
  { currency_code, began_at }: StoredReading
): Promise<StoredReading | null> {
  const rows = await sql.rows<Row & { choice: number }>(
    `(select 1 as choice, ${COLUMNS}
        from masspay_discrepancy d
        join masspay_funding_reading r on r.id = d.ours->>'reading_id'
       where d.class = 'D11' and d.currency_code = ? and d.state = 'resolved'
         and r.began_at <= ?
       order by r.began_at desc limit 1)
     union all
     (select 2, ${COLUMNS} from masspay_funding_reading r
       where r.currency_code = ? and r.effect_low = r.effect_high
       order by r.began_at, r.id limit 1)
     union all
     (select 3, ${COLUMNS} from masspay_funding_reading r
       where r.currency_code = ? order by r.began_at, r.id limit 1)
     order by choice`,
    [currency_code, began_at, currency_code, currency_code]
  )
  const [best] = rows
  if (!best) return null
  const { choice: _, ...row } = best
  return readingOf(row)
}

async function recordedBetween(
  sql: Sql,
  { since, reading }: { since: StoredReading; reading: StoredReading }
): Promise<bigint> {
  const [row] = await sql.rows<{ amount: string }>(
    `select coalesce(sum(amount), 0)::text as amount
       from masspay_funding_movement
      where currency_code = ? and occurred_at > ? and occurred_at <= ?`,
    [reading.currency_code, since.began_at, reading.read_at]
  )
  return BigInt(row?.amount ?? "0")
}

const KEPT_DAYS = 90
const PRUNED_AT_ONCE = 1000

/** Thins out old readings: of each day the first stays, and whatever something is compared with. */
export async function thinOutReadings(sql: Sql): Promise<void> {
  await sql.rows(
    `delete from masspay_funding_reading where id in (
       select r.id from masspay_funding_reading r
        where r.began_at < masspay_now() - ? * interval '1 day'
          and exists (
            select 1 from masspay_funding_reading e
             where e.currency_code = r.currency_code and e.began_at < r.began_at
               and e.began_at >= date_trunc('day', r.began_at, 'UTC'))
          and r.id <> (
            select f.id from masspay_funding_reading f
             where f.currency_code = r.currency_code
             order by (f.effect_low = f.effect_high) desc, f.began_at, f.id limit 1)
          and not exists (
            select 1 from masspay_discrepancy d
             where d.class = 'D11' and d.ours->>'reading_id' = r.id)
        order by r.began_at limit ?)`,
    [KEPT_DAYS, PRUNED_AT_ONCE]
  )
}
