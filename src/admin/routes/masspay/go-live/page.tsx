import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { GoLiveSections } from "../../../components/go-live/go-live-sections"

const GoLivePage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_go_live.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayGoLiveSection">
          <GoLiveSections />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.goLive.menu",
  translationNs: "translation",
  rank: 95,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.goLive.menu" />,
}

export default GoLivePage
