import { useTranslation } from "react-i18next"
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"

import { useDay } from "../../hooks/use-day"
import { useMoney } from "../../hooks/use-money"
import { type ChartDay, SERIES, type Series } from "../../lib/chart"

/** The dashboard's own colours, which know light from dark. */
const COLOR = {
  paid: "var(--tag-green-icon)",
  due: "var(--tag-blue-icon)",
  held: "var(--tag-neutral-icon)",
} satisfies Record<Series, string>
const TEXT_SIZE_PX = 12
const AXIS_WIDTH_PX = 56

type DaysChartProps = { days: ChartDay[]; currency_code: string }

/** A drawing of it; what it says stands in the table as well. */
export function DaysChart({ days, currency_code }: DaysChartProps) {
  const { t } = useTranslation()
  const { short } = useMoney()
  const { shortDay } = useDay()
  const tick = { fill: "var(--fg-subtle)", fontSize: TEXT_SIZE_PX }

  return (
    <div
      role="img"
      aria-label={t("masspay.overview.chart.label")}
      className="size-full px-3 py-4"
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={days} accessibilityLayer={false} barGap={0}>
          <CartesianGrid stroke="var(--border-base)" vertical={false} />
          <XAxis
            dataKey="date"
            tick={tick}
            tickFormatter={shortDay}
            tickLine={false}
            axisLine={false}
            minTickGap={24}
          />
          <YAxis
            tick={tick}
            tickFormatter={(height: number) => short(height, currency_code)}
            tickLine={false}
            axisLine={false}
            width={AXIS_WIDTH_PX}
          />
          <Tooltip
            cursor={{ fill: "var(--bg-base-hover)" }}
            content={({ active, payload }) => {
              const day = (payload?.[0]?.payload ?? null) as ChartDay | null
              return active && day ? (
                <DayTip day={day} currency_code={currency_code} />
              ) : null
            }}
          />
          <Legend
            iconType="square"
            iconSize={8}
            wrapperStyle={{ fontSize: TEXT_SIZE_PX }}
            formatter={(text: string) => (
              <span className="text-ui-fg-subtle">{text}</span>
            )}
          />
          {SERIES.map((series) => (
            <Bar
              key={series}
              dataKey={`heights.${series}`}
              name={t(`masspay.overview.chart.${series}`)}
              fill={COLOR[series]}
              radius={[2, 2, 0, 0]}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  )
}

type DayTipProps = { day: ChartDay; currency_code: string }

function DayTip({ day, currency_code }: DayTipProps) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const { longDay } = useDay()

  return (
    <div className="bg-ui-bg-base shadow-elevation-tooltip txt-compact-xsmall text-ui-fg-base flex flex-col gap-y-1 rounded-lg px-3 py-2">
      <span className="txt-compact-xsmall-plus">{longDay(day.date)}</span>
      {SERIES.map((series) => (
        <span key={series} className="flex justify-between gap-x-4">
          <span className="text-ui-fg-subtle">
            {t(`masspay.overview.chart.${series}`)}
          </span>
          <span className="tabular-nums">
            {money(day.amounts[series], currency_code)}
          </span>
        </span>
      ))}
    </div>
  )
}
