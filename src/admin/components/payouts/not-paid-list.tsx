import { Button, clx, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayoutPreviewRow } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { useReasonDetail } from "../../hooks/use-reason"
import { isZero } from "../../lib/decimal"
import { needsAttention } from "../../lib/not-paid"
import { describe } from "../../lib/texts"
import { ExactTime } from "../common/time-ago"

const ROWS_AT_FIRST = 5

export function NotPaidList({ rows }: { rows: AdminPayoutPreviewRow[] }) {
  const { t } = useTranslation()
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? rows : rows.slice(0, ROWS_AT_FIRST)
  return (
    <>
      <ul className="divide-y">
        {shown.map((row) => (
          <NotPaidRow key={`${row.vendor_id}:${row.currency_code}`} row={row} />
        ))}
      </ul>
      {rows.length > ROWS_AT_FIRST && (
        <div className="border-t px-4 py-2">
          <Button
            type="button"
            size="small"
            variant="transparent"
            onClick={() => setShowsAll(!showsAll)}
          >
            {showsAll
              ? t("masspay.general.showLess")
              : t("masspay.general.showMore", {
                  count: rows.length - ROWS_AT_FIRST,
                })}
          </Button>
        </div>
      )}
    </>
  )
}

function NotPaidRow({ row }: { row: AdminPayoutPreviewRow }) {
  const { t } = useTranslation()
  const { money, withCode } = useMoney()
  const detail = useReasonDetail()(row)

  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 px-6 py-3">
      <Text size="small" leading="compact" weight="plus">
        {row.vendor_name ?? row.vendor_id}
      </Text>
      <Text
        size="small"
        leading="compact"
        weight="plus"
        className="text-right tabular-nums"
      >
        {withCode(row.open, row.currency_code)}
      </Text>
      <div className="text-ui-fg-subtle flex min-w-0 items-start gap-x-2">
        <span
          aria-hidden
          className={clx(
            "mt-1.5 size-2 shrink-0 rounded-sm",
            needsAttention(row)
              ? "bg-ui-tag-orange-icon"
              : "bg-ui-tag-neutral-icon"
          )}
        />
        <Text size="small" className="text-pretty">
          {describe(t, "notPaidReason", row.reason)}
          {detail && `. ${detail}`}
          {row.next_due_at && (
            <>
              {". "}
              {t("masspay.preview.nextDue")}{" "}
              <ExactTime date={row.next_due_at} />
            </>
          )}
        </Text>
      </div>
      <Text size="small" className="text-ui-fg-subtle text-right tabular-nums">
        {isZero(row.due)
          ? t("masspay.preview.noneDue")
          : t("masspay.preview.due", {
              amount: money(row.due, row.currency_code),
            })}
      </Text>
    </li>
  )
}
