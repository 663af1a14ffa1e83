import { InlineTip, Input, Label, RadioGroup, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type { AdminBalanceActionResponse } from "../../../types/http-statements"
import { useSettled } from "../../hooks/use-settled"
import { post, segment } from "../../lib/api"
import { typedAmount } from "../../lib/payee"
import { ActionDialog } from "../common/action-dialog"
import { BalancePreview, stateText } from "./balance-preview"

type Body = { amount: string; currency_code: string }

/** Books an amount by hand, after a dry run of exactly what is booked. */
export function AdjustmentDialog({
  payee,
  onClose,
}: {
  payee: AdminPayeeDetail
  onClose: () => void
}) {
  const { t } = useTranslation()
  const ids = { amount: useId(), currency: useId() }
  const [sign, setSign] = useState<"credit" | "charge">("credit")
  const [amount, setAmount] = useState("")
  const [currency, setCurrency] = useState(
    payee.balances[0]?.currency_code ?? "USD"
  )
  const body = bodyOf({ sign, amount, currency })
  const key = JSON.stringify(body)
  // Not with every letter that is typed.
  const settled = useSettled(key)
  const path = `payees/${segment(payee.id)}/adjustments`

  return (
    <ActionDialog
      subject={`adjust:${payee.id}`}
      title={t("masspay.payee.adjust.title", {
        vendor: payee.name ?? payee.vendor_id,
      })}
      description={t("masspay.payee.adjust.text")}
      confirmLabel={t("masspay.payee.adjust.confirm")}
      checkKey={settled}
      check={async (request) => {
        const checked = JSON.parse(settled) as Body | null
        if (!checked) return null
        const { action } = await post<AdminBalanceActionResponse>(
          path,
          { ...request, ...checked },
          { dry_run: true }
        )
        return { checked, action }
      }}
      // Only what was checked can be confirmed.
      canConfirm={(preview) =>
        preview !== null && JSON.stringify(preview.checked) === key
      }
      preview={(preview) =>
        preview ? (
          <BalancePreview action={preview.action} />
        ) : (
          <InlineTip label={t("masspay.payee.adjust.amount")} variant="info">
            {t("masspay.payee.adjust.typeAmount")}
          </InlineTip>
        )
      }
      act={(request, preview) =>
        post<AdminBalanceActionResponse>(path, {
          ...request,
          ...preview?.checked,
        })
      }
      onDone={({ action }) => toast.success(stateText(t, action.state))}
      onClose={onClose}
    >
      <RadioGroup
        value={sign}
        onValueChange={(value) =>
          setSign(value === "charge" ? "charge" : "credit")
        }
        aria-label={t("masspay.payee.adjust.direction")}
        className="flex flex-wrap gap-x-6 gap-y-2"
      >
        {(["credit", "charge"] as const).map((value) => (
          <div key={value} className="flex items-center gap-x-2">
            <RadioGroup.Item value={value} id={`${ids.amount}-${value}`} />
            <Label size="small" htmlFor={`${ids.amount}-${value}`}>
              {t(`masspay.payee.adjust.${value}`)}
            </Label>
          </div>
        ))}
      </RadioGroup>
      <div className="grid grid-cols-[1fr_auto] gap-x-3">
        <div className="flex flex-col gap-y-1">
          <Label size="small" weight="plus" htmlFor={ids.amount}>
            {t("masspay.payee.adjust.amount")}
          </Label>
          <Input
            id={ids.amount}
            inputMode="decimal"
            autoComplete="off"
            value={amount}
            aria-invalid={amount.trim() !== "" && body === null}
            onChange={(event) => setAmount(event.target.value)}
          />
        </div>
        <div className="flex w-24 flex-col gap-y-1">
          <Label size="small" weight="plus" htmlFor={ids.currency}>
            {t("masspay.payee.adjust.currency")}
          </Label>
          <Input
            id={ids.currency}
            maxLength={3}
            autoComplete="off"
            value={currency}
            onChange={(event) => setCurrency(event.target.value.toUpperCase())}
          />
        </div>
      </div>
    </ActionDialog>
  )
}

function bodyOf({
  sign,
  amount,
  currency,
}: {
  sign: "credit" | "charge"
  amount: string
  currency: string
}): Body | null {
  const typed = typedAmount(amount)
  // The direction says the sign; a second one would be a slip of the hand.
  if (typed === null || typed.startsWith("-") || currency.length !== 3) {
    return null
  }
  return {
    amount: sign === "charge" ? `-${typed}` : typed,
    currency_code: currency,
  }
}
