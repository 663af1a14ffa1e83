import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"
import { Cash } from "@medusajs/icons"
import { Container, Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { EnvironmentBadge } from "../../components/common/environment-badge"
import { SectionHeader } from "../../components/common/section"
import { ExactTime } from "../../components/common/time-ago"
import { AttentionSection } from "../../components/overview/attention-section"
import { DaysSection } from "../../components/overview/days-section"
import { FundingSection } from "../../components/overview/funding-section"
import { RunsSection } from "../../components/overview/runs-section"
import { TotalsSection } from "../../components/overview/totals-section"
import { useOverview } from "../../hooks/masspay"

/** What needs somebody today, whether there is money, and whether all runs. */
const OverviewPage = () => {
  const { t } = useTranslation()
  const query = useOverview()
  const overview = query.data

  return (
    <LayoutComposer
      widgetsZonePrefix="masspay_overview"
      preferredLayoutId="core:two-column"
      sections={{
        main: (
          <>
            <LayoutComposer.Entry id="MasspayOverviewTitle">
              <Container className="p-0">
                <SectionHeader
                  level="h1"
                  title={t("masspay.overview.title")}
                  subtitle={
                    overview ? (
                      <>
                        {t("masspay.overview.asOf")}{" "}
                        <ExactTime date={overview.as_of} />
                      </>
                    ) : (
                      <Skeleton className="my-0.5 h-4 w-48" />
                    )
                  }
                >
                  {overview && (
                    <EnvironmentBadge environment={overview.environment} />
                  )}
                </SectionHeader>
              </Container>
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayAttentionSection">
              <AttentionSection query={query} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayFundingSection">
              <FundingSection query={query} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayDaysSection">
              <DaysSection query={query} />
            </LayoutComposer.Entry>
          </>
        ),
        side: (
          <>
            <LayoutComposer.Entry id="MasspayTotalsSection">
              <TotalsSection query={query} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayRunsSection">
              <RunsSection query={query} />
            </LayoutComposer.Entry>
          </>
        ),
      }}
    />
  )
}

// Read from the source text by the bundler: it has to stay a plain literal.
export const config = defineRouteConfig({
  label: "masspay.menu.overview",
  translationNs: "translation",
  icon: Cash,
})

export const handle = { breadcrumb: () => "MassPay" }

export default OverviewPage
