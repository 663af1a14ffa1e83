import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"

import { PreviewCrumb } from "../../../components/common/crumbs"
import { PreviewList } from "../../../components/preview/preview-list"
import { PreviewTotals } from "../../../components/preview/preview-totals"

/** The next run, vendor by vendor. */
const PreviewPage = () => (
  <LayoutComposer
    widgetsZonePrefix="masspay_preview.list"
    preferredLayoutId="core:single-column"
    sections={{
      main: (
        <>
          <LayoutComposer.Entry id="MasspayPreviewTotals">
            <PreviewTotals />
          </LayoutComposer.Entry>
          <LayoutComposer.Entry id="MasspayPreviewList">
            <PreviewList />
          </LayoutComposer.Entry>
        </>
      ),
    }}
  />
)

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.menu.preview",
  rank: 2,
  translationNs: "translation",
})

export const handle = { breadcrumb: () => <PreviewCrumb /> }

export default PreviewPage
