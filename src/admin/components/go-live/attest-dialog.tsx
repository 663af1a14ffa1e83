import { toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminGoLiveItem } from "../../../types/http-go-live"
import { post, segment } from "../../lib/api"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

/** Vouches for something, or takes that back; the reason says how one knows. */
export function AttestDialog({
  item,
  title,
  asks,
  onClose,
}: {
  item: AdminGoLiveItem
  title: string
  asks: "attest" | "withdraw"
  onClose: () => void
}) {
  const { t } = useTranslation()

  return (
    <ActionDialog
      subject={`go-live-${asks}:${item.key}`}
      title={t(`masspay.goLive.${asks}Title`, { title })}
      description={item.checked}
      confirmLabel={t(`masspay.goLive.${asks}`)}
      check={() => Promise.resolve(null)}
      preview={() => <WillHappen text={t(`masspay.goLive.${asks}Effect`)} />}
      act={({ request_id, reason }) =>
        post(`go-live/${segment(item.key)}/${asks}`, {
          request_id,
          note: reason,
        })
      }
      onDone={() => toast.success(t("masspay.people.done"))}
      onClose={onClose}
    />
  )
}
