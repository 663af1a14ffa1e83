import { Button } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminHold } from "../../../types/http-collect"
import { segment } from "../../lib/api"
import { DecisionDialog } from "../common/decision-dialog"

/** Ends a hold before its time. Nothing for one that is over. */
export function ReleaseHoldButton({ hold }: { hold: AdminHold }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (!hold.stands) return null

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        type="button"
        onClick={() => setOpen(true)}
      >
        {t("masspay.holds.release")}
      </Button>
      {isOpen && (
        <DecisionDialog
          decision={{
            subject: `release-hold:${hold.id}`,
            path: `holds/${segment(hold.id)}/release`,
            title: t("masspay.holds.releaseTitle"),
            description: t("masspay.holds.releaseText"),
            effect: t("masspay.holds.releaseEffect"),
            confirmLabel: t("masspay.holds.release"),
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
