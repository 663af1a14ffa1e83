import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { RefundsList } from "../../../components/refunds/refunds-list"

const RefundsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_refund.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayRefundsSection">
          <RefundsList />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.refunds.menu",
  translationNs: "translation",
  rank: 30,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.refunds.menu" />,
}

export default RefundsPage
