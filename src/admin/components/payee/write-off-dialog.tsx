import { Label, Select, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type { AdminBalanceActionResponse } from "../../../types/http-statements"
import { post, segment } from "../../lib/api"
import { ActionDialog } from "../common/action-dialog"
import { BalancePreview, stateText } from "./balance-preview"

/** Writes off what she owes in one currency: all of it, never more. */
export function WriteOffDialog({
  payee,
  onClose,
}: {
  payee: AdminPayeeDetail
  onClose: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const owed = payee.balances
    .filter(({ open }) => open.startsWith("-"))
    .map(({ currency_code }) => currency_code)
  const [currency_code, setCurrency] = useState(owed[0] ?? "")
  const path = `payees/${segment(payee.id)}/write-offs`
  const ask = (body: object, dry_run: boolean) =>
    post<AdminBalanceActionResponse>(path, body, { dry_run })

  return (
    <ActionDialog
      subject={`write-off:${payee.id}:${currency_code}`}
      title={t("masspay.payee.writeOff.title", {
        vendor: payee.name ?? payee.vendor_id,
      })}
      description={t("masspay.payee.writeOff.text")}
      confirmLabel={t("masspay.payee.writeOff.confirm")}
      isDanger
      checkKey={currency_code}
      check={(request) => ask({ ...request, currency_code }, true)}
      preview={({ action }) => <BalancePreview action={action} />}
      canConfirm={({ action }) => action.currency_code === currency_code}
      act={(request, { action }) =>
        // What was checked, whatever is chosen by now.
        ask({ ...request, currency_code: action.currency_code }, false)
      }
      onDone={({ action }) => toast.success(stateText(t, action.state))}
      onClose={onClose}
    >
      {owed.length > 1 && (
        <div className="flex flex-col gap-y-1">
          <Label size="small" weight="plus" htmlFor={id}>
            {t("masspay.payee.adjust.currency")}
          </Label>
          <Select value={currency_code} onValueChange={setCurrency}>
            <Select.Trigger id={id}>
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              {owed.map((code) => (
                <Select.Item key={code} value={code}>
                  {code}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
        </div>
      )}
    </ActionDialog>
  )
}
