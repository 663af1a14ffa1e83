import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { ReconciliationSections } from "../../../components/reconciliation/reconciliation-page"

const ReconciliationPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_reconciliation.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayReconciliationSections">
          <ReconciliationSections />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.reconciliation.menu",
  translationNs: "translation",
  rank: 35,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.reconciliation.menu" />,
}

export default ReconciliationPage
