import { SquareTwoStack } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminKycLinkResponse } from "../../../types/http-kyc"
import { post, segment } from "../../lib/api"
import { ClipboardRefusedError, copySecret } from "../../lib/secret-link"
import { explainError } from "../common/load-error"

type CopyLinkButtonProps = {
  /** Of the request for papers. */
  id: string
  vendor: string
}

/**
 * Copies the link where a vendor uploads her papers. Whoever has it can act as
 * her: it is fetched on the click, goes to the clipboard, and is kept nowhere;
 * so no query and no mutation, whose caches would hold it.
 */
export function CopyLinkButton({ id, vendor }: CopyLinkButtonProps) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)

  const copy = async () => {
    setBusy(true)
    try {
      await copySecret(async () => {
        const { link } = await post<AdminKycLinkResponse>(
          `kyc-requests/${segment(id)}/link`,
          {}
        )
        return link
      })
      toast.success(t("masspay.kyc.copied"), {
        description: t("masspay.kyc.copiedText", { vendor }),
      })
    } catch (error) {
      toast.error(t("masspay.kyc.notCopied"), {
        description:
          error instanceof ClipboardRefusedError
            ? t("masspay.kyc.clipboardRefused")
            : explainError(t, error).text,
      })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      isLoading={isBusy}
      onClick={(event) => {
        event.stopPropagation()
        void copy()
      }}
      aria-label={t("masspay.kyc.copyOf", { vendor })}
    >
      <SquareTwoStack aria-hidden />
      {t("masspay.kyc.copy")}
    </Button>
  )
}
