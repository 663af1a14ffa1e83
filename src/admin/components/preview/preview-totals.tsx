import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayoutPreviewTotal } from "../../../types/http"
import { EVERYBODY, usePreview } from "../../hooks/masspay"
import { useMoney } from "../../hooks/use-money"
import { NothingHere, Section } from "../common/section"

/** How much is open, due, and paid by the next run, of all vendors. */
export function PreviewTotals() {
  const { t } = useTranslation()
  const query = usePreview(EVERYBODY)

  return (
    <Section
      testId="masspay-preview-totals"
      title={t("masspay.preview.totals")}
      query={query}
      loading={t("masspay.preview.loading")}
      body={({ totals }) =>
        totals.length === 0 ? (
          <NothingHere
            title={t("masspay.preview.nothing")}
            text={t("masspay.preview.nothingText")}
          />
        ) : (
          <ul className="divide-y">
            {totals.map((total) => (
              <Total key={total.currency_code} total={total} />
            ))}
          </ul>
        )
      }
    />
  )
}

function Total({ total }: { total: AdminPayoutPreviewTotal }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const { currency_code, vendors, open, due, pays } = total
  const amounts = [
    [t("masspay.preview.open"), open],
    [t("masspay.preview.dueNow"), due],
    [t("masspay.preview.pays"), pays],
  ] as const

  return (
    <li className="grid grid-cols-2 items-center gap-x-4 gap-y-3 px-6 py-4 sm:grid-cols-4">
      <Text size="small" className="text-ui-fg-subtle">
        {currency_code} · {t("masspay.preview.vendors", { count: vendors })}
      </Text>
      {amounts.map(([label, amount]) => (
        <div key={label}>
          <Text size="xsmall" className="text-ui-fg-subtle">
            {label}
          </Text>
          <Text weight="plus" className="tabular-nums">
            {withCode(amount, currency_code)}
          </Text>
        </div>
      ))}
    </li>
  )
}
