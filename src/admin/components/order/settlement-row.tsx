import { InlineTip, StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminOrderSettlement } from "../../../types/http"
import { wantsPapers } from "../../lib/not-paid"
import { stateColor } from "../../lib/status-color"
import { describe } from "../../lib/texts"
import { PapersWanted } from "./papers-wanted"
import { PayoutLine } from "./payout-line"
import { SettlementAmounts } from "./settlement-amounts"
import { WhyNotPaid } from "./why-not-paid"

/** One vendor's share of the order and what became of it. */
export function SettlementRow({
  settlement,
}: {
  settlement: AdminOrderSettlement
}) {
  const { t } = useTranslation()
  const vendor = settlement.vendor_name ?? settlement.vendor_id

  return (
    <li data-testid="masspay-settlement">
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <div className="flex items-center justify-between gap-x-4">
          <Text size="small" leading="compact" weight="plus">
            {vendor}
          </Text>
          <StatusBadge
            color={stateColor(settlement.state)}
            className="shrink-0 text-nowrap"
          >
            {describe(t, "settlementState", settlement.state)}
          </StatusBadge>
        </div>
        <SettlementAmounts settlement={settlement} />
        {settlement.notice && (
          <InlineTip variant="warning" label={t("masspay.order.notice")}>
            {describe(t, "notice", settlement.notice)}
          </InlineTip>
        )}
      </div>
      {wantsPapers(settlement) && (
        <PapersWanted vendor={vendor} vendor_id={settlement.vendor_id} />
      )}
      <WhyNotPaid settlement={settlement} />
      {settlement.payouts.map((payout) => (
        <PayoutLine key={payout.id} payout={payout} vendor={vendor} />
      ))}
    </li>
  )
}
