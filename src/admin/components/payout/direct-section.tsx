import { SectionRow } from "@medusajs/dashboard/components"
import { ArrowDownTray } from "@medusajs/icons"
import { Button, Container, InlineTip, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayoutDetail } from "../../../types/http"
import type { AdminDirectPayout } from "../../../types/http-destinations"
import { useMoney } from "../../hooks/use-money"
import { segment } from "../../lib/api"
import { downloadFile } from "../../lib/download-file"
import { CopyableCode } from "../common/copyable-code"
import { explainError } from "../common/load-error"
import { SectionHeader } from "../common/section"
import { TextLink } from "../common/text-link"
import { ExactTime } from "../common/time-ago"
import { deliveryWord, useRateWords } from "../destinations/destination-words"

type DirectSectionProps = {
  payout: AdminPayoutDetail
  direct: AdminDirectPayout
}

/** Where a direct payout goes, what that costs and who bears it, and what MassPay says of it. */
export function DirectSection({ payout, direct }: DirectSectionProps) {
  const { t } = useTranslation()
  const { destination, remote_status, remote_reason, trace_code } = direct

  return (
    <Container className="divide-y p-0" data-testid="masspay-direct">
      <SectionHeader
        title={t("masspay.payout.direct.title")}
        subtitle={
          <TextLink to={`/masspay/payees/${segment(payout.payee_id)}`}>
            {t("masspay.payout.direct.toVendor")}
          </TextLink>
        }
      >
        {direct.has_confirmation && <Confirmation payout_id={payout.id} />}
      </SectionHeader>
      {destination?.is_returned && (
        <div className="px-6 py-4">
          <InlineTip variant="error" label={t("masspay.payout.direct.back")}>
            {t("masspay.payout.direct.backText")}
          </InlineTip>
        </div>
      )}
      <SectionRow
        title={t("masspay.payout.direct.destination")}
        value={
          destination ? nameOf(destination) : t("masspay.payout.direct.none")
        }
      />
      {destination && (
        <SectionRow
          title={t("masspay.payout.direct.kind")}
          value={[
            `${deliveryWord(t, destination.delivery_type)} (${destination.country_code})`,
            ...(destination.is_replaced
              ? [t("masspay.payout.direct.isReplaced")]
              : []),
          ].join(", ")}
        />
      )}
      <Quote payout={payout} quote={direct.quote} />
      {remote_status && (
        <SectionRow
          title={t("masspay.payout.direct.remoteStatus")}
          value={t(`masspay.payout.direct.status.${remote_status}`, {
            defaultValue: remote_status,
          })}
        />
      )}
      {remote_reason && (
        <SectionRow
          title={t("masspay.payout.direct.remoteReason")}
          value={remote_reason}
        />
      )}
      {trace_code && (
        <SectionRow
          title={t("masspay.payout.direct.traceCode")}
          value={
            <CopyableCode
              code={trace_code}
              label={t("masspay.payout.direct.traceCode")}
            />
          }
        />
      )}
    </Container>
  )
}

function nameOf({
  payer_name,
  account,
  label,
}: NonNullable<AdminDirectPayout["destination"]>): string {
  return [payer_name, account, label && `(${label})`].filter(Boolean).join(" ")
}

function Quote({
  payout: { currency_code },
  quote,
}: {
  payout: AdminPayoutDetail
  quote: AdminDirectPayout["quote"]
}) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const rateOf = useRateWords()
  if (!quote) {
    return (
      <SectionRow
        title={t("masspay.payout.direct.fee")}
        value={t("masspay.payout.direct.noQuote")}
      />
    )
  }
  const { fee_borne_by, destination_currency_code, exchange_rate } = quote
  const fee = withCode(quote.fee, currency_code)

  return (
    <>
      {quote.destination_amount !== null && (
        <SectionRow
          title={t("masspay.payout.direct.receives")}
          value={withCode(quote.destination_amount, destination_currency_code)}
        />
      )}
      {exchange_rate !== null &&
        destination_currency_code !== currency_code && (
          <SectionRow
            title={t("masspay.payout.direct.rate")}
            value={rateOf({
              currency_code,
              destination_currency_code,
              exchange_rate,
            })}
          />
        )}
      <SectionRow
        title={t("masspay.payout.direct.fee")}
        value={
          fee_borne_by === "platform"
            ? t("masspay.payout.direct.feePlatform", { amount: fee })
            : fee_borne_by === "vendor"
              ? t("masspay.payout.direct.feeVendor", { amount: fee })
              : fee
        }
      />
      {quote.estimated_availability && (
        <SectionRow
          title={t("masspay.payout.direct.estimated")}
          value={<ExactTime date={quote.estimated_availability} />}
        />
      )}
      {!quote.is_committed && (
        <SectionRow
          title={t("masspay.payout.direct.quoteUntil")}
          value={<ExactTime date={quote.expires_at} />}
        />
      )}
    </>
  )
}

/** MassPay's own paper. It is asked for now and kept nowhere. */
function Confirmation({ payout_id }: { payout_id: string }) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)

  const download = async () => {
    setBusy(true)
    try {
      await downloadFile(`payouts/${segment(payout_id)}/confirmation`, {
        query: {},
        type: "application/pdf",
        fallbackName: `masspay-payout-${payout_id}.pdf`,
      })
    } catch (error) {
      toast.error(t("masspay.payout.direct.confirmationFailed"), {
        description: explainError(t, error).text,
      })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      isLoading={isBusy}
      onClick={() => void download()}
    >
      <ArrowDownTray aria-hidden />
      {t("masspay.payout.direct.confirmation")}
    </Button>
  )
}
