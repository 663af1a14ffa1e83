import { Input, Label, Select, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import { HOLD_KINDS, type HoldKind } from "../../../domain/holds"
import { post } from "../../lib/api"
import { dayAfter, typedAmount } from "../../lib/payee"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

/** Keeps a vendor's money back: all of it, or as a reserve an amount. */
export function PlaceHoldDialog({
  vendor_id,
  onClose,
}: {
  vendor_id: string
  onClose: () => void
}) {
  const { t } = useTranslation()
  const ids = {
    kind: useId(),
    until: useId(),
    amount: useId(),
    currency: useId(),
  }
  const [kind, setKind] = useState<HoldKind>("manual")
  const [last, setLast] = useState("")
  const [amount, setAmount] = useState("")
  const [currency_code, setCurrency] = useState("USD")
  const isReserve = kind === "reserve"
  const until = last ? dayAfter(last) : null
  const reserve = typedAmount(amount)
  const isComplete =
    (!isReserve || (reserve !== null && currency_code.length === 3)) &&
    (last === "" || until !== null)
  const hold = {
    vendor_id,
    kind,
    ...(until && { until }),
    ...(isReserve && reserve && { amount: reserve, currency_code }),
  }
  const key = JSON.stringify(hold)

  return (
    <ActionDialog
      subject={`hold:${vendor_id}`}
      title={t("masspay.holds.placeTitle")}
      description={t("masspay.holds.placeText")}
      confirmLabel={t("masspay.holds.place")}
      checkKey={key}
      check={() => Promise.resolve(hold)}
      canConfirm={(checked) => isComplete && JSON.stringify(checked) === key}
      preview={() => (
        <WillHappen
          text={t(
            isReserve
              ? "masspay.holds.reserveEffect"
              : "masspay.holds.placeEffect"
          )}
        />
      )}
      act={(request, checked) => post("holds", { ...checked, ...request })}
      onDone={() => toast.success(t("masspay.people.done"))}
      onClose={onClose}
    >
      <div className="flex flex-col gap-y-1">
        <Label size="small" weight="plus" htmlFor={ids.kind}>
          {t("masspay.holds.kindLabel")}
        </Label>
        <Select
          value={kind}
          onValueChange={(value) => setKind(value as HoldKind)}
        >
          <Select.Trigger id={ids.kind}>
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            {HOLD_KINDS.map((name) => (
              <Select.Item key={name} value={name}>
                {t(`masspay.holds.kind.${name}`)}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
      {isReserve && (
        <div className="grid grid-cols-[1fr_auto] gap-x-3">
          <div className="flex flex-col gap-y-1">
            <Label size="small" weight="plus" htmlFor={ids.amount}>
              {t("masspay.payee.adjust.amount")}
            </Label>
            <Input
              id={ids.amount}
              inputMode="decimal"
              value={amount}
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
              value={currency_code}
              onChange={(event) =>
                setCurrency(event.target.value.toUpperCase())
              }
            />
          </div>
        </div>
      )}
      <div className="flex flex-col gap-y-1">
        <Label size="small" weight="plus" htmlFor={ids.until}>
          {t("masspay.holds.lastDay")}
        </Label>
        <Input
          id={ids.until}
          type="date"
          value={last}
          onChange={(event) => setLast(event.target.value)}
        />
      </div>
    </ActionDialog>
  )
}
