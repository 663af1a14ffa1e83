import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { SettingsSections } from "../../../components/settings/settings-section"

const SettingsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_setting.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspaySettingsSections">
          <SettingsSections />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.settings.menu",
  translationNs: "translation",
  rank: 90,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.settings.menu" />,
}

export default SettingsPage
