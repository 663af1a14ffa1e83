import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { PayoutsCrumb } from "../../../components/common/crumbs"
import { NotPaidSection } from "../../../components/payouts/not-paid-section"
import { PayoutsSection } from "../../../components/payouts/payouts-section"

/** All payouts, and above them what is not in a payout yet. */
const PayoutsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_payout.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <>
          <LayoutComposer.Entry id="MasspayNotPaidSection">
            <NotPaidSection />
          </LayoutComposer.Entry>
          <LayoutComposer.Entry id="MasspayPayoutsSection">
            <PayoutsSection />
          </LayoutComposer.Entry>
        </>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.menu.payouts",
  rank: 1,
  translationNs: "translation",
})

export const handle = { breadcrumb: () => <PayoutsCrumb /> }

export default PayoutsPage
