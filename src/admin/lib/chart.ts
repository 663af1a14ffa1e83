import type { OverviewDay } from "../../types/http-overview"
import { isZero } from "./decimal"

export const SERIES = ["paid", "due", "held"] as const
export type Series = (typeof SERIES)[number]

/** One day's bars. Heights are for drawing; amounts are what is said. */
export type ChartDay = {
  date: string
  heights: Record<Series, number>
  amounts: Record<Series, string>
}

/** The currencies that there is anything to show of, the busiest first. */
export function currenciesOf(days: readonly OverviewDay[]): string[] {
  const busy = new Map<string, number>()
  for (const day of days) {
    const amounts = SERIES.filter((series) => !isZero(day[series])).length
    busy.set(day.currency_code, (busy.get(day.currency_code) ?? 0) + amounts)
  }
  return [...busy]
    .filter(([, count]) => count > 0)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .map(([currency_code]) => currency_code)
}

/** The days of one currency. */
export function chartOf(
  days: readonly OverviewDay[],
  currency_code: string
): ChartDay[] {
  return days
    .filter((day) => day.currency_code === currency_code)
    .map((day) => ({
      date: day.date,
      heights: each((series) => Number(day[series])),
      amounts: each((series) => day[series]),
    }))
}

function each<Value>(value: (series: Series) => Value): Record<Series, Value> {
  return { paid: value("paid"), due: value("due"), held: value("held") }
}

/** How much of `whole` is `part`, in whole percent from 0 to 100; for drawing. */
export function percentOf(part: string, whole: string): number {
  const share = Number(part) / Number(whole)
  if (!Number.isFinite(share)) return Number(part) > 0 ? PERCENT_MAX : 0
  return Math.min(PERCENT_MAX, Math.max(0, Math.round(share * PERCENT_MAX)))
}
const PERCENT_MAX = 100
