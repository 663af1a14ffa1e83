import { Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { useDay } from "../../hooks/use-day"
import { useMoney } from "../../hooks/use-money"
import { type ChartDay, SERIES } from "../../lib/chart"

type DaysTableProps = { days: ChartDay[]; currency_code: string }

/** The same as the drawing, in numbers, the newest day first. */
export function DaysTable({ days, currency_code }: DaysTableProps) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const { longDay } = useDay()

  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={t("masspay.overview.chart.label")}
      className="focus-visible:shadow-borders-focus h-full overflow-auto outline-none"
    >
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>
              {t("masspay.overview.chart.day")}
            </Table.HeaderCell>
            {SERIES.map((series) => (
              <Table.HeaderCell key={series} className="text-right">
                {t(`masspay.overview.chart.${series}`)}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {[...days].reverse().map((day) => (
            <Table.Row key={day.date}>
              <Table.Cell className="text-nowrap">
                {longDay(day.date)}
              </Table.Cell>
              {SERIES.map((series) => (
                <Table.Cell key={series} className="text-right tabular-nums">
                  {money(day.amounts[series], currency_code)}
                </Table.Cell>
              ))}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
