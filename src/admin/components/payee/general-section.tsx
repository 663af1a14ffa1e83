import { SectionRow } from "@medusajs/dashboard/components"
import { Container, Heading, InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import { useOperatorName } from "../../hooks/operators"
import { useKycRequestsOf } from "../../hooks/payee"
import { countryName } from "../../lib/locale"
import { needsOf } from "../../lib/payee"
import { wordFor } from "../../lib/words"
import { CopyableCode } from "../common/copyable-code"
import { KycBanner } from "../kyc/kyc-banner"
import { PayeeStatusBadge } from "../payees/payee-status-badge"
import { PayeeActions } from "./payee-actions"

/** Who she is at MassPay, and what keeps her from being paid, in words. */
export function GeneralSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t, i18n } = useTranslation()
  const { user_token, email, country_code } = payee

  return (
    <Container className="divide-y p-0" data-testid="masspay-payee">
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <Heading className="break-words">
            {payee.name ?? payee.vendor_id}
          </Heading>
          <div className="flex flex-wrap items-center gap-2">
            <PayeeStatusBadge status={payee.status} />
            <PayeeActions payee={payee} />
          </div>
        </div>
        <WhatIsMissing payee={payee} />
      </div>
      <SectionRow
        title={t("masspay.payee.vendorId")}
        value={
          <CopyableCode
            code={payee.vendor_id}
            label={t("masspay.payee.vendorId")}
          />
        }
      />
      <SectionRow
        title={t("masspay.payee.user")}
        value={
          user_token ? (
            <CopyableCode code={user_token} label={t("masspay.payee.user")} />
          ) : (
            t("masspay.payee.noUser")
          )
        }
      />
      <SectionRow
        title={t("masspay.payee.email")}
        value={
          <span className="break-all">
            {email ?? t("masspay.payee.notKnown")}
          </span>
        }
      />
      <SectionRow
        title={t("masspay.payee.country")}
        value={
          country_code
            ? countryName(country_code, i18n.language)
            : t("masspay.payee.notKnown")
        }
      />
      <SectionRow
        title={t("masspay.payee.papers")}
        value={wordFor(t, "payee.kycStatus", payee.kyc_status)}
      />
    </Container>
  )
}

function WhatIsMissing({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const nameOf = useOperatorName()
  const { data: papers } = useKycRequestsOf(payee.id)
  const asked = papers?.kyc_requests.filter(({ state }) => state === "open")
  const needs = needsOf(payee)
  if (needs.length === 0) {
    return (
      <InlineTip label={t("masspay.payee.fine")} variant="success">
        {t("masspay.payee.fineText")}
      </InlineTip>
    )
  }
  const pausedBy = payee.decisions.find(({ decision }) => decision === "pause")

  return (
    <ul className="flex flex-col gap-y-2" data-testid="masspay-payee-needs">
      {needs.map((need) => (
        <li key={need}>
          {need === "papers" && asked && asked.length > 0 ? (
            <KycBanner requests={asked} />
          ) : (
            <InlineTip
              label={t(`masspay.payee.need.${need}.label`)}
              variant={need === "profile" ? "warning" : "error"}
            >
              {need === "resume" && payee.pause_reason
                ? t("masspay.payee.pausedBecause", {
                    reason: payee.pause_reason,
                    actor: pausedBy
                      ? nameOf(pausedBy.actor)
                      : t("masspay.people.system"),
                  })
                : need === "profile"
                  ? t("masspay.payee.need.profile.text", {
                      fields: (payee.profile_missing ?? [])
                        .map((field) => wordFor(t, "payee.field", field))
                        .join(", "),
                    })
                  : t(`masspay.payee.need.${need}.text`)}
              {need === "account" && payee.status_detail && (
                <> {payee.status_detail}</>
              )}
            </InlineTip>
          )}
        </li>
      ))}
    </ul>
  )
}
