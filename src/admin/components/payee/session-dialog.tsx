import { Label, RadioGroup, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import { KYC_PROVIDERS, type KycProvider } from "../../../domain/kyc"
import type { AdminPayeeDetail } from "../../../types/http-collect"
import type { VendorKycLinkResponse } from "../../../types/http-kyc"
import { post, segment } from "../../lib/api"
import { ClipboardRefusedError, copySecret } from "../../lib/secret-link"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

/** Begins an identity session and copies its link, which is shown and kept nowhere here. */
export function SessionDialog({
  payee,
  onClose,
}: {
  payee: AdminPayeeDetail
  onClose: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const vendor = payee.name ?? payee.vendor_id
  const [provider, setProvider] = useState<KycProvider>("veriff")

  return (
    <ActionDialog
      subject={`kyc-session:${payee.id}`}
      title={t("masspay.payee.session.title", { vendor })}
      description={t("masspay.payee.session.text")}
      confirmLabel={t("masspay.payee.session.confirm")}
      checkKey={provider}
      check={() => Promise.resolve(provider)}
      canConfirm={(checked) => checked === provider}
      preview={() => <WillHappen text={t("masspay.payee.session.effect")} />}
      act={async ({ request_id }, checked) => {
        // The route takes no reason: a session decides nothing about money.
        const answer = post<VendorKycLinkResponse>(
          `payees/${segment(payee.id)}/kyc-link`,
          { request_id, provider: checked }
        )
        try {
          await copySecret(async () => (await answer).link)
          return "copied"
        } catch (error) {
          if (error instanceof ClipboardRefusedError) return "not_copied"
          throw error
        }
      }}
      onDone={(outcome) => {
        if (outcome === "copied") {
          toast.success(t("masspay.kyc.copied"), {
            description: t("masspay.kyc.copiedText", { vendor }),
          })
        } else {
          toast.warning(t("masspay.payee.session.begun"), {
            description: t("masspay.payee.session.copyThere"),
          })
        }
      }}
      onClose={onClose}
    >
      <RadioGroup
        value={provider}
        onValueChange={(value) => setProvider(value as KycProvider)}
        aria-label={t("masspay.payee.session.provider")}
        className="flex gap-x-6"
      >
        {KYC_PROVIDERS.map((name) => (
          <div key={name} className="flex items-center gap-x-2">
            <RadioGroup.Item value={name} id={`${id}-${name}`} />
            <Label size="small" htmlFor={`${id}-${name}`}>
              {t(`masspay.payee.session.name.${name}`)}
            </Label>
          </div>
        ))}
      </RadioGroup>
    </ActionDialog>
  )
}
