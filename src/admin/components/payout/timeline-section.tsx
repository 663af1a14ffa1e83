import { clx, Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayoutDetail } from "../../../types/http"
import { useOperatorName } from "../../hooks/operators"
import { describe, statusLabel } from "../../lib/texts"
import { isByPerson, type Step, timelineOf } from "../../lib/timeline"
import { ExactSecond } from "../common/time-ago"

/** What happened, newest first, as far as it is known. */
export function TimelineSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()
  const steps = timelineOf(payout)

  return (
    <Container className="p-0" data-testid="masspay-timeline">
      <div className="px-6 py-4">
        <Heading level="h2">{t("masspay.payout.timeline.title")}</Heading>
      </div>
      {steps.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 pb-4">
          {t("masspay.payout.timeline.empty")}
        </Text>
      ) : (
        <ol className="flex flex-col px-6 pb-4">
          {steps.map((step, index) => (
            <Entry
              key={step.key}
              at={step.at}
              isLast={index === steps.length - 1}
              isNewest={index === 0}
            >
              {step.kind === "move" ? (
                <Move step={step} method={payout.method} />
              ) : (
                <Request step={step} />
              )}
            </Entry>
          ))}
        </ol>
      )}
    </Container>
  )
}

type EntryProps = {
  at: string
  isLast: boolean
  isNewest: boolean
  children: ReactNode
}

function Entry({ at, isLast, isNewest, children }: EntryProps) {
  return (
    <li className="grid grid-cols-[20px_1fr] items-start gap-2">
      <div
        aria-hidden
        className="flex size-full flex-col items-center gap-y-0.5"
      >
        <div className="flex size-5 items-center justify-center">
          <div className="bg-ui-bg-base shadow-borders-base flex size-2.5 items-center justify-center rounded-full">
            <div
              className={clx(
                "size-1.5 rounded-full",
                isNewest ? "bg-ui-tag-blue-icon" : "bg-ui-tag-neutral-icon"
              )}
            />
          </div>
        </div>
        {!isLast && <div className="bg-ui-border-base w-px flex-1" />}
      </div>
      <div className={clx("flex min-w-0 flex-col", !isLast && "pb-4")}>
        {children}
        <Text size="xsmall" className="text-ui-fg-subtle">
          <ExactSecond date={at} />
        </Text>
      </div>
    </li>
  )
}

function Move({
  step: { event },
  method,
}: {
  step: Extract<Step, { kind: "move" }>
  method: AdminPayoutDetail["method"]
}) {
  const { t } = useTranslation()
  const what = describe(t, "event", event.event)
  const nameOf = useOperatorName()

  return (
    <>
      <Text size="small" leading="compact" weight="plus">
        {statusLabel(t, event.to_status, method)}
      </Text>
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {what}
        {isByPerson(event) &&
          ` ${t("masspay.payout.timeline.by", { actor: nameOf(event.actor) })}`}
      </Text>
      {event.detail && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {describe(t, "detail", event.detail)}
        </Text>
      )}
    </>
  )
}

function Request({
  step: { attempt, operation },
}: {
  step: Extract<Step, { kind: "request" }>
}) {
  const { t } = useTranslation()
  const outcome = attempt.outcome
  const answer = [
    outcome
      ? describe(t, "outcome", outcome)
      : t("masspay.payout.timeline.noAnswer"),
    attempt.http_status === null
      ? null
      : t("masspay.payout.timeline.httpStatus", {
          status: attempt.http_status,
        }),
    attempt.proof ? describe(t, "proof", attempt.proof) : null,
  ].filter((part) => part !== null)

  return (
    <>
      <Text size="small" leading="compact" weight="plus">
        {t("masspay.payout.timeline.request", {
          number: attempt.attempt_no,
          kind: describe(t, "operationKind", operation.kind),
        })}
      </Text>
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {answer.join(" · ")}
      </Text>
    </>
  )
}
