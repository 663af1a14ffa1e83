import { Label, RadioGroup, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import { PAYEE_METHODS } from "../../../domain/destinations"
import type { AdminPayeeDetail } from "../../../types/http-collect"
import { post, segment } from "../../lib/api"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

const CHOICES = [...PAYEE_METHODS, "shop"] as const
type Choice = (typeof CHOICES)[number]

/** Into her wallet at MassPay, or straight to a destination; or as the shop's options say. */
export function MethodDialog({
  payee,
  onClose,
}: {
  payee: AdminPayeeDetail
  onClose: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const [choice, setChoice] = useState<Choice>(payee.method ?? "shop")
  const vendor = payee.name ?? payee.vendor_id

  return (
    <ActionDialog
      subject={`method:${payee.id}`}
      title={t("masspay.destinations.method.title", { vendor })}
      description={t("masspay.destinations.method.text")}
      confirmLabel={t("masspay.payee.terms.save")}
      checkKey={choice}
      check={() => Promise.resolve(choice)}
      canConfirm={(checked) => checked === choice}
      preview={(checked) => (
        <WillHappen text={t(`masspay.destinations.method.effect.${checked}`)} />
      )}
      act={(request, checked) =>
        post(`payees/${segment(payee.id)}`, {
          ...request,
          method: checked === "shop" ? null : checked,
        })
      }
      onDone={() => toast.success(t("masspay.people.done"))}
      onClose={onClose}
    >
      <RadioGroup
        value={choice}
        onValueChange={(value) => setChoice(value as Choice)}
        aria-label={t("masspay.destinations.method.change")}
      >
        {CHOICES.map((name) => (
          <div key={name} className="flex items-center gap-x-2">
            <RadioGroup.Item value={name} id={`${id}-${name}`} />
            <Label size="small" htmlFor={`${id}-${name}`}>
              {name === "shop"
                ? t("masspay.payee.terms.asShop")
                : t(`masspay.destinations.method.${name}`)}
            </Label>
          </div>
        ))}
      </RadioGroup>
    </ActionDialog>
  )
}
