import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { RequestsList } from "../../../components/requests/requests-list"

const ActionRequestsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_action_request.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayActionRequestsSection">
          <RequestsList />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.requests.menu",
  translationNs: "translation",
  rank: 50,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.requests.menu" />,
}

export default ActionRequestsPage
