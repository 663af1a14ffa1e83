import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { IncidentsList } from "../../../components/incidents/incidents-list"

const IncidentsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_incident.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayIncidentsSection">
          <IncidentsList />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.incidents.menu",
  translationNs: "translation",
  rank: 10,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.incidents.menu" />,
}

export default IncidentsPage
