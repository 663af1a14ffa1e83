import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { NotificationsList } from "../../../components/notifications/notifications-list"

const NotificationsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_notification.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayNotificationsSection">
          <NotificationsList />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.notifications.menu",
  translationNs: "translation",
  rank: 70,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.notifications.menu" />,
}

export default NotificationsPage
