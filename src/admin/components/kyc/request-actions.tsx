import { Button } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminKycRequest } from "../../../types/http-kyc"
import { segment } from "../../lib/api"
import { type Decision, DecisionDialog } from "../common/decision-dialog"
import { CopyLinkButton } from "./copy-link-button"

/** What can be done about a request for papers: nothing once it is closed. */
export function KycRequestActions({ request }: { request: AdminKycRequest }) {
  const { t } = useTranslation()
  const [decision, setDecision] = useState<Decision | null>(null)
  if (request.state !== "open") return null
  const vendor = request.vendor_name ?? request.vendor_id
  const path = `kyc-requests/${segment(request.id)}`

  return (
    <div
      className="flex flex-wrap items-center gap-2"
      // The row's click would leave the page.
      onClick={(event) => event.stopPropagation()}
      role="presentation"
    >
      {request.link === "available" && (
        <CopyLinkButton id={request.id} vendor={vendor} />
      )}
      <Button
        size="small"
        variant="secondary"
        type="button"
        aria-label={t("masspay.kyc.resendTo", { vendor })}
        onClick={() =>
          setDecision({
            subject: `kyc-notify:${request.id}`,
            path: `${path}/notify`,
            title: t("masspay.kyc.resendTo", { vendor }),
            description: t("masspay.kyc.resendText"),
            effect: t("masspay.kyc.resendEffect"),
            confirmLabel: t("masspay.kyc.resend"),
          })
        }
      >
        {t("masspay.kyc.resend")}
      </Button>
      <Button
        size="small"
        variant="transparent"
        type="button"
        aria-label={t("masspay.kyc.closeOf", { vendor })}
        onClick={() =>
          setDecision({
            subject: `kyc-clear:${request.id}`,
            path: `${path}/clear`,
            title: t("masspay.kyc.closeOf", { vendor }),
            description: t("masspay.kyc.closeText"),
            effect: t("masspay.kyc.closeEffect"),
            confirmLabel: t("masspay.kyc.close"),
          })
        }
      >
        {t("masspay.kyc.close")}
      </Button>
      {decision && (
        <DecisionDialog decision={decision} onClose={() => setDecision(null)} />
      )}
    </div>
  )
}
