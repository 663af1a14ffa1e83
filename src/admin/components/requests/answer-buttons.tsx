import { Button, toast, Tooltip } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminActionRequest } from "../../../types/http"
import type { AdminActionAnswerResponse } from "../../../types/http-statements"
import { post, segment } from "../../lib/api"
import { wordFor } from "../../lib/words"
import { ActionDialog } from "../common/action-dialog"
import { WillHappen } from "../common/will-happen"

type Answer = "confirm" | "reject"

/**
 * The answers that are open to whoever is signed in: a second person may confirm
 * or reject, whoever proposed it may only withdraw it. Nothing once it is answered.
 */
export function AnswerButtons({
  request,
  me,
}: {
  request: AdminActionRequest
  /** Id of whoever is signed in, `null` while it is not known. */
  me: string | null
}) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<Answer | null>(null)
  if (request.state !== "proposed" || me === null) return null
  const isMine = request.maker === me

  return (
    <span className="flex flex-wrap items-center gap-2">
      {isMine ? (
        <Tooltip content={t("masspay.requests.ownText")}>
          <span
            tabIndex={0}
            className="text-ui-fg-subtle txt-compact-small focus-visible:shadow-borders-focus rounded-sm outline-none"
          >
            {t("masspay.requests.own")}
          </span>
        </Tooltip>
      ) : (
        <Button
          size="small"
          variant="secondary"
          type="button"
          onClick={() => setAnswer("confirm")}
        >
          {t("masspay.requests.confirm")}
        </Button>
      )}
      <Button
        size="small"
        variant="transparent"
        type="button"
        onClick={() => setAnswer("reject")}
      >
        {t(isMine ? "masspay.requests.withdraw" : "masspay.requests.reject")}
      </Button>
      {answer && (
        <AnswerDialog
          request={request}
          answer={answer}
          label={t(
            answer === "confirm"
              ? "masspay.requests.confirm"
              : isMine
                ? "masspay.requests.withdraw"
                : "masspay.requests.reject"
          )}
          onClose={() => setAnswer(null)}
        />
      )}
    </span>
  )
}

function AnswerDialog({
  request,
  answer,
  label,
  onClose,
}: {
  request: AdminActionRequest
  answer: Answer
  label: string
  onClose: () => void
}) {
  const { t } = useTranslation()
  const ask = (reason: string, dry_run: boolean) =>
    post<AdminActionAnswerResponse>(
      `action-requests/${segment(request.id)}/${answer}`,
      { reason },
      { dry_run }
    )

  return (
    <ActionDialog
      subject={`${answer}:${request.id}`}
      title={`${label}: ${wordFor(t, "requests.action", request.action)}`}
      description={t("masspay.requests.proposedBecause", {
        reason: request.maker_reason,
      })}
      confirmLabel={label}
      isDanger={answer === "confirm"}
      // The server has no request id for an answer: one proposal has one.
      check={({ reason }) => ask(reason, true)}
      preview={({ action }) => <WillHappen text={action.effect} />}
      act={({ reason }) => ask(reason, false)}
      onDone={() => toast.success(t("masspay.people.done"))}
      onClose={onClose}
    />
  )
}
