import { isKnownCurrency } from "../../../domain/currency"
import type { DirectFacts } from "../../../domain/go-live-account"
import type { PayeeFacts } from "../../../domain/go-live-shop"
import type { Sql } from "./db"

/**
 * Currencies that vendors have or had something in, and what is due in them and
 * not with MassPay yet. Minor units; a currency we cannot pay in is left out.
 */
export async function currenciesInUse(
  sql: Sql
): Promise<{ currency_code: string; wanted: bigint }[]> {
  const rows = await sql.rows<{ currency_code: string; wanted: string }>(
    `select currency_code, greatest(sum(wanted), 0)::text as wanted
       from (select currency_code, sum(amount) as wanted
               from masspay_open_entry where available_at <= masspay_now()
              group by currency_code
             union all
             select currency_code, sum(amount)
               from masspay_payout
              where status in ('pending', 'ready', 'sending', 'blocked', 'unknown')
                and amount > 0
              group by currency_code
             union all
             select distinct currency_code, 0::numeric
               from masspay_settlement) used
      group by currency_code order by currency_code`
  )
  return rows
    .filter(({ currency_code }) => isKnownCurrency(currency_code))
    .map(({ currency_code, wanted }) => ({
      currency_code,
      wanted: BigInt(wanted),
    }))
}

/** Counts, and names of fields; no vendor and no value. */
export async function payeeFacts(sql: Sql): Promise<PayeeFacts> {
  const [counts] = await sql.rows<
    Omit<PayeeFacts, "missing" | "others"> & {
      others: Record<string, number> | null
    }
  >(
    `with payee as (
       select status, profile_missing, exists (
                select 1 from masspay_open_entry o
                 where o.vendor_id = y.vendor_id) as has_money
         from masspay_payee y)
     select count(*)::int as total,
            count(*) filter (where status = 'active')::int as active,
            count(*) filter (where status <> 'active' and has_money)::int
              as waiting,
            count(*) filter (where status = 'active'
              and jsonb_array_length(coalesce(profile_missing, '[]')) > 0)::int
              as incomplete,
            count(*) filter (where status = 'active'
              and profile_missing is null)::int as unread,
            (select jsonb_object_agg(status, n)
               from (select status, count(*) as n from payee
                      where status <> 'active' group by status) s) as others
       from payee`
  )
  const fields = await sql.rows<{ field: string; count: number }>(
    `select field, count(*)::int as count
       from masspay_payee y
      cross join lateral jsonb_array_elements_text(
        coalesce(y.profile_missing, '[]')) field
      where y.status = 'active' group by field`
  )
  if (!counts) throw new Error("A select without a row")
  return {
    ...counts,
    others: counts.others ?? {},
    missing: Object.fromEntries(
      fields.map(({ field, count }) => [field, count])
    ),
  }
}

/**
 * Counts alone. `method` is how vendors are paid who have none of their own; a
 * destination counts where a payout could use it: the newest for its currency,
 * of the MassPay user that she has now.
 */
export async function directFacts(
  sql: Sql,
  { method }: Pick<DirectFacts, "method">
): Promise<DirectFacts> {
  const [counts] = await sql.rows<{ vendors: number }>(
    `select count(*)::int as vendors from masspay_payee
      where coalesce(method, ?) = 'direct'`,
    [method]
  )
  const destinations = await sql.rows<DirectFacts["destinations"][number]>(
    `select d.currency_code, count(*)::int as count,
            count(*) filter (where d.min_amount is null)::int as unbounded
       from masspay_destination d join masspay_payee y on y.id = d.payee_id
      where d.replaced_at is null and d.user_token = y.user_token
        and coalesce(y.method, ?) = 'direct'
      group by d.currency_code order by d.currency_code`,
    [method]
  )
  return { method, vendors: counts?.vendors ?? 0, destinations }
}

/** How long ago each of these keys of the small shared state was written; `null`: never. */
export async function agesOfControl(
  sql: Sql,
  keys: readonly string[]
): Promise<Map<string, number | null>> {
  const rows = await sql.rows<{ key: string; ago_ms: string | null }>(
    `select wanted.key, (extract(epoch from masspay_now() - c.updated_at)
              * 1000)::bigint::text as ago_ms
       from unnest(?::text[]) wanted (key)
       left join masspay_control c on c.key = wanted.key`,
    [keys]
  )
  return new Map(
    rows.map(({ key, ago_ms }) => [key, ago_ms === null ? null : +ago_ms])
  )
}

/** When the last genuine message of MassPay's came. */
export async function lastWebhookAt(sql: Sql): Promise<Date | null> {
  const [row] = await sql.rows<{ at: Date }>(
    `select received_at as at from masspay_webhook_event
      order by received_at desc limit 1`
  )
  return row?.at ?? null
}

/** What the database's own clock says. Not the clock of the books, which tests move. */
export async function databaseClock(sql: Sql): Promise<number> {
  const [row] = await sql.rows<{ ms: string }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::text as ms`
  )
  return Number(row?.ms)
}
