import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminOrderSettlement } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { sum } from "../../lib/decimal"

/** What all vendors get of the order, per currency. */
export function SettlementsTotal({
  settlements,
}: {
  settlements: AdminOrderSettlement[]
}) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const currencies = [...new Set(settlements.map((one) => one.currency_code))]

  return (
    <div className="flex items-center justify-between gap-x-4 px-6 py-4">
      <Text size="small" leading="compact" weight="plus">
        {t("masspay.order.total")}
      </Text>
      <div className="flex flex-col items-end gap-y-1">
        {currencies.map((currency_code) => (
          <Text
            key={currency_code}
            size="small"
            leading="compact"
            weight="plus"
            className="tabular-nums"
          >
            {money(totalIn(settlements, currency_code), currency_code)}
          </Text>
        ))}
      </div>
    </div>
  )
}

function totalIn(
  settlements: AdminOrderSettlement[],
  currency_code: string
): string {
  return sum(
    settlements
      .filter((one) => one.currency_code === currency_code)
      .map(({ net }) => net)
  )
}
