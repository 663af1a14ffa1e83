import { ArrowDownRightMini } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminOrderSettlement } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { payoutWhy, statusMeaning } from "../../lib/texts"
import { PayoutStatusBadge } from "../common/payout-status-badge"
import { TextLink } from "../common/text-link"
import { TimeAgo } from "../common/time-ago"

type PayoutLineProps = {
  payout: AdminOrderSettlement["payouts"][number]
  vendor: string
}

/** A payout that takes the share, as far as it has got. */
export function PayoutLine({ payout, vendor }: PayoutLineProps) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const amount = money(payout.amount, payout.currency_code)
  const paid_at = payout.status === "completed" ? payout.completed_at : null
  const words = [
    paid_at ? null : statusMeaning(t, payout.status, payout.method),
    payoutWhy(t, payout),
  ].filter(Boolean)

  return (
    <div
      data-testid="masspay-settlement-payout"
      className="bg-ui-bg-subtle text-ui-fg-subtle flex items-start gap-x-3 border-t border-dashed px-6 py-4"
    >
      <ArrowDownRightMini
        className="text-ui-fg-subtle mt-0.5 shrink-0"
        aria-hidden
      />
      <div className="flex min-w-0 flex-1 flex-col gap-y-1">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <TextLink
            to={`/masspay/payouts/${payout.id}`}
            className="txt-compact-small-plus"
            aria-label={t("masspay.order.openPayout", { amount, vendor })}
          >
            {t("masspay.order.payoutOf", { amount })}
          </TextLink>
          <PayoutStatusBadge status={payout.status} method={payout.method} />
        </div>
        <Text size="small" leading="compact">
          {paid_at ? t("masspay.order.paid") : t("masspay.order.created")}{" "}
          <TimeAgo date={paid_at ?? payout.created_at} />
        </Text>
        {words.length > 0 && (
          <Text size="small" className="text-pretty">
            {words.join(" ")}
          </Text>
        )}
      </div>
    </div>
  )
}
