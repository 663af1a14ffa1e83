import { Clock } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminOrderSettlement } from "../../../types/http"
import { useReasonDetail } from "../../hooks/use-reason"
import { settlementReason } from "../../lib/texts"
import { ExactTime } from "../common/time-ago"

/** What a share waits for. Nothing where it is paid or under way: its payouts say that. */
export function WhyNotPaid({
  settlement,
}: {
  settlement: AdminOrderSettlement
}) {
  const { t } = useTranslation()
  const { state, reason, available_at } = settlement
  const detail = useReasonDetail()(settlement)
  if (!["held", "open"].includes(state) || (!reason && !detail)) {
    return null
  }

  return (
    <div className="bg-ui-bg-subtle text-ui-fg-subtle flex items-start gap-x-3 border-t border-dashed px-6 py-4">
      <Clock className="text-ui-fg-subtle mt-0.5 shrink-0" aria-hidden />
      <div className="flex flex-col gap-y-1">
        {reason && (
          <Text size="small" className="text-ui-fg-base text-pretty">
            {settlementReason(t, reason)}
          </Text>
        )}
        {detail && (
          <Text size="small" className="text-pretty">
            {detail}
          </Text>
        )}
        {reason === "not_due" && available_at && (
          <Text size="small">
            {t("masspay.order.due")} <ExactTime date={available_at} />
          </Text>
        )}
      </div>
    </div>
  )
}
