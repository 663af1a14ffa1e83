import { XMark } from "@medusajs/icons"
import { Button, FocusModal, IconButton, Kbd } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

/** As `FocusModal.Header`, whose own way out has no name that a screen reader could say. */
export function FormHeader({
  sendLabel,
  isSending,
  isReady = true,
}: {
  sendLabel: string
  isSending: boolean
  isReady?: boolean
}) {
  const { t } = useTranslation()

  return (
    <div className="border-ui-border-base flex items-center justify-between gap-x-4 border-b px-4 py-2">
      <div className="flex items-center gap-x-2">
        <FocusModal.Close asChild>
          <IconButton
            size="small"
            type="button"
            variant="transparent"
            aria-label={t("masspay.common.close")}
          >
            <XMark />
          </IconButton>
        </FocusModal.Close>
        <Kbd aria-hidden>esc</Kbd>
      </div>
      <div className="flex items-center justify-end gap-x-2">
        <FocusModal.Close asChild>
          <Button size="small" variant="secondary" type="button">
            {t("masspay.common.cancel")}
          </Button>
        </FocusModal.Close>
        <Button
          size="small"
          type="submit"
          isLoading={isSending}
          disabled={!isReady}
        >
          {sendLabel}
        </Button>
      </div>
    </div>
  )
}
