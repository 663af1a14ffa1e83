import { Button } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminDiscrepancy } from "../../../types/http-reconciliation"
import { segment } from "../../lib/api"
import { wordFor } from "../../lib/words"
import { DecisionDialog } from "../common/decision-dialog"

/** Puts an open difference at rest. Nothing for one that is over. */
export function ResolveButton({
  discrepancy: { id, state, class: kind },
}: {
  discrepancy: AdminDiscrepancy
}) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (state !== "open") return null

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        type="button"
        onClick={() => setOpen(true)}
      >
        {t("masspay.reconciliation.resolve")}
      </Button>
      {isOpen && (
        <DecisionDialog
          decision={{
            subject: `resolve-discrepancy:${id}`,
            path: `discrepancies/${segment(id)}/resolve`,
            title: t("masspay.reconciliation.resolveTitle"),
            description: `${kind}: ${wordFor(t, "reconciliation.class", kind)}`,
            effect: t("masspay.reconciliation.resolveEffect"),
            confirmLabel: t("masspay.reconciliation.resolve"),
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
