import { Button, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type {
  Autopayout,
  AutopayoutChangeResponse,
} from "../../../types/http-destinations"
import { usePercent } from "../../hooks/use-percent"
import { remove, segment } from "../../lib/api"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

type RuleRowProps = { payee: AdminPayeeDetail; rule: Autopayout }

/** "25 % of what comes into the USD wallet, to …0001 (Main account)". */
export function RuleRow({ payee, rule }: RuleRowProps) {
  const { t } = useTranslation()
  const percent = usePercent()
  const [isEnding, setEnding] = useState(false)
  const words = t("masspay.autopayouts.rule", {
    share: percent(rule.percentage),
    currency: rule.currency_code,
  })
  const label = [rule.destination, rule.label && `(${rule.label})`]

  return (
    <li
      className="flex flex-wrap items-center justify-between gap-2 px-6 py-3"
      data-testid="masspay-autopayout"
    >
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus">
          {words}
        </Text>
        <Text size="small" className="text-ui-fg-subtle break-words">
          {rule.destination === null
            ? t("masspay.autopayouts.toUnknown")
            : t("masspay.autopayouts.to", {
                destination: label.filter(Boolean).join(" "),
              })}
        </Text>
      </div>
      <Button
        size="small"
        variant="secondary"
        type="button"
        aria-label={t("masspay.autopayouts.end.of", { rule: words })}
        onClick={() => setEnding(true)}
      >
        {t("masspay.autopayouts.end.open")}
      </Button>
      {isEnding && (
        <ActionDialog
          subject={`end-autopayout:${rule.id}`}
          title={t("masspay.autopayouts.end.title", {
            vendor: payee.name ?? payee.vendor_id,
          })}
          description={words}
          confirmLabel={t("masspay.autopayouts.end.open")}
          isDanger
          check={() => Promise.resolve(null)}
          preview={() => (
            <WillHappen
              text={t("masspay.autopayouts.end.effect", {
                currency: rule.currency_code,
              })}
            />
          )}
          act={(request) =>
            remove<AutopayoutChangeResponse>(
              `payees/${segment(payee.id)}/autopayouts`,
              { ...request, rule_id: rule.id }
            )
          }
          onDone={() => toast.success(t("masspay.people.done"))}
          onClose={() => setEnding(false)}
        />
      )}
    </li>
  )
}
