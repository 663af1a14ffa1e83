import { Button, Select } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { MasspayOverview } from "../../../types/http-overview"
import { chartOf, currenciesOf } from "../../lib/chart"
import { NothingHere, Section } from "../common/section"
import { DaysChart } from "./days-chart"
import { DaysTable } from "./days-table"

/** Room for either, so that the page does not jump between them. */
const HEIGHT = "h-72"

/** Paid, due and held per day: drawn, or as a table for whoever cannot see a drawing. */
export function DaysSection({
  query,
}: {
  query: UseQueryResult<MasspayOverview>
}) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const [isTable, setIsTable] = useState(false)
  const currencies = currenciesOf(query.data?.per_day ?? [])
  const currency_code =
    chosen && currencies.includes(chosen) ? chosen : currencies[0]

  return (
    <Section
      testId="masspay-days"
      title={t("masspay.overview.chart.title")}
      query={query}
      loading={t("masspay.overview.loading")}
      skeleton={<div className={HEIGHT} />}
      body={({ per_day }) =>
        currency_code ? (
          <div className={`${HEIGHT} overflow-hidden`}>
            {isTable ? (
              <DaysTable
                days={chartOf(per_day, currency_code)}
                currency_code={currency_code}
              />
            ) : (
              <DaysChart
                days={chartOf(per_day, currency_code)}
                currency_code={currency_code}
              />
            )}
          </div>
        ) : (
          <NothingHere
            title={t("masspay.overview.chart.nothing")}
            text={t("masspay.overview.chart.nothingText")}
          />
        )
      }
    >
      {currencies.length > 1 && (
        <Select
          size="small"
          value={currency_code ?? ""}
          onValueChange={setChosen}
        >
          <Select.Trigger
            aria-label={t("masspay.overview.chart.currency")}
            className="w-24"
          >
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            {currencies.map((code) => (
              <Select.Item key={code} value={code}>
                {code}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      )}
      {currency_code && (
        <Button
          type="button"
          size="small"
          variant="secondary"
          onClick={() => setIsTable(!isTable)}
        >
          {t(
            isTable
              ? "masspay.overview.chart.showChart"
              : "masspay.overview.chart.showTable"
          )}
        </Button>
      )}
    </Section>
  )
}
