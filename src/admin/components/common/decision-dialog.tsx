import { toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { post } from "../../lib/api"
import { ActionDialog } from "./action-dialog"
import { WillHappen } from "./will-happen"

export type Decision = {
  /** What is done to what: one request id until its outcome is known. */
  subject: string
  /** Below `/admin/masspay/`. It takes a request id and a reason, and has no dry run. */
  path: string
  title: string
  description: string
  /** What it does, in plain words. */
  effect: string
  confirmLabel: string
  isDanger?: boolean
  /** What else the route takes. */
  body?: object
  /** What to say when it is done; `null`: the answer has nothing to tell. */
  done?: (answer: unknown) => string | null
}

/** A decision that needs nothing but a reason. Mount it while it is open. */
export function DecisionDialog({
  decision: { path, effect, body = {}, done, ...texts },
  onClose,
}: {
  decision: Decision
  onClose: () => void
}) {
  const { t } = useTranslation()

  return (
    <ActionDialog
      {...texts}
      check={() => Promise.resolve(null)}
      preview={() => <WillHappen text={effect} />}
      act={(request) => post(path, { ...body, ...request })}
      onDone={(answer) => {
        const description = done?.(answer)
        toast.success(t("masspay.people.done"), {
          ...(description && { description }),
        })
      }}
      onClose={onClose}
    />
  )
}
