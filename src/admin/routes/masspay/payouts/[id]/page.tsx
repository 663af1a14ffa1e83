import { LayoutComposer } from "@medusajs/dashboard/components"
import { Container, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { type UIMatch, useParams } from "react-router-dom"

import { PayoutCrumb } from "../../../../components/common/crumbs"
import { hasStatus, LoadError } from "../../../../components/common/load-error"
import { TextLink } from "../../../../components/common/text-link"
import { ActionsSection } from "../../../../components/payout/actions-section"
import { DirectSection } from "../../../../components/payout/direct-section"
import { GeneralSection } from "../../../../components/payout/general-section"
import { ItemsSection } from "../../../../components/payout/items-section"
import { OperationsSection } from "../../../../components/payout/operations-section"
import { PayoutSkeleton } from "../../../../components/payout/payout-skeleton"
import { ProposalSection } from "../../../../components/payout/proposal-section"
import { RawFactsSection } from "../../../../components/payout/raw-facts-section"
import { TimelineSection } from "../../../../components/payout/timeline-section"
import { usePayout } from "../../../../hooks/masspay"

const PayoutPage = () => {
  const { id = "" } = useParams()
  const { data: payout, error, isFetching, refetch } = usePayout(id)

  if (!payout && hasStatus(error, 404)) {
    return <NoSuchPayout id={id} />
  }
  if (!payout && error) {
    return (
      <Container className="p-0">
        <LoadError
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      </Container>
    )
  }
  if (!payout) {
    return <PayoutSkeleton />
  }

  return (
    <LayoutComposer
      widgetsZonePrefix="masspay_payout.details"
      preferredLayoutId="core:two-column"
      data={payout}
      sections={{
        main: (
          <>
            <LayoutComposer.Entry id="MasspayPayoutProposalSection">
              <ProposalSection payout={payout} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayoutGeneralSection">
              <GeneralSection payout={payout} />
            </LayoutComposer.Entry>
            {payout.direct && (
              <LayoutComposer.Entry id="MasspayPayoutDirectSection">
                <DirectSection payout={payout} direct={payout.direct} />
              </LayoutComposer.Entry>
            )}
            <LayoutComposer.Entry id="MasspayPayoutItemsSection">
              <ItemsSection payout={payout} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayoutOperationsSection">
              <OperationsSection payout={payout} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayoutRawFactsSection">
              <RawFactsSection payout={payout} />
            </LayoutComposer.Entry>
          </>
        ),
        side: (
          <>
            <LayoutComposer.Entry id="MasspayPayoutActionsSection">
              <ActionsSection payout={payout} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayoutTimelineSection">
              <TimelineSection payout={payout} />
            </LayoutComposer.Entry>
          </>
        ),
      }}
    />
  )
}

function NoSuchPayout({ id }: { id: string }) {
  const { t } = useTranslation()

  return (
    <Container className="flex min-h-40 flex-col items-center justify-center gap-y-2 text-center">
      <Text size="small" leading="compact" weight="plus">
        {t("masspay.errors.notFoundTitle")}
      </Text>
      <Text size="small" className="text-ui-fg-subtle break-all">
        {t("masspay.errors.notFound", { id })}
      </Text>
      <TextLink to="/masspay/payouts" className="txt-compact-small-plus">
        {t("masspay.order.toPayouts")}
      </TextLink>
    </Container>
  )
}

export const handle = {
  // The browser tab's title.
  label: "masspay.payout.title",
  translationNs: "translation",
  breadcrumb: ({ params }: UIMatch) => <PayoutCrumb id={params.id ?? ""} />,
}

export default PayoutPage
