import { InlineTip, Input, Label, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type {
  AdminRefundAllocation,
  AdminRefundAllocationResponse,
  AdminUnallocatedRefund,
} from "../../../types/http-refunds"
import { useMoney } from "../../hooks/use-money"
import { useSettled } from "../../hooks/use-settled"
import { allocationOf, restOf } from "../../lib/allocation"
import { post, segment } from "../../lib/api"
import { isZero } from "../../lib/decimal"
import { ActionDialog } from "../common/action-dialog"
import { stateText } from "../payee/balance-preview"

/** Says whose a refund is. It begins with the suggested split, which adds up. */
export function AllocateDialog({
  refund,
  onClose,
}: {
  refund: AdminUnallocatedRefund
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const id = useId()
  const { currency_code, unallocated, suggestion } = refund
  const [amounts, setAmounts] = useState(suggestion.map(({ amount }) => amount))
  const rest = restOf(unallocated, amounts)
  const allocations = allocationOf({
    unallocated,
    parts: suggestion.map(({ vendor_id }, at) => ({
      vendor_id,
      amount: amounts[at] ?? "",
    })),
  })
  const key = JSON.stringify(allocations)
  const settled = useSettled(key)
  const path = `unallocated-refunds/${segment(refund.id)}/allocate`

  return (
    <ActionDialog
      subject={`allocate:${refund.id}`}
      title={t("masspay.refunds.allocateTitle", {
        amount: money(unallocated, currency_code),
      })}
      description={t("masspay.refunds.allocateText")}
      confirmLabel={t("masspay.refunds.allocate")}
      checkKey={settled}
      check={async (request) => {
        const checked = JSON.parse(settled) as typeof allocations
        if (!checked) return null
        const { allocation } = await post<AdminRefundAllocationResponse>(
          path,
          { ...request, allocations: checked },
          { dry_run: true }
        )
        return { checked, allocation }
      }}
      canConfirm={(preview) =>
        preview !== null && JSON.stringify(preview.checked) === key
      }
      preview={(preview) =>
        preview ? (
          <AllocationPreview refund={refund} allocation={preview.allocation} />
        ) : (
          <InlineTip
            variant="warning"
            label={t("masspay.refunds.doesNotAddUp")}
          >
            {rest === null
              ? t("masspay.refunds.notAnAmount")
              : rest.startsWith("-")
                ? t("masspay.refunds.tooMuch", {
                    amount: money(rest.slice(1), currency_code),
                  })
                : t("masspay.refunds.tooLittle", {
                    amount: money(rest, currency_code),
                  })}
          </InlineTip>
        )
      }
      act={(request, preview) =>
        post<AdminRefundAllocationResponse>(path, {
          ...request,
          allocations: preview?.checked,
        })
      }
      onDone={({ allocation }) => toast.success(stateText(t, allocation.state))}
      onClose={onClose}
    >
      <div className="flex flex-col gap-y-3">
        {suggestion.map((part, at) => (
          <div
            key={part.vendor_id ?? "platform"}
            className="grid grid-cols-[1fr_8rem] items-center gap-x-3"
          >
            <Label size="small" htmlFor={`${id}-${at}`}>
              {part.vendor_name ??
                part.vendor_id ??
                t("masspay.refunds.platform")}
              {part.most !== null && (
                <span className="txt-compact-xsmall text-ui-fg-subtle block">
                  {t("masspay.refunds.most", {
                    amount: money(part.most, currency_code),
                  })}
                </span>
              )}
            </Label>
            <Input
              id={`${id}-${at}`}
              size="small"
              inputMode="decimal"
              autoComplete="off"
              className="text-right tabular-nums"
              value={amounts[at] ?? ""}
              onChange={(event) =>
                setAmounts(
                  amounts.map((amount, index) =>
                    index === at ? event.target.value : amount
                  )
                )
              }
            />
          </div>
        ))}
      </div>
    </ActionDialog>
  )
}

/** What each vendor's balance changes by: more than her part where her money waited for this. */
function AllocationPreview({
  refund: { suggestion, currency_code },
  allocation,
}: {
  refund: AdminUnallocatedRefund
  allocation: AdminRefundAllocation
}) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const nameOf = (vendor_id: string) =>
    suggestion.find((part) => part.vendor_id === vendor_id)?.vendor_name ??
    vendor_id
  const changes = allocation.changes.filter(({ amount }) => !isZero(amount))

  return (
    <InlineTip variant="info" label={t("masspay.refunds.changes")}>
      {changes.length === 0 ? (
        t("masspay.refunds.noChanges")
      ) : (
        <span className="block">
          {changes.map(({ vendor_id, amount }) => (
            <span key={vendor_id} className="block tabular-nums">
              {nameOf(vendor_id)}: {money(amount, currency_code)}
            </span>
          ))}
        </span>
      )}{" "}
      {allocation.effect}
    </InlineTip>
  )
}
