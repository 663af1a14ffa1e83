import { Button, InlineTip, Prompt, Skeleton } from "@medusajs/ui"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { type ReactNode, useMemo, useState } from "react"
import { useTranslation } from "react-i18next"

import { provesNothingDone } from "../../lib/errors"
import { oneAtATime } from "../../lib/one-at-a-time"
import { RequestIds } from "../../lib/request-ids"
import { explainError } from "./load-error"
import { ReasonField } from "./reason-field"

/** A dry run changes nothing and keeps nothing, but the server asks for a reason. */
export const DRY_RUN_REASON = "dry run"

/** Of all dialogs: each names what it asks for. */
export const requestIds = new RequestIds()

/** What every action is asked with. */
export type ActionRequest = { request_id: string; reason: string }

type ActionDialogProps<Preview, Result> = {
  /** What is done to what, e.g. "approve:mspo_1": one request id until the outcome is known. */
  subject: string
  title: string
  /** What it is for, above what will happen. */
  description: string
  confirmLabel: string
  isDanger?: boolean
  /** The dry run. Runs when the dialog opens, and again when `checkKey` changes. */
  check: (request: ActionRequest) => Promise<Preview>
  checkKey?: string
  /** What the dry run said, in words. */
  preview: (preview: Preview) => ReactNode
  /** Whether there is anything to confirm; always, when left out. */
  canConfirm?: (preview: Preview) => boolean
  /** Does it. Called once however often somebody clicks; asked again with the same id. */
  act: (request: ActionRequest, preview: Preview) => Promise<Result>
  onDone: (result: Result) => void
  onClose: () => void
  /** Fields of this action, between what will happen and the reason. */
  children?: ReactNode
}

/**
 * Says what an action will do and does it once. Mount it while it is open.
 *
 * Two clicks are one request. Where no answer tells what happened, nothing can
 * be changed any more, and asking again asks for the same request.
 */
export function ActionDialog<Preview, Result>({
  subject,
  title,
  description,
  confirmLabel,
  isDanger = false,
  check,
  checkKey = "",
  preview,
  canConfirm = () => true,
  act,
  onDone,
  onClose,
  children,
}: ActionDialogProps<Preview, Result>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [request_id] = useState(() => requestIds.for(subject))
  const [reason, setReason] = useState("")
  const [phase, setPhase] = useState<"open" | "acting" | "unclear">("open")
  const [failed, setFailed] = useState<unknown>(null)
  const checked = useQuery({
    queryKey: ["masspay-dry-run", subject, request_id, checkKey],
    queryFn: () => check({ request_id, reason: DRY_RUN_REASON }),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  // The first click wins; a second one before the next render is that click's.
  const once = useMemo(
    () => oneAtATime((go: () => Promise<Result>) => go()),
    []
  )

  const confirm = async () => {
    if (checked.data === undefined) return
    setPhase("acting")
    setFailed(null)
    try {
      const { data } = checked
      const result = await once(() =>
        act({ request_id, reason: reason.trim() }, data)
      )
      requestIds.settle(subject)
      onDone(result)
      void client.invalidateQueries({ queryKey: ["masspay"] })
      onClose()
    } catch (error) {
      const isDecided = provesNothingDone(error)
      if (isDecided) requestIds.settle(subject)
      setFailed(error)
      setPhase(isDecided ? "open" : "unclear")
      void client.invalidateQueries({ queryKey: ["masspay"] })
    }
  }
  const isFixed = phase !== "open"
  const isReady =
    checked.data !== undefined &&
    reason.trim().length > 0 &&
    canConfirm(checked.data)

  return (
    <Prompt
      open
      variant={isDanger ? "danger" : "confirmation"}
      onOpenChange={(open) => {
        if (!open && phase !== "acting") onClose()
      }}
    >
      <Prompt.Content
        className="max-h-[90dvh] max-w-[min(560px,calc(100vw-2rem))] overflow-y-auto"
        data-testid="masspay-action-dialog"
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady && phase !== "acting") void confirm()
          }}
        >
          <Prompt.Header>
            <Prompt.Title>{title}</Prompt.Title>
            <Prompt.Description>{description}</Prompt.Description>
          </Prompt.Header>
          <div className="flex flex-col gap-y-4 px-6 pt-4">
            {children && (
              <fieldset disabled={isFixed} className="contents">
                {children}
              </fieldset>
            )}
            <div aria-live="polite" aria-busy={checked.isFetching}>
              {checked.data !== undefined ? (
                preview(checked.data)
              ) : checked.error ? (
                <InlineTip
                  variant="error"
                  label={t("masspay.common.dialog.checkFailed")}
                >
                  {explainError(t, checked.error).text}
                </InlineTip>
              ) : (
                <Skeleton
                  className="h-16 w-full"
                  role="status"
                  aria-label={t("masspay.common.dialog.checking")}
                />
              )}
            </div>
            <ReasonField
              value={reason}
              onChange={setReason}
              isDisabled={isFixed}
            />
            <div role="alert">
              {failed !== null && (
                <InlineTip
                  variant={phase === "unclear" ? "warning" : "error"}
                  label={t(
                    phase === "unclear"
                      ? "masspay.common.dialog.unclear"
                      : "masspay.common.dialog.refused"
                  )}
                >
                  {phase === "unclear"
                    ? t("masspay.common.dialog.unclearText")
                    : explainError(t, failed).text}
                </InlineTip>
              )}
            </div>
          </div>
          <Prompt.Footer>
            <Button
              size="small"
              variant="secondary"
              type="button"
              disabled={phase === "acting"}
              onClick={onClose}
            >
              {t(
                phase === "unclear"
                  ? "masspay.common.close"
                  : "masspay.common.cancel"
              )}
            </Button>
            <Button
              size="small"
              type="submit"
              variant={isDanger ? "danger" : "primary"}
              disabled={!isReady}
              isLoading={phase === "acting"}
            >
              {phase === "unclear"
                ? t("masspay.common.dialog.askAgain")
                : confirmLabel}
            </Button>
          </Prompt.Footer>
        </form>
      </Prompt.Content>
    </Prompt>
  )
}
