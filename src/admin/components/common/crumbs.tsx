import { useTranslation } from "react-i18next"

import { usePayout } from "../../hooks/masspay"
import { useMoney } from "../../hooks/use-money"

export function PayoutsCrumb() {
  const { t } = useTranslation()
  return <>{t("masspay.menu.payouts")}</>
}

/** The id until the payout is there, so that the line above the page does not jump. */
export function PayoutCrumb({ id }: { id: string }) {
  const { data: payout } = usePayout(id)
  const { money } = useMoney()
  if (!payout) {
    return <>{id}</>
  }
  const vendor = payout.vendor_name ?? payout.vendor_id
  return (
    <>
      {vendor}, {money(payout.amount, payout.currency_code)}
    </>
  )
}

export function PreviewCrumb() {
  const { t } = useTranslation()
  return <>{t("masspay.menu.preview")}</>
}
