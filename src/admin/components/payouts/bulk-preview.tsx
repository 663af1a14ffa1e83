import { InlineTip, Text } from "@medusajs/ui"
import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"

import type {
  AdminPayout,
  AdminPayoutAction,
  AdminPayoutActionsResponse,
  PayoutAction,
} from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { get, segment } from "../../lib/api"
import { type BulkOutcome, moneyMoved } from "../../lib/bulk"
import { refusalText } from "../../lib/texts"
import { explainError } from "../common/load-error"

type BulkPreviewProps = {
  payouts: AdminPayout[]
  checked: Map<string, BulkOutcome<AdminPayoutAction>>
  action: PayoutAction
}

/** How many, how much money in all, and which are left out and why. */
export function BulkPreview({ payouts, checked, action }: BulkPreviewProps) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const results = payouts.flatMap(({ id }) => {
    const outcome = checked.get(id)
    return outcome?.state === "done" ? [outcome.result] : []
  })
  const skipped = payouts.filter(({ id }) => checked.get(id)?.state !== "done")

  return (
    <div className="flex flex-col gap-y-4" data-testid="masspay-bulk-preview">
      {results.length > 0 ? (
        <dl className="bg-ui-bg-subtle shadow-borders-base flex flex-col gap-y-2 rounded-lg px-4 py-3">
          {moneyMoved(results).map((moved) => (
            <div
              key={`${moved.currency_code}:${moved.direction}`}
              className="flex items-center justify-between gap-x-4"
            >
              <dt className="txt-compact-small text-ui-fg-subtle">
                {t("masspay.payouts.bulk.allowed", { count: moved.count })}
              </dt>
              <dd className="txt-compact-medium-plus tabular-nums">
                {withCode(moved.amount, moved.currency_code)}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <InlineTip
          variant="warning"
          label={t("masspay.common.dialog.checkFailed")}
        >
          {t("masspay.payouts.bulk.none")}
        </InlineTip>
      )}
      {skipped.length > 0 && (
        <section className="flex flex-col gap-y-2">
          <Text size="small" leading="compact" weight="plus">
            {t("masspay.payouts.bulk.skipped", { count: skipped.length })}
          </Text>
          <ul className="flex max-h-48 flex-col gap-y-2 overflow-y-auto">
            {skipped.map((payout) => (
              <Skipped
                key={payout.id}
                payout={payout}
                outcome={checked.get(payout.id)}
                action={action}
              />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

type SkippedProps = {
  payout: AdminPayout
  outcome: BulkOutcome<AdminPayoutAction> | undefined
  action: PayoutAction
}

function Skipped({ payout, outcome, action }: SkippedProps) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const { data: why } = useWhyNot(payout.id, action)
  const words =
    refusalText(t, why ?? null) ||
    (outcome && "error" in outcome ? explainError(t, outcome.error).text : "")

  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4">
      <Text size="small" leading="compact">
        {payout.vendor_name ?? payout.vendor_id}
      </Text>
      <Text size="small" leading="compact" className="tabular-nums">
        {withCode(payout.amount, payout.currency_code)}
      </Text>
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {words}
      </Text>
    </li>
  )
}

/** The refusal by its code, which can be said in the reader's language. */
function useWhyNot(id: string, action: PayoutAction) {
  return useQuery({
    queryKey: ["masspay-dry-run", "why-not", id, action],
    queryFn: () =>
      get<AdminPayoutActionsResponse>(`payouts/${segment(id)}/actions`),
    select: ({ actions }) =>
      actions.find((one) => one.action === action)?.why_not ?? null,
    retry: false,
    gcTime: 0,
  })
}
