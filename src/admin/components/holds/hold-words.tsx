import { useTranslation } from "react-i18next"

import type { AdminHold } from "../../../types/http-collect"
import { useMoney } from "../../hooks/use-money"
import { wordFor } from "../../lib/words"
import { TextLink } from "../common/text-link"
import { ExactTime } from "../common/time-ago"

const BASIS_POINTS_PER_PERCENT = 100

/** What a hold keeps back, until when and why. */
export function HoldWords({ hold }: { hold: AdminHold }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const { amount, currency_code, basis_points, days } = hold
  const { order_id, display_id } = hold

  return (
    <>
      <span className="txt-compact-small-plus block">
        {wordFor(t, "holds.kind", hold.kind)}
        {amount !== null && currency_code !== null && (
          <>: {withCode(amount, currency_code)}</>
        )}
        {basis_points !== null && days !== null && (
          <>
            {": "}
            {t("masspay.holds.share", {
              percent: basis_points / BASIS_POINTS_PER_PERCENT,
              count: days,
            })}
          </>
        )}
        {order_id && (
          <>
            {", "}
            <TextLink to={`/orders/${order_id}`}>
              {display_id === null
                ? t("masspay.holds.anOrder")
                : t("masspay.payout.items.order", { number: `#${display_id}` })}
            </TextLink>
          </>
        )}
      </span>
      <span className="text-ui-fg-subtle block">
        {hold.reason}
        {" · "}
        {hold.until ? (
          <>
            {t("masspay.holds.until")} <ExactTime date={hold.until} />
          </>
        ) : (
          t("masspay.holds.untilReleased")
        )}
      </span>
    </>
  )
}
