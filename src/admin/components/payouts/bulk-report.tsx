import { StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayout, AdminPayoutAction } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import type { BulkOutcome } from "../../lib/bulk"
import { explainError } from "../common/load-error"

const COLOR = {
  done: "green",
  refused: "red",
  unclear: "orange",
  waiting: "grey",
} as const
const TEXT = {
  done: "ok",
  refused: "refused",
  unclear: "unclear",
  waiting: "waiting",
} as const

type BulkReportProps = {
  payouts: AdminPayout[]
  outcomes: Map<string, BulkOutcome<AdminPayoutAction>>
}

/** What became of each, as it comes in. */
export function BulkReport({ payouts, outcomes }: BulkReportProps) {
  const { t } = useTranslation()
  const done = [...outcomes.values()].filter(({ state }) => state === "done")
  const asked = payouts.filter(({ id }) => outcomes.has(id))

  return (
    <div className="flex flex-col gap-y-3" data-testid="masspay-bulk-report">
      <Text size="small" leading="compact" weight="plus">
        {done.length === outcomes.size
          ? t("masspay.payouts.bulk.done", { count: done.length })
          : t("masspay.payouts.bulk.partly", {
              done: done.length,
              count: outcomes.size,
            })}
      </Text>
      <ul className="flex max-h-72 flex-col divide-y overflow-y-auto">
        {asked.map((payout) => (
          <Row
            key={payout.id}
            payout={payout}
            outcome={outcomes.get(payout.id) ?? { state: "waiting" }}
          />
        ))}
      </ul>
    </div>
  )
}

type RowProps = {
  payout: AdminPayout
  outcome: BulkOutcome<AdminPayoutAction>
}

function Row({ payout, outcome }: RowProps) {
  const { t } = useTranslation()
  const { withCode } = useMoney()

  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 py-2">
      <Text size="small" leading="compact">
        {payout.vendor_name ?? payout.vendor_id}
        {" · "}
        <span className="tabular-nums">
          {withCode(payout.amount, payout.currency_code)}
        </span>
      </Text>
      <StatusBadge color={COLOR[outcome.state]}>
        {t(`masspay.payouts.bulk.${TEXT[outcome.state]}`)}
      </StatusBadge>
      {outcome.state === "refused" && (
        <Text size="small" className="text-ui-fg-subtle col-span-2 text-pretty">
          {explainError(t, outcome.error).text}
        </Text>
      )}
    </li>
  )
}
