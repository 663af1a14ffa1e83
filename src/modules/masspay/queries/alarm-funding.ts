import {
  nextMoment,
  parseSchedule,
  type ScheduleText,
} from "../../../domain/collect-schedule"
import { ALARM_AFTER } from "../../../domain/incidents"
import type { CollectPolicy } from "./collect"
import { clockOf, defaultSchedule } from "./collect-terms"
import type { Sql } from "./db"
import { amountText } from "./dto"
import type { IncidentCause } from "./incidents"
import { databaseNow } from "./settlements"

export type FundingTerms = Pick<
  CollectPolicy,
  "schedule" | "clock" | "minimum"
> & {
  /** By upper-case currency code, in minor units: below it somebody has to hear of it. */
  low_balance: Readonly<Record<string, bigint>>
}

/** A currency that is paid in, and whether its wallet lasts. Minor units. */
export type FundingOutlook = {
  currency_code: string
  /** What may still be drawn, as far as we know; `null`: there is no wallet, or it was never read. */
  balance: bigint | null
  as_of: Date | null
  /** Payouts that wait, and what becomes due and is paid within a day. */
  upcoming: bigint
  low_balance: bigint | null
  /** `short`: a payout waits for it already. */
  low: "short" | "below_upcoming" | "below_limit" | null
}

type WalletRow = {
  currency_code: string
  balance: string | null
  as_of: Date | null
  is_short: boolean
}
type UpcomingRow = {
  currency_code: string
  schedule: ScheduleText | null
  amount: string
}

/** What every funding wallet holds, against what is paid out of it within a day. */
export async function fundingOutlook(
  sql: Sql,
  terms: FundingTerms
): Promise<FundingOutlook[]> {
  const now = await databaseNow(sql)
  const wallets = await sql.rows<WalletRow>(
    `select substr(f.key, 9) as currency_code,
            coalesce(w.value->>'balance', f.value->>'balance') as balance,
            coalesce(w.value->>'as_of', f.value->>'as_of')::timestamptz as as_of,
            coalesce(w.value->>'short_since' is not null and exists (
              select 1 from masspay_payout p
               where p.status = 'blocked' and p.block_reason = 'funds'
                 and p.source_token = f.value->>'token'), false) as is_short
       from masspay_control f
       left join masspay_control w on w.key = 'wallet:' || (f.value->>'token')
      where f.key like 'funding:%'`
  )
  const upcoming = await upcomingOf(sql, terms, now)
  const currencies = new Set([
    ...wallets.map(({ currency_code }) => currency_code),
    ...upcoming.keys(),
  ])
  return [...currencies].sort().map((currency_code) => {
    const wallet = wallets.find((row) => row.currency_code === currency_code)
    const balance = wallet?.balance == null ? null : BigInt(wallet.balance)
    const needed = upcoming.get(currency_code) ?? 0n
    const low_balance = terms.low_balance[currency_code] ?? null
    return {
      currency_code,
      balance,
      as_of: balance === null ? null : (wallet?.as_of ?? null),
      upcoming: needed,
      low_balance,
      low: lowness({
        balance,
        upcoming: needed,
        low_balance,
        is_short: wallet?.is_short ?? false,
      }),
    }
  })
}

function lowness({
  balance,
  upcoming,
  low_balance,
  is_short,
}: Pick<FundingOutlook, "balance" | "upcoming" | "low_balance"> & {
  is_short: boolean
}): FundingOutlook["low"] {
  // Without a wallet nothing is sent, which the preview says of each payout.
  if (balance === null) return null
  if (is_short) return "short"
  if (balance < upcoming) return "below_upcoming"
  return low_balance !== null && balance < low_balance ? "below_limit" : null
}

/** What is on its way already was taken off the balance. */
async function upcomingOf(
  sql: Sql,
  terms: FundingTerms,
  now: Date
): Promise<Map<string, bigint>> {
  const rows = await sql.rows<UpcomingRow>(
    `select currency_code, null as schedule, sum(amount)::text as amount
       from masspay_payout
      where (status in ('pending', 'ready')
             or (status = 'blocked' and block_reason = 'funds'))
        and amount > 0
      group by currency_code
     union all
     select currency_code, schedule, sum(amount)::text
       from (select o.currency_code, y.vendor_id, y.minimum,
                    coalesce(y.schedule, ?) as schedule, sum(o.amount) as amount
               from masspay_open_entry o
               join masspay_payee y on y.vendor_id = o.vendor_id
              where o.available_at <= (select masspay_now()) + ? * interval '1 millisecond'
                and y.status = 'active' and not y.is_paused
              group by o.currency_code, y.id) due
      where amount > 0
        and amount >= coalesce((due.minimum->>currency_code)::numeric,
                               (?::jsonb->>currency_code)::numeric, 0)
      group by currency_code, schedule`,
    [
      defaultSchedule({ ...terms, notify_payee: false, source_tokens: {} }),
      ALARM_AFTER.funding_ms,
      JSON.stringify(
        Object.fromEntries(
          Object.entries(terms.minimum).map(([code, amount]) => [
            code,
            amount.toString(),
          ])
        )
      ),
    ]
  )
  const sums = new Map<string, bigint>()
  for (const { currency_code, schedule, amount } of rows) {
    if (schedule !== null && !isPaidSoon(schedule, terms, now)) continue
    sums.set(currency_code, (sums.get(currency_code) ?? 0n) + BigInt(amount))
  }
  return sums
}

function isPaidSoon(
  text: ScheduleText,
  terms: FundingTerms,
  now: Date
): boolean {
  const schedule = parseSchedule(text)
  if (!schedule) return false
  const clock = clockOf({ ...terms, notify_payee: false, source_tokens: {} })
  return (
    nextMoment(schedule, clock, now).getTime() - now.getTime() <=
    ALARM_AFTER.funding_ms
  )
}

/** Wallets that do not last: one alarm for each currency. */
export async function lowFunding(
  sql: Sql,
  terms: FundingTerms
): Promise<IncidentCause[]> {
  const outlook = await fundingOutlook(sql, terms)
  return outlook.flatMap(({ currency_code, low, ...wallet }) =>
    low === null || wallet.balance === null
      ? []
      : [
          {
            kind: "funding_low" as const,
            cause_key: `funding_low:${currency_code}`,
            subject_type: "funding",
            subject_id: currency_code,
            detail: {
              currency_code,
              why: low,
              balance: amountText(wallet.balance, currency_code),
              upcoming: amountText(wallet.upcoming, currency_code),
              low_balance:
                wallet.low_balance === null
                  ? null
                  : amountText(wallet.low_balance, currency_code),
            },
          },
        ]
  )
}
