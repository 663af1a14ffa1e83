import { Button } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminIncident } from "../../../types/http-incidents"
import { segment } from "../../lib/api"
import { humanize } from "../../lib/texts"
import { DecisionDialog } from "../common/decision-dialog"

/** Nothing for an alarm that is over, or that somebody looks after already. */
export function AcknowledgeButton({
  incident: { id, kind, state, acknowledged_at },
}: {
  incident: AdminIncident
}) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (state !== "open" || acknowledged_at !== null) return null
  const name = t(`masspay.incidents.kind.${kind}.label`, {
    defaultValue: humanize(kind),
  })

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        type="button"
        aria-label={t("masspay.incidents.acknowledgeOf", { kind: name })}
        onClick={() => setOpen(true)}
      >
        {t("masspay.incidents.acknowledge")}
      </Button>
      {isOpen && (
        <DecisionDialog
          decision={{
            subject: `acknowledge-incident:${id}`,
            path: `incidents/${segment(id)}/acknowledge`,
            title: t("masspay.incidents.acknowledgeTitle"),
            description: name,
            effect: t("masspay.incidents.acknowledgeEffect"),
            confirmLabel: t("masspay.incidents.acknowledge"),
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
