import { XMark } from "@medusajs/icons"
import { Button, IconButton, Input, Label, Select, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import { MONTH_DAY_MAX, WEEKDAYS } from "../../../domain/collect-schedule"
import type { AdminPayeeDetail } from "../../../types/http-collect"
import { post, segment } from "../../lib/api"
import { choiceOf, minimumOf, scheduleOf } from "../../lib/payee"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

type Line = { currency_code: string; amount: string }

/** Sets a vendor's own terms, or goes back to the shop's. */
export function TermsDialog({
  payee,
  onClose,
}: {
  payee: AdminPayeeDetail
  onClose: () => void
}) {
  const { t } = useTranslation()
  const scheduleId = useId()
  const [choice, setChoice] = useState(choiceOf(payee.schedule))
  const [lines, setLines] = useState<Line[]>(
    Object.entries(payee.minimum ?? {}).map(([currency_code, amount]) => ({
      currency_code,
      amount,
    }))
  )
  const terms = { schedule: scheduleOf(choice), minimum: minimumOf(lines) }
  const key = JSON.stringify(terms)
  const change = (index: number, part: Partial<Line>) =>
    setLines(
      lines.map((line, at) => (at === index ? { ...line, ...part } : line))
    )

  return (
    <ActionDialog
      subject={`terms:${payee.id}`}
      title={t("masspay.payee.terms.editOf", {
        vendor: payee.name ?? payee.vendor_id,
      })}
      description={t("masspay.payee.terms.editText")}
      confirmLabel={t("masspay.payee.terms.save")}
      checkKey={key}
      check={() => Promise.resolve(terms)}
      canConfirm={(checked) => JSON.stringify(checked) === key}
      preview={() => <WillHappen text={t("masspay.payee.terms.effect")} />}
      act={(request, checked) =>
        post(`payees/${segment(payee.id)}`, { ...request, ...checked })
      }
      onDone={() => toast.success(t("masspay.people.done"))}
      onClose={onClose}
    >
      <div className="flex flex-col gap-y-1">
        <Label size="small" weight="plus" htmlFor={scheduleId}>
          {t("masspay.payee.terms.schedule")}
        </Label>
        <Select value={choice} onValueChange={setChoice}>
          <Select.Trigger id={scheduleId}>
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            <Select.Item value="shop">
              {t("masspay.payee.terms.asShop")}
            </Select.Item>
            <Select.Item value="immediate">
              {t("masspay.payee.schedule.immediate")}
            </Select.Item>
            <Select.Item value="daily">
              {t("masspay.payee.schedule.daily")}
            </Select.Item>
            {WEEKDAYS.map((day) => (
              <Select.Item key={day} value={`weekly:${day}`}>
                {t(`masspay.payee.schedule.weekly.${day}`)}
              </Select.Item>
            ))}
            {Array.from({ length: MONTH_DAY_MAX }, (_, day) => (
              <Select.Item key={day} value={`monthly:${day + 1}`}>
                {t("masspay.payee.schedule.monthly", { day: day + 1 })}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
      <div
        role="group"
        aria-label={t("masspay.payee.terms.minimum")}
        className="flex flex-col gap-y-2"
      >
        <span className="txt-compact-small-plus">
          {t("masspay.payee.terms.minimum")}
        </span>
        {lines.map((line, index) => (
          <div key={index} className="flex items-center gap-x-2">
            <Input
              size="small"
              className="w-20"
              maxLength={3}
              aria-label={t("masspay.payee.terms.currency")}
              value={line.currency_code}
              onChange={(event) =>
                change(index, { currency_code: event.target.value })
              }
            />
            <Input
              size="small"
              inputMode="decimal"
              aria-label={t("masspay.payee.terms.amount")}
              value={line.amount}
              onChange={(event) =>
                change(index, { amount: event.target.value })
              }
            />
            <IconButton
              size="small"
              variant="transparent"
              type="button"
              aria-label={t("masspay.payee.terms.remove", {
                currency: line.currency_code,
              })}
              onClick={() => setLines(lines.filter((_, at) => at !== index))}
            >
              <XMark />
            </IconButton>
          </div>
        ))}
        <div className="flex items-center gap-x-2">
          <Button
            size="small"
            variant="transparent"
            type="button"
            onClick={() =>
              setLines([...lines, { currency_code: "", amount: "" }])
            }
          >
            {t("masspay.payee.terms.add")}
          </Button>
          {lines.length === 0 && (
            <span className="txt-compact-xsmall text-ui-fg-subtle">
              {t("masspay.payee.terms.asShop")}
            </span>
          )}
        </div>
      </div>
    </ActionDialog>
  )
}
