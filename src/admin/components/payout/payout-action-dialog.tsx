import { InlineTip, Label, RadioGroup, Text, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type {
  AdminPayout,
  AdminPayoutAction,
  AdminPayoutActionResponse,
  PayoutAction,
} from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { post, segment } from "../../lib/api"
import { isGrave, pathOf } from "../../lib/payout-actions"
import { actionEffect, actionName } from "../../lib/texts"
import { ActionDialog } from "../common/action-dialog"
import { PayoutStatusBadge } from "../common/payout-status-badge"

type Outcome = "ready" | "void"

type PayoutActionDialogProps = {
  payout: AdminPayout
  action: PayoutAction
  onClose: () => void
}

/** One action on one payout: what it would do, then done once. */
export function PayoutActionDialog({
  payout,
  action,
  onClose,
}: PayoutActionDialogProps) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const [outcome, setOutcome] = useState<Outcome>("ready")
  const name = actionName(t, action)
  const isAssertion = action === "assert_not_executed"
  const path = `payouts/${segment(payout.id)}/${pathOf(action)}`
  const bodyOf = (request: object) => ({
    ...request,
    ...(isAssertion && { outcome }),
  })

  return (
    <ActionDialog
      subject={`${action}:${payout.id}:${isAssertion ? outcome : ""}`}
      title={name}
      description={t("masspay.payout.actions.ask", {
        action: name,
        amount: withCode(payout.amount, payout.currency_code),
        vendor: payout.vendor_name ?? payout.vendor_id,
      })}
      confirmLabel={name}
      isDanger={isGrave(action)}
      check={(request) =>
        post<AdminPayoutActionResponse>(path, bodyOf(request), {
          dry_run: true,
        })
      }
      checkKey={isAssertion ? outcome : ""}
      preview={({ action: would }) => <WhatHappens would={would} />}
      act={(request) => post<AdminPayoutActionResponse>(path, bodyOf(request))}
      onDone={({ action: did }) =>
        toast.success(name, {
          description: t(
            did.state === "proposed"
              ? "masspay.common.dialog.proposed"
              : "masspay.common.dialog.done"
          ),
        })
      }
      onClose={onClose}
    >
      {isAssertion && <OutcomeField value={outcome} onChange={setOutcome} />}
    </ActionDialog>
  )
}

type WhatHappensProps = {
  would: AdminPayoutAction
  /** In the reader's language; the action's own when left out. */
  effect?: string
}

/** What the dry run said: the effect, how much money, and which state it leads to. */
export function WhatHappens({ would, effect }: WhatHappensProps) {
  const { t } = useTranslation()
  const { withCode } = useMoney()

  return (
    <div className="flex flex-col gap-y-3" data-testid="masspay-what-happens">
      <InlineTip variant="info" label={t("masspay.common.dialog.willHappen")}>
        {effect ?? actionEffect(t, would)}
      </InlineTip>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        <dt className="txt-compact-small text-ui-fg-subtle">
          {t("masspay.common.dialog.moves")}
        </dt>
        <dd className="txt-compact-small-plus text-right tabular-nums">
          {withCode(would.amount, would.currency_code)}
        </dd>
        {would.to !== would.from && (
          <>
            <dt className="txt-compact-small text-ui-fg-subtle">
              {t("masspay.payout.actions.becomes")}
            </dt>
            <dd className="flex justify-end">
              <PayoutStatusBadge status={would.to} />
            </dd>
          </>
        )}
      </dl>
    </div>
  )
}

type OutcomeFieldProps = {
  value: Outcome
  onChange: (value: Outcome) => void
}

/** Of an assertion: where the payout shall go once it is confirmed. */
function OutcomeField({ value, onChange }: OutcomeFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const outcomes = [
    { outcome: "ready", text: t("masspay.payout.actions.outcomeReady") },
    { outcome: "void", text: t("masspay.payout.actions.outcomeVoid") },
  ] as const

  return (
    <div className="flex flex-col gap-y-2">
      <Text id={id} size="small" leading="compact" weight="plus">
        {t("masspay.payout.actions.outcome")}
      </Text>
      <RadioGroup
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onChange(next === "void" ? "void" : "ready")}
      >
        {outcomes.map(({ outcome, text }) => (
          <div key={outcome} className="flex items-start gap-x-2">
            <RadioGroup.Item value={outcome} id={`${id}-${outcome}`} />
            <Label size="small" htmlFor={`${id}-${outcome}`}>
              {text}
            </Label>
          </div>
        ))}
      </RadioGroup>
    </div>
  )
}
