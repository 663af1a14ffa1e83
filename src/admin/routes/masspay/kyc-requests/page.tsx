import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { KycList } from "../../../components/kyc/kyc-list"

const KycRequestsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_kyc_request.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayKycRequestsSection">
          <KycList />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.kyc.menu",
  translationNs: "translation",
  rank: 40,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.kyc.menu" />,
}

export default KycRequestsPage
