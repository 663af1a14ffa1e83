import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { PayeesPageSections } from "../../../components/payees/payees-page"

const PayeesPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_payee.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayPayeesSection">
          <PayeesPageSections />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.payees.menu",
  translationNs: "translation",
  rank: 20,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.payees.menu" />,
}

export default PayeesPage
