import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { MenuCrumb } from "../../../components/common/menu-crumb"
import { WebhooksList } from "../../../components/webhooks/webhooks-list"

const WebhookEventsPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_webhook_event.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <LayoutComposer.Entry id="MasspayWebhookEventsSection">
          <WebhooksList />
        </LayoutComposer.Entry>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.webhooks.menu",
  translationNs: "translation",
  rank: 80,
})

export const handle = {
  breadcrumb: () => <MenuCrumb text="masspay.webhooks.menu" />,
}

export default WebhookEventsPage
