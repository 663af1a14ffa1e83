import { InlineTip, Input, Label, RadioGroup, Text, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type {
  AdminDestination,
  Autopayout,
  AutopayoutChangeResponse,
} from "../../../types/http-destinations"
import { usePercent } from "../../hooks/use-percent"
import { post, segment } from "../../lib/api"
import { leftOf, typedPercentage } from "../../lib/autopayouts"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"
import { DestinationDetails } from "../destinations/destination-row"

type AddRuleDialogProps = {
  payee: AdminPayeeDetail
  /** Those that a rule can be made to, one for each currency. */
  destinations: readonly AdminDestination[]
  /** What is there already takes its share first. */
  rules: readonly Autopayout[]
  onClose: () => void
}

/** So much of what comes into a wallet goes to her destination of that currency. */
export function AddRuleDialog({
  payee,
  destinations,
  rules,
  onClose,
}: AddRuleDialogProps) {
  const { t } = useTranslation()
  const percent = usePercent()
  const ids = { destination: useId(), share: useId(), left: useId() }
  const [currency, setCurrency] = useState(destinations[0]?.currency_code ?? "")
  const [share, setShare] = useState("")
  const left = leftOf(rules, currency)
  const typed = typedPercentage(share)
  const percentage = typed !== null && typed <= left ? typed : null
  const rule =
    percentage === null ? null : { currency_code: currency, percentage }

  return (
    <ActionDialog
      subject={`add-autopayout:${payee.id}`}
      title={t("masspay.autopayouts.add.title", {
        vendor: payee.name ?? payee.vendor_id,
      })}
      description={t("masspay.autopayouts.add.text")}
      confirmLabel={t("masspay.autopayouts.add.confirm")}
      checkKey={JSON.stringify(rule)}
      // The server offers no dry run: nothing of it can be told before but what is typed.
      check={() => Promise.resolve(rule)}
      canConfirm={(checked) => checked !== null}
      preview={(checked) =>
        checked ? (
          <WillHappen
            text={t("masspay.autopayouts.add.effect", {
              share: percent(checked.percentage),
              currency: checked.currency_code,
            })}
          />
        ) : (
          <InlineTip label={t("masspay.autopayouts.add.share")} variant="info">
            {t("masspay.autopayouts.add.typeShare", { left: percent(left) })}
          </InlineTip>
        )
      }
      act={(request, checked) =>
        post<AutopayoutChangeResponse>(
          `payees/${segment(payee.id)}/autopayouts`,
          { ...request, ...checked }
        )
      }
      onDone={() => toast.success(t("masspay.people.done"))}
      onClose={onClose}
    >
      <RadioGroup
        value={currency}
        onValueChange={setCurrency}
        aria-label={t("masspay.autopayouts.add.destination")}
      >
        {destinations.map((destination) => (
          <div
            key={destination.id}
            className="flex items-center gap-x-2"
            data-testid="masspay-rule-destination"
          >
            <RadioGroup.Item
              value={destination.currency_code}
              id={`${ids.destination}-${destination.id}`}
            />
            <Label
              size="small"
              htmlFor={`${ids.destination}-${destination.id}`}
            >
              <DestinationDetails destination={destination} />
            </Label>
          </div>
        ))}
      </RadioGroup>
      <div className="flex flex-col gap-y-1">
        <Label size="small" weight="plus" htmlFor={ids.share}>
          {t("masspay.autopayouts.add.share")}
        </Label>
        <Input
          id={ids.share}
          inputMode="decimal"
          autoComplete="off"
          maxLength={8}
          value={share}
          aria-invalid={share.trim() !== "" && percentage === null}
          aria-describedby={ids.left}
          onChange={(event) => setShare(event.target.value)}
        />
        <Text size="small" id={ids.left} className="text-ui-fg-subtle">
          {t("masspay.autopayouts.add.left", { left: percent(left), currency })}
        </Text>
      </div>
    </ActionDialog>
  )
}
