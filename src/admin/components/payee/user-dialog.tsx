import { toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type { AdminPayeeActionResponse } from "../../../types/http-linking"
import { post, segment } from "../../lib/api"
import { ActionDialog } from "../common/action-dialog"
import { CopyableCode } from "../common/copyable-code"
import { WillHappen } from "../common/will-happen"
import { stateText } from "./balance-preview"

const ROUTES = { confirm_user: "confirm-user", unlink: "unlink" } as const

/** Says that a MassPay user is hers, or is not hers any more. */
export function UserDialog({
  payee,
  action,
  onClose,
}: {
  payee: AdminPayeeDetail
  action: keyof typeof ROUTES
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { found_user_token } = payee
  const name = action === "unlink" ? "unlink" : "confirmUser"
  const ask = (request: object, dry_run: boolean) =>
    post<AdminPayeeActionResponse>(
      `payees/${segment(payee.id)}/${ROUTES[action]}`,
      {
        ...request,
        ...(action === "confirm_user" && { found_user_token }),
      },
      { dry_run }
    )

  return (
    <ActionDialog
      subject={`${action}:${payee.id}`}
      title={t(`masspay.payee.${name}.title`, {
        vendor: payee.name ?? payee.vendor_id,
      })}
      description={t(`masspay.payee.${name}.text`)}
      confirmLabel={t(`masspay.payee.actions.${name}`)}
      isDanger
      check={(request) => ask(request, true)}
      preview={(preview) => <WillHappen text={preview.action.effect} />}
      act={(request) => ask(request, false)}
      onDone={(answer) => toast.success(stateText(t, answer.action.state))}
      onClose={onClose}
    >
      {action === "confirm_user" && found_user_token && (
        <div className="flex flex-col gap-y-1">
          <span className="txt-compact-small-plus">
            {t("masspay.payee.confirmUser.found")}
          </span>
          <CopyableCode
            code={found_user_token}
            label={t("masspay.payee.confirmUser.found")}
          />
        </div>
      )}
    </ActionDialog>
  )
}
