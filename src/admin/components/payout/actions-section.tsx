import { TriangleRightMini } from "@medusajs/icons"
import { Badge, Button, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayoutDetail, PayoutAction } from "../../../types/http"
import { usePayoutActions } from "../../hooks/masspay"
import {
  isGrave,
  type OfferedAction,
  sortActions,
} from "../../lib/payout-actions"
import { actionEffect, actionName, refusalText } from "../../lib/texts"
import { Section } from "../common/section"
import { PayoutActionDialog } from "./payout-action-dialog"

/** What the signed-in operator may do now; the rest with why not, and no button. */
export function ActionsSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()
  const query = usePayoutActions(payout.id, payout.updated_at)
  const [chosen, setChosen] = useState<PayoutAction | null>(null)

  return (
    <>
      <Section
        testId="masspay-actions"
        title={t("masspay.payout.actions.title")}
        query={query}
        loading={t("masspay.payout.actions.loading")}
        body={(actions) => <Actions actions={actions} onChoose={setChosen} />}
      />
      {chosen && (
        <PayoutActionDialog
          payout={payout}
          action={chosen}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  )
}

type ActionsProps = {
  actions: OfferedAction[]
  onChoose: (action: PayoutAction) => void
}

function Actions({ actions, onChoose }: ActionsProps) {
  const { t } = useTranslation()
  const { now, notNow } = sortActions(actions)

  return (
    <>
      {now.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("masspay.payout.actions.none")}
        </Text>
      ) : (
        <ul className="divide-y" aria-label={t("masspay.payout.actions.now")}>
          {now.map((offered) => (
            <Allowed
              key={offered.action}
              offered={offered}
              onChoose={onChoose}
            />
          ))}
        </ul>
      )}
      {notNow.length > 0 && (
        <details className="group">
          <summary className="hover:bg-ui-bg-base-hover transition-fg focus-visible:shadow-borders-focus flex cursor-pointer list-none items-center justify-between gap-x-4 rounded-lg px-6 py-3 outline-none [&::-webkit-details-marker]:hidden">
            <Text size="small" leading="compact" weight="plus">
              {t("masspay.payout.actions.notNow")}
            </Text>
            <TriangleRightMini
              aria-hidden
              className="text-ui-fg-subtle shrink-0 transition-transform group-open:rotate-90 motion-reduce:transition-none"
            />
          </summary>
          <ul className="flex flex-col gap-y-3 px-6 pb-4 pt-1">
            {notNow.map(({ action, why_not }) => (
              <li key={action} data-testid={`masspay-not-now-${action}`}>
                <Text size="small" leading="compact">
                  {actionName(t, action)}
                </Text>
                <Text size="small" className="text-ui-fg-subtle text-pretty">
                  {refusalText(t, why_not)}
                </Text>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Allowed({
  offered,
  onChoose,
}: {
  offered: OfferedAction
  onChoose: (action: PayoutAction) => void
}) {
  const { t } = useTranslation()
  const { action, needs_second } = offered

  return (
    <li className="flex items-start justify-between gap-x-4 px-6 py-4">
      <div className="flex min-w-0 flex-col gap-y-1">
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {actionEffect(t, offered)}
        </Text>
        {needs_second && (
          <Badge size="2xsmall" className="w-fit">
            {t("masspay.common.dialog.second")}
          </Badge>
        )}
      </div>
      <Button
        size="small"
        type="button"
        variant={
          action === "approve"
            ? "primary"
            : isGrave(action)
              ? "danger"
              : "secondary"
        }
        className="shrink-0"
        onClick={() => onChoose(action)}
      >
        {actionName(t, action)}
      </Button>
    </li>
  )
}
