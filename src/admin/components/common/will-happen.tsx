import { InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

/** What an action does, before it is confirmed. */
export function WillHappen({ text }: { text: string }) {
  const { t } = useTranslation()

  return (
    <InlineTip label={t("masspay.people.willHappen")} variant="info">
      {text}
    </InlineTip>
  )
}
