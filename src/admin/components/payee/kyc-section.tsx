import { Badge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminKycRequest } from "../../../types/http-kyc"
import { useKycRequestsOf } from "../../hooks/payee"
import { wordFor } from "../../lib/words"
import { NothingHere, Section } from "../common/section"
import { TimeAgo } from "../common/time-ago"
import { askedFor } from "../kyc/kyc-words"
import { KycRequestActions } from "../kyc/request-actions"

/** What MassPay wants of her, and wanted. */
export function KycSection({ payee_id }: { payee_id: string }) {
  const { t } = useTranslation()
  const query = useKycRequestsOf(payee_id)

  return (
    <Section
      testId="masspay-payee-kyc"
      title={t("masspay.kyc.title")}
      loading={t("masspay.kyc.loading")}
      query={query}
      body={({ kyc_requests }) =>
        kyc_requests.length === 0 ? (
          <NothingHere
            title={t("masspay.kyc.none")}
            text={t("masspay.kyc.noneText")}
          />
        ) : (
          <ul className="divide-y">
            {kyc_requests.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </ul>
        )
      }
    />
  )
}

function RequestRow({ request }: { request: AdminKycRequest }) {
  const { t } = useTranslation()

  return (
    <li className="flex flex-col gap-y-2 px-6 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Text size="small" leading="compact" weight="plus">
          {askedFor(t, request)}
        </Text>
        <Badge
          size="2xsmall"
          color={request.state === "open" ? "orange" : "grey"}
        >
          {wordFor(t, "kyc.state", request.state)}
        </Badge>
      </div>
      <Text size="small" className="text-ui-fg-subtle">
        {t("masspay.kyc.since")} <TimeAgo date={request.created_at} />
        {request.notified_at && (
          <>
            {", "}
            {t("masspay.kyc.mailed")} <TimeAgo date={request.notified_at} />
          </>
        )}
        {request.clear_reason && (
          <>. {wordFor(t, "kyc.clearReason", request.clear_reason)}.</>
        )}
      </Text>
      {request.state === "open" && request.link !== "available" && (
        <Text size="small" className="text-ui-fg-subtle">
          {wordFor(t, "kyc.link", request.link)}
        </Text>
      )}
      <KycRequestActions request={request} />
    </li>
  )
}
