import { Checkbox, InlineTip, Label, Text, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayoutPreviewRow } from "../../../types/http"
import type {
  AdminPayNow,
  AdminPayNowResponse,
} from "../../../types/http-collect"
import { useMoney } from "../../hooks/use-money"
import { useReasonDetail } from "../../hooks/use-reason"
import { post } from "../../lib/api"
import { describe } from "../../lib/texts"
import { ActionDialog, type ActionRequest } from "../common/action-dialog"

const HOW = {
  ready: "paidReady",
  pending: "paidPending",
  netted: "paidNetted",
} as const satisfies Record<AdminPayNow["payouts"][number]["status"], string>

type PayNowDialogProps = {
  row: AdminPayoutPreviewRow
  onClose: () => void
}

/** Pays one vendor what is due in one currency, whatever the schedule. */
export function PayNowDialog({ row, onClose }: PayNowDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const [ignore_minimum, setIgnoreMinimum] = useState(
    row.reason === "below_minimum"
  )
  const { vendor_id, currency_code } = row
  const bodyOf = (request: ActionRequest) => ({
    ...request,
    vendor_id,
    currency_code,
    ignore_minimum,
  })

  return (
    <ActionDialog
      subject={`pay_now:${vendor_id}:${currency_code}:${ignore_minimum}`}
      title={t("masspay.preview.payNowFor", {
        vendor: row.vendor_name ?? vendor_id,
      })}
      description={t("masspay.preview.payNowText")}
      confirmLabel={t("masspay.preview.payNow")}
      check={(request) =>
        post<AdminPayNowResponse>("payouts", bodyOf(request), { dry_run: true })
      }
      checkKey={String(ignore_minimum)}
      preview={({ pay_now }) => <WouldPay payNow={pay_now} />}
      canConfirm={({ pay_now }) => pay_now.payouts.length > 0}
      act={(request) => post<AdminPayNowResponse>("payouts", bodyOf(request))}
      onDone={({ pay_now }) =>
        toast.success(t("masspay.preview.payNow"), {
          description: t("masspay.preview.made", {
            count: pay_now.payouts.length,
          }),
        })
      }
      onClose={onClose}
    >
      <div className="flex items-center gap-x-2">
        <Checkbox
          id={id}
          checked={ignore_minimum}
          onCheckedChange={(checked) => setIgnoreMinimum(checked === true)}
        />
        <Label size="small" htmlFor={id}>
          {t("masspay.preview.ignoreMinimum")}
        </Label>
      </div>
    </ActionDialog>
  )
}

/** What would be paid and what not, per currency. */
function WouldPay({ payNow }: { payNow: AdminPayNow }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const detailOf = useReasonDetail()
  const { payouts, not_paid } = payNow

  return (
    <div className="flex flex-col gap-y-3" data-testid="masspay-what-happens">
      {payouts.length === 0 && (
        <InlineTip
          variant="warning"
          label={t("masspay.common.dialog.checkFailed")}
        >
          {t("masspay.preview.nothingToPay")}
        </InlineTip>
      )}
      {payouts.map(({ currency_code, amount, status }) => (
        <Line
          key={currency_code}
          title={t("masspay.preview.willPay")}
          text={t(`masspay.preview.${HOW[status]}`)}
          amount={withCode(amount, currency_code)}
        />
      ))}
      {not_paid.map((row) => (
        <Line
          key={row.currency_code}
          title={t("masspay.preview.notPaid")}
          text={[describe(t, "notPaidReason", row.reason), detailOf(row)]
            .filter(Boolean)
            .join(". ")}
          amount={withCode(row.open, row.currency_code)}
        />
      ))}
    </div>
  )
}

type LineProps = { title: string; text: string; amount: string }

function Line({ title, text, amount }: LineProps) {
  return (
    <div className="flex items-start justify-between gap-x-4">
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus">
          {title}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {text}
        </Text>
      </div>
      <Text weight="plus" className="shrink-0 tabular-nums">
        {amount}
      </Text>
    </div>
  )
}
