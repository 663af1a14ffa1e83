import { SectionRow } from "@medusajs/dashboard/components"
import { Container, Heading, InlineTip, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayoutDetail } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { segment } from "../../lib/api"
import {
  describe,
  payoutWhy,
  statusLabel,
  statusMeaning,
} from "../../lib/texts"
import { CopyableCode } from "../common/copyable-code"
import { PayoutStatusBadge } from "../common/payout-status-badge"
import { TextLink } from "../common/text-link"
import { ExactTime } from "../common/time-ago"

/** How much, to whom, and what is proven about it. */
export function GeneralSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const vendor = payout.vendor_name ?? payout.vendor_id

  return (
    <Container className="divide-y p-0" data-testid="masspay-payout">
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div>
            <Heading className="tabular-nums">
              {withCode(payout.amount, payout.currency_code)}
            </Heading>
            <Text size="small" className="text-ui-fg-subtle">
              <TextLink to={`/masspay/payees/${segment(payout.payee_id)}`}>
                {t("masspay.payout.to", { vendor })}
              </TextLink>
            </Text>
          </div>
          <PayoutStatusBadge status={payout.status} method={payout.method} />
        </div>
        <StatusInWords payout={payout} />
      </div>
      <SectionRow
        title={t("masspay.payout.vendorId")}
        value={
          <CopyableCode
            code={payout.vendor_id}
            label={t("masspay.payout.vendorId")}
          />
        }
      />
      <SectionRow
        title={t("masspay.payout.method")}
        value={describe(t, "method", payout.method)}
      />
      <SectionRow
        title={t("masspay.payout.created")}
        value={<ExactTime date={payout.created_at} />}
      />
      <SectionRow
        title={t("masspay.payout.changed")}
        value={<ExactTime date={payout.updated_at} />}
      />
      {payout.status === "completed" && payout.completed_at && (
        <SectionRow
          title={t("masspay.payout.completed")}
          value={<ExactTime date={payout.completed_at} />}
        />
      )}
      <SectionRow
        title={t("masspay.payout.id")}
        value={<CopyableCode code={payout.id} label={t("masspay.payout.id")} />}
      />
    </Container>
  )
}

const VARIANT = {
  completed: "success",
  blocked: "error",
  needs_review: "error",
  unknown: "warning",
  cancelled: "warning",
} as const

function StatusInWords({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()
  const words = [
    statusMeaning(t, payout.status, payout.method),
    payoutWhy(t, payout),
  ]
    .filter(Boolean)
    .join(" ")
  if (!words) {
    return null
  }
  const { status } = payout

  return (
    <InlineTip
      label={statusLabel(t, status, payout.method)}
      variant={
        status in VARIANT ? VARIANT[status as keyof typeof VARIANT] : "info"
      }
    >
      {words}
    </InlineTip>
  )
}
