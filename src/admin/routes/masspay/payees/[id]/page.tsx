import { LayoutComposer } from "@medusajs/dashboard/components"
import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { type UIMatch, useParams } from "react-router-dom"

import { AutopayoutsSection } from "../../../../components/autopayouts/autopayouts-section"
import { hasStatus, LoadError } from "../../../../components/common/load-error"
import { NothingHere } from "../../../../components/common/section"
import { TextLink } from "../../../../components/common/text-link"
import { DestinationsSection } from "../../../../components/destinations/destinations-section"
import { BalancesSection } from "../../../../components/payee/balances-section"
import { DecisionsSection } from "../../../../components/payee/decisions-section"
import { GeneralSection } from "../../../../components/payee/general-section"
import { HoldsSection } from "../../../../components/payee/holds-section"
import { KycSection } from "../../../../components/payee/kyc-section"
import { LedgerSection } from "../../../../components/payee/ledger-section"
import { PayeeCrumb } from "../../../../components/payee/payee-crumb"
import { PayeeSkeleton } from "../../../../components/payee/payee-skeleton"
import { PayoutsSection } from "../../../../components/payee/payouts-section"
import { StatementSection } from "../../../../components/payee/statement-section"
import { TermsSection } from "../../../../components/payee/terms-section"
import { usePayee } from "../../../../hooks/payee"

const PayeePage = () => {
  const { id = "" } = useParams()
  const { data: payee, error, isFetching, refetch } = usePayee(id)

  if (!payee && hasStatus(error, 404)) {
    return <NoSuchPayee id={id} />
  }
  if (!payee && error) {
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
  if (!payee) {
    return <PayeeSkeleton />
  }

  return (
    <LayoutComposer
      widgetsZonePrefix="masspay_payee.details"
      preferredLayoutId="core:two-column"
      data={payee}
      sections={{
        main: (
          <>
            <LayoutComposer.Entry id="MasspayPayeeGeneralSection">
              <GeneralSection payee={payee} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeBalancesSection">
              <BalancesSection payee={payee} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeDestinationsSection">
              <DestinationsSection payee={payee} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeAutopayoutsSection">
              <AutopayoutsSection payee={payee} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeLedgerSection">
              <LedgerSection payee_id={payee.id} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeDecisionsSection">
              <DecisionsSection payee={payee} />
            </LayoutComposer.Entry>
          </>
        ),
        side: (
          <>
            <LayoutComposer.Entry id="MasspayPayeeKycSection">
              <KycSection payee_id={payee.id} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeePayoutsSection">
              <PayoutsSection vendor_id={payee.vendor_id} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeStatementSection">
              <StatementSection payee={payee} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeTermsSection">
              <TermsSection payee={payee} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="MasspayPayeeHoldsSection">
              <HoldsSection payee={payee} />
            </LayoutComposer.Entry>
          </>
        ),
      }}
    />
  )
}

function NoSuchPayee({ id }: { id: string }) {
  const { t } = useTranslation()

  return (
    <Container className="p-0">
      <NothingHere
        title={t("masspay.payee.notFound")}
        text={t("masspay.payee.notFoundText", { id })}
      >
        <TextLink to="/masspay/payees" className="txt-compact-small-plus">
          {t("masspay.payee.toAll")}
        </TextLink>
      </NothingHere>
    </Container>
  )
}

export const handle = {
  // The browser tab's title.
  label: "masspay.payee.title",
  translationNs: "translation",
  breadcrumb: ({ params }: UIMatch) => <PayeeCrumb id={params.id ?? ""} />,
}

export default PayeePage
