import { InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminBalanceAction } from "../../../types/http-statements"
import { useMoney } from "../../hooks/use-money"

/** What booking by hand would do, in the server's own words. */
export function BalancePreview({ action }: { action: AdminBalanceAction }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()

  return (
    <InlineTip
      variant="info"
      label={t("masspay.payee.adjust.books", {
        amount: withCode(action.amount, action.currency_code),
      })}
    >
      {action.effect}
    </InlineTip>
  )
}

/** What became of it: done, or waiting for a second person. */
export function stateText(
  t: ReturnType<typeof useTranslation>["t"],
  state: string
): string {
  return t(
    state === "proposed" ? "masspay.people.proposed" : "masspay.people.done"
  )
}
