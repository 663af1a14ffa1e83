import { clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminOrderSettlement } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { isZero, negate, sum } from "../../lib/decimal"

/** How the share of the order becomes what is due to the vendor. */
export function SettlementAmounts({
  settlement,
}: {
  settlement: AdminOrderSettlement
}) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const { gross, commission, shipping, tax, net, currency_code } = settlement
  const show = (amount: string) => money(amount, currency_code)
  // gross = net + commission + platform
  const platform = sum([gross, negate(commission), negate(net)])
  const parts = [
    isZero(shipping)
      ? null
      : t("masspay.order.shipping", { amount: show(shipping) }),
    isZero(tax) ? null : t("masspay.order.tax", { amount: show(tax) }),
  ].filter((part) => part !== null)

  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-[2fr_1fr_1fr_1fr]">
      <Amount
        label={t("masspay.order.gross")}
        value={show(gross)}
        hint={
          parts.length > 0
            ? t("masspay.order.including", { parts: parts.join(", ") })
            : null
        }
      />
      <Amount
        label={t("masspay.order.commission")}
        value={show(negate(commission))}
      />
      {!isZero(platform) && (
        <Amount
          label={t("masspay.order.platform")}
          value={show(negate(platform))}
        />
      )}
      <Amount
        label={t("masspay.order.net")}
        value={show(net)}
        className="sm:col-start-4 sm:text-right"
        isResult
      />
    </dl>
  )
}

type AmountProps = {
  label: string
  value: string
  hint?: string | null
  className?: string
  isResult?: boolean
}

function Amount({ label, value, hint, className, isResult }: AmountProps) {
  return (
    <div className={clx("flex min-w-0 flex-col gap-y-1", className)}>
      <dt className="txt-compact-xsmall text-ui-fg-subtle">{label}</dt>
      <dd
        className={clx(
          "tabular-nums",
          isResult
            ? "txt-compact-small-plus text-ui-fg-base"
            : "txt-compact-small text-ui-fg-subtle"
        )}
      >
        {value}
        {hint && (
          <span className="txt-compact-xsmall text-ui-fg-subtle mt-0.5 block text-pretty">
            {hint}
          </span>
        )}
      </dd>
    </div>
  )
}
