import { SectionRow } from "@medusajs/dashboard/components"
import { Button, Container } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail, Schedule } from "../../../types/http-collect"
import { useMoney } from "../../hooks/use-money"
import type { Translate } from "../../lib/texts"
import { SectionHeader } from "../common/section"
import { ExactTime } from "../common/time-ago"
import { TermsDialog } from "./terms-dialog"

/** When and from what sum on she is paid, and whether that is hers or the shop's. */
export function TermsSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const [isOpen, setOpen] = useState(false)
  const { schedule, minimum, effective } = payee
  const minimums = Object.entries(effective.minimum)
  const whose = (own: unknown) =>
    t(own === null ? "masspay.payee.terms.shops" : "masspay.payee.terms.own")

  return (
    <Container
      className="divide-y overflow-hidden p-0"
      data-testid="masspay-payee-terms"
    >
      <SectionHeader title={t("masspay.payee.terms.title")}>
        <Button
          size="small"
          variant="secondary"
          type="button"
          onClick={() => setOpen(true)}
        >
          {t("masspay.payee.terms.edit")}
        </Button>
      </SectionHeader>
      <SectionRow
        title={t("masspay.payee.terms.schedule")}
        value={`${scheduleWords(t, effective.schedule)} (${whose(schedule)})`}
      />
      {effective.next_payout_at && (
        <SectionRow
          title={t("masspay.payee.terms.next")}
          value={<ExactTime date={effective.next_payout_at} />}
        />
      )}
      <SectionRow
        title={t("masspay.payee.terms.minimum")}
        value={
          minimums.length === 0
            ? t("masspay.payee.terms.noMinimum")
            : minimums
                .map(
                  ([code, amount]) =>
                    `${withCode(amount, code)} (${whose(minimum && code in minimum ? minimum : null)})`
                )
                .join(", ")
        }
      />
      {isOpen && <TermsDialog payee={payee} onClose={() => setOpen(false)} />}
    </Container>
  )
}

function scheduleWords(t: Translate, schedule: Schedule): string {
  if (typeof schedule === "string") {
    return t(`masspay.payee.schedule.${schedule}`)
  }
  return "weekly" in schedule
    ? t(`masspay.payee.schedule.weekly.${schedule.weekly}`)
    : t("masspay.payee.schedule.monthly", { day: schedule.monthly })
}
