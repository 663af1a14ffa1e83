import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type {
  BlockReason,
  PayoutMethod,
  PayoutStatus,
} from "../../../domain/payout-status"
import { statusColor } from "../../lib/status-color"
import { describe, statusLabel } from "../../lib/texts"

type PayoutStatusBadgeProps = {
  status: PayoutStatus
  /** What the status proves depends on it. */
  method?: PayoutMethod
  /** Names the cause as well, where there is no room to explain it. */
  block_reason?: BlockReason | null
}

export function PayoutStatusBadge({
  status,
  method,
  block_reason,
}: PayoutStatusBadgeProps) {
  const { t } = useTranslation()

  return (
    <StatusBadge color={statusColor(status)} className="text-nowrap">
      {statusLabel(t, status, method)}
      {block_reason && `: ${describe(t, "blockReasonShort", block_reason)}`}
    </StatusBadge>
  )
}
