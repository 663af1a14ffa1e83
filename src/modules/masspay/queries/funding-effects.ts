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
    // By joins of whole tables: asked of one payout after the other it would take
    // minutes where there are many.
    `with op as (
       select o.payout_id,
              bool_or(o.remote_status = 'COMPLETED') is true as is_out,
              bool_or(o.remote_status not in ('COMPLETED', 'CANCELLED', 'REVERSED')) is true
                as is_moving,
              -- What comes back by a reversal comes without the fee, as far as is known.
              coalesce(max(q.fee) filter (where o.remote_status = 'REVERSED'), 0)
                as kept_fee,
              coalesce(sum(t.fee) filter (where o.remote_status = 'COMPLETED'), 0) as fee,
              -- Of a direct payout: all that left the wallet, whoever bore the fee.
              max(q.source_amount + q.fee) as debit
         from masspay_operation o
         left join masspay_remote_transaction t
           on t.token = o.remote_token and t.fee > 0
         left join masspay_operation oq
           on oq.kind = 'quote' and o.kind = 'commit' and oq.remote_token = o.remote_token
         left join masspay_quote q on q.operation_id = oq.id
        where o.kind in ('load', 'commit', 'spendback')
        group by o.payout_id),
     paid as (
       select p.currency_code, p.amount, op.is_out, op.kept_fee,
              coalesce(op.debit - p.amount, op.fee) as fee,
              p.updated_at <= ?::timestamptz - ? * interval '1 millisecond'
                and case
                  when p.status = 'completed' then op.is_out
                  -- Truth about these is proven, and may be that the money is out.
                  when p.status in ('void', 'reversed') then not op.is_moving
                  when p.status in ('pending', 'ready', 'blocked')
                    then not op.is_out and not op.is_moving and not exists (
                      select 1 from masspay_operation o
                        join masspay_attempt a on a.operation_id = o.id
                       where o.payout_id = p.id and a.proof is null)
                  else false end as is_certain
         from masspay_payout p join op on op.payout_id = p.id
        where p.method in ('wallet', 'direct', 'spendback'))
     select currency_code,
            sum(case when not is_certain then least(0, -amount - fee)
                     when is_out then -amount - fee else -kept_fee end)::text as low,
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
