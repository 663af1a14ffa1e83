import { Input, Label, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminStartReconciliationResponse } from "../../../types/http-reconciliation"
import { post } from "../../lib/api"
import { monthBefore } from "../../lib/payee"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

/** Begins a comparison of the days that somebody names. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const ids = { from: useId(), to: useId() }
  const [from_date, setFrom] = useState(() => monthBefore(new Date(), 0).from)
  const [to_date, setTo] = useState(() => new Date().toISOString().slice(0, 10))
  const days = { from_date, to_date }
  const key = JSON.stringify(days)
  const isSpan = from_date !== "" && to_date !== "" && from_date <= to_date

  return (
    <ActionDialog
      subject="reconcile"
      title={t("masspay.reconciliation.startTitle")}
      description={t("masspay.reconciliation.startText")}
      confirmLabel={t("masspay.reconciliation.start")}
      checkKey={key}
      check={() => Promise.resolve(days)}
      canConfirm={(checked) => isSpan && JSON.stringify(checked) === key}
      preview={() => (
        <WillHappen text={t("masspay.reconciliation.startEffect")} />
      )}
      act={(request, checked) =>
        post<AdminStartReconciliationResponse>("reconciliations", {
          ...request,
          ...checked,
        })
      }
      onDone={() => toast.success(t("masspay.reconciliation.started"))}
      onClose={onClose}
    >
      <div className="grid grid-cols-2 gap-x-3">
        <div className="flex flex-col gap-y-1">
          <Label size="small" weight="plus" htmlFor={ids.from}>
            {t("masspay.payee.statement.from")}
          </Label>
          <Input
            id={ids.from}
            type="date"
            value={from_date}
            onChange={(event) => setFrom(event.target.value)}
          />
        </div>
        <div className="flex flex-col gap-y-1">
          <Label size="small" weight="plus" htmlFor={ids.to}>
            {t("masspay.payee.statement.to")}
          </Label>
          <Input
            id={ids.to}
            type="date"
            value={to_date}
            aria-invalid={!isSpan}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
      </div>
    </ActionDialog>
  )
}
