import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { HoldsList } from "../../../components/holds/holds-list"

const HoldsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_hold.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayHoldsSection">
          <HoldsList />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.holds.menu",
  translationNs: "translation",
  rank: 60,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.holds.menu" />,
}

export default HoldsPage
