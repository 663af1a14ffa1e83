import { Label, Textarea } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"

const REASON_MAX = 1000

type ReasonFieldProps = {
  value: string
  onChange: (value: string) => void
  isDisabled: boolean
}

/** Why somebody does it, in words that are kept. */
export function ReasonField({ value, onChange, isDisabled }: ReasonFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const hintId = useId()

  return (
    <div className="flex flex-col gap-y-2">
      <Label size="small" weight="plus" htmlFor={id}>
        {t("masspay.common.reason")}
      </Label>
      <Textarea
        id={id}
        aria-describedby={hintId}
        value={value}
        maxLength={REASON_MAX}
        rows={2}
        aria-required
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value)}
      />
      <span
        id={hintId}
        className="txt-compact-xsmall text-ui-fg-subtle text-pretty"
      >
        {t("masspay.common.reasonHint")}
      </span>
    </div>
  )
}
