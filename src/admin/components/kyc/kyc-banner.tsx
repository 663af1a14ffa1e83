import { InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminKycRequest } from "../../../types/http-kyc"
import { askedFor } from "./kyc-words"
import { KycRequestActions } from "./request-actions"

/** Says what papers keep a vendor from being paid, with what can be done. Nothing where none are wanted. */
export function KycBanner({ requests }: { requests: AdminKycRequest[] }) {
  const { t } = useTranslation()
  const open = requests.filter(({ state }) => state === "open")
  if (open.length === 0) return null

  return (
    <div className="flex flex-col gap-y-2" data-testid="masspay-kyc-banner">
      {open.map((request) => (
        <InlineTip
          key={request.id}
          variant={request.blocks_payments ? "error" : "warning"}
          label={t(
            request.blocks_payments
              ? "masspay.kyc.blocks"
              : "masspay.kyc.wanted"
          )}
        >
          <span className="flex flex-col items-start gap-y-2">
            <span>{askedFor(t, request)}</span>
            <KycRequestActions request={request} />
          </span>
        </InlineTip>
      ))}
    </div>
  )
}
