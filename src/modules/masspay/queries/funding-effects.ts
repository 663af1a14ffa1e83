import { VISIBILITY_DELAY_MS } from "../../../domain/lookup-timing"
import type { Sql } from "./db"

/** Signed minor units, by currency: at least, and at most. */
export type FundingEffects = Map<string, { low: bigint; high: bigint }>

/**
 * What our payouts have done to the funding wallets since the beginning, as the
 * balance that was read since `began_at` may show it. A payout counts with one
 * amount only where nothing happened to it from a while before the reading on
 * and its outcome is proven; any other counts with both of its ends. A fee that
 * MassPay's history names counts, too.
 *
 * Call it after the request: what changed meanwhile is found by its time.
 */
export async function fundingEffects(
  sql: Sql,
  { began_at }: { began_at: Date }
): Promise<FundingEffects> {
  const rows = await sql.rows<{
    currency_code: string
    low: string
    high: string
  }>(
    `with paid as (
       select p.currency_code, p.amount, coalesce(o.fee, 0) as fee, o.is_out,
              p.updated_at <= ?::timestamptz - ? * interval '1 millisecond'
                and case
                  when p.status = 'completed' then o.is_out
                  -- Truth about these is proven, and may be that the money is out.
                  when p.status in ('void', 'reversed') then not o.is_moving
                  when p.status in ('pending', 'ready', 'blocked')
                    then not o.is_unproven and not o.is_out and not o.is_moving
                  else false end as is_certain
         from masspay_payout p
        cross join lateral (
          select bool_or(o.remote_status = 'COMPLETED') is true as is_out,
                 bool_or(o.remote_status not in ('COMPLETED', 'CANCELLED')) is true as is_moving,
                 bool_or(exists (
                   select 1 from masspay_attempt a
                    where a.operation_id = o.id and a.proof is null)) is true as is_unproven,
                 sum(t.fee) filter (where o.remote_status = 'COMPLETED'
                   and t.source_currency_code = p.currency_code) as fee
            from masspay_operation o
            left join masspay_remote_transaction t on t.token = o.remote_token
           where o.payout_id = p.id and o.kind in ('load', 'commit', 'spendback')) o
        where p.method in ('wallet', 'direct', 'spendback'))
     select currency_code,
            sum(case when not is_certain then least(0, -amount - fee)
                     when is_out then -amount - fee else 0 end)::text as low,
            sum(case when not is_certain then greatest(0, -amount)
                     when is_out then -amount - fee else 0 end)::text as high
       from paid group by currency_code`,
    [began_at, VISIBILITY_DELAY_MS]
  )
  return new Map(
    rows.map(({ currency_code, low, high }) => [
      currency_code,
      { low: BigInt(low), high: BigInt(high) },
    ])
  )
}
