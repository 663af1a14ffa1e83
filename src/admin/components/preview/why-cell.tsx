import { clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayoutPreviewRow } from "../../../types/http"
import { useReasonDetail } from "../../hooks/use-reason"
import { needsAttention } from "../../lib/not-paid"
import { describe } from "../../lib/texts"
import { ExactTime } from "../common/time-ago"

/** Why the rest is not paid, and when more becomes due. */
export function WhyCell({ row }: { row: AdminPayoutPreviewRow }) {
  const { t } = useTranslation()
  const detail = useReasonDetail()(row)

  return (
    <span className="flex min-w-48 items-start sm:min-w-80 gap-x-2 whitespace-normal py-2">
      <span
        aria-hidden
        className={clx(
          "mt-1.5 size-2 shrink-0 rounded-sm",
          needsAttention(row)
            ? "bg-ui-tag-orange-icon"
            : "bg-ui-tag-neutral-icon"
        )}
      />
      <span className="text-pretty">
        {describe(t, "notPaidReason", row.reason)}
        {detail && `. ${detail}`}
        {row.next_due_at && (
          <>
            {". "}
            {t("masspay.preview.nextDue")} <ExactTime date={row.next_due_at} />
          </>
        )}
      </span>
    </span>
  )
}
