import { useTranslation } from "react-i18next"

import { usePayouts } from "../../hooks/masspay"
import { useListAddress } from "../../hooks/use-list-address"
import { usePayoutColumns } from "../../hooks/use-payout-columns"
import { usePayoutFilters } from "../../hooks/use-payout-filters"
import { PAYOUT_FILTERS } from "../../lib/payout-filters"
import { DataList } from "../common/data-list"

export function PayoutsSection() {
  const { t } = useTranslation()
  const address = useListAddress(PAYOUT_FILTERS)
  const query = usePayouts(address.query)

  return (
    <DataList
      title={t("masspay.payouts.title")}
      testId="masspay-payouts"
      query={query}
      address={address}
      columns={usePayoutColumns()}
      filters={usePayoutFilters(address.query)}
      path="/masspay/payouts"
      empty={{
        heading: t("masspay.payouts.empty"),
        description: t("masspay.payouts.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.payouts.filteredEmpty"),
        description: t("masspay.payouts.filteredEmptyText"),
      }}
    />
  )
}
