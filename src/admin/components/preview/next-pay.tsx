import { useTranslation } from "react-i18next"

import type { AdminPayoutPreviewRow } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { isZero } from "../../lib/decimal"

/** What the next run makes of it. */
export function NextPay({ row }: { row: AdminPayoutPreviewRow }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  if (row.pays === null) {
    return (
      <span className="text-ui-fg-subtle">
        {t("masspay.preview.paysNothing")}
      </span>
    )
  }

  return (
    <span className="text-ui-fg-base font-medium tabular-nums">
      {isZero(row.pays)
        ? t("masspay.preview.closes")
        : withCode(row.pays, row.currency_code)}
    </span>
  )
}
