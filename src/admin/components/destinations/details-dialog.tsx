import {
  FocusModal,
  Heading,
  InlineTip,
  Input,
  Label,
  Skeleton,
  Text,
  toast,
} from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"

import type {
  AdminDestination,
  AdminDestinationChangeResponse,
  DestinationField,
} from "../../../types/http-destinations"
import { useDestinationForm } from "../../hooks/destinations"
import { post, segment } from "../../lib/api"
import { type FieldProblem, problemsIn } from "../../lib/destinations"
import { newRequestId } from "../../lib/request-ids"
import { FormHeader } from "../common/form-header"
import { explainError, LoadError } from "../common/load-error"
import { ReasonField } from "../common/reason-field"
import { deliveryWord } from "./destination-words"
import { FormField } from "./form-field"

const LABEL = "masspay-label"

/**
 * MassPay's own form of what it wants to know about a destination. The answers
 * are not React state and reach no cache: they are read from the form when it is
 * sent, and its fields are made anew whatever came of it.
 */
export function DetailsDialog({
  payee_id,
  destination,
  onClose,
}: {
  payee_id: string
  destination: AdminDestination
  onClose: () => void
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { id } = destination
  const { data, error, isFetching, refetch } = useDestinationForm({
    payee_id,
    id,
  })
  const [reason, setReason] = useState("")
  const [isSending, setSending] = useState(false)
  const [problems, setProblems] = useState<Record<string, FieldProblem>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  /** Counts what was sent: with each, the fields begin empty. */
  const [round, setRound] = useState(0)

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!data || isSending || reason.trim() === "") return
    const given = answersIn(event.currentTarget, data.fields)
    const found = problemsIn(data.fields, given.values)
    setProblems(found)
    setRefusal(null)
    if (Object.keys(found).length > 0) return
    setSending(true)
    try {
      await post<AdminDestinationChangeResponse>(
        `payees/${segment(payee_id)}/destinations/${segment(id)}/attributes`,
        // The same details twice are one set: each sending may have its own id.
        { ...given, reason: reason.trim(), request_id: newRequestId() }
      )
      toast.success(t("masspay.destinations.details.done"))
      onClose()
    } catch (failure) {
      setRefusal(explainError(t, failure).text)
    } finally {
      setRound((count) => count + 1)
      setSending(false)
      void client.invalidateQueries({ queryKey: ["masspay"] })
    }
  }

  return (
    <FocusModal open onOpenChange={(open) => !open && !isSending && onClose()}>
      <FocusModal.Content data-testid="masspay-destination-details">
        <form
          autoComplete="off"
          noValidate
          className="flex h-full flex-col overflow-hidden"
          onSubmit={(event) => void send(event)}
        >
          <FormHeader
            sendLabel={t("masspay.destinations.details.send")}
            isSending={isSending}
            isReady={data !== undefined && reason.trim() !== ""}
          />
          <FocusModal.Body className="flex justify-center overflow-y-auto">
            <div className="flex w-full max-w-[640px] flex-col gap-y-6 px-6 py-8">
              <div>
                <FocusModal.Title asChild>
                  <Heading>
                    {t("masspay.destinations.details.title", {
                      name: destination.payer_name,
                      kind: deliveryWord(t, destination.delivery_type),
                    })}
                  </Heading>
                </FocusModal.Title>
                <FocusModal.Description asChild>
                  <Text size="small" className="text-ui-fg-subtle text-pretty">
                    {t("masspay.destinations.details.text")}
                  </Text>
                </FocusModal.Description>
              </div>
              <div role="alert">
                {refusal && (
                  <InlineTip
                    variant="error"
                    label={t("masspay.destinations.details.notSent")}
                  >
                    {refusal} {t("masspay.destinations.details.cleared")}
                  </InlineTip>
                )}
              </div>
              {data ? (
                <>
                  <fieldset
                    key={round}
                    disabled={isSending}
                    className="contents"
                  >
                    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
                      {data.fields.map((field) => (
                        <FormField
                          key={field.token}
                          field={field}
                          problem={problems[field.token] ?? null}
                        />
                      ))}
                    </div>
                    <div className="flex flex-col gap-y-1">
                      <Label size="small" weight="plus" htmlFor={LABEL}>
                        {t("masspay.destinations.details.label")}
                      </Label>
                      <Input
                        id={LABEL}
                        name={LABEL}
                        autoComplete="off"
                        maxLength={100}
                        aria-describedby={`${LABEL}-hint`}
                      />
                      <Text
                        size="small"
                        id={`${LABEL}-hint`}
                        className="text-ui-fg-subtle"
                      >
                        {t("masspay.destinations.details.labelHint")}
                      </Text>
                    </div>
                  </fieldset>
                  <ByLink by_link={data.by_link} />
                  <ReasonField
                    value={reason}
                    onChange={setReason}
                    isDisabled={isSending}
                  />
                </>
              ) : error ? (
                <LoadError
                  error={error}
                  onRetry={() => void refetch()}
                  isRetrying={isFetching}
                />
              ) : (
                <Skeleton
                  className="h-48 w-full"
                  role="status"
                  aria-label={t("masspay.destinations.details.loading")}
                />
              )}
            </div>
          </FocusModal.Body>
        </form>
      </FocusModal.Content>
    </FocusModal>
  )
}

function ByLink({ by_link }: { by_link: { label: string }[] }) {
  const { t } = useTranslation()
  return by_link.length === 0 ? null : (
    <InlineTip label={t("masspay.destinations.details.byLink")}>
      {t("masspay.destinations.details.byLinkText", {
        what: by_link.map(({ label }) => label).join(", "),
      })}
    </InlineTip>
  )
}

/** What stands in the form now. */
function answersIn(
  form: HTMLFormElement,
  fields: readonly DestinationField[]
): { values: Record<string, string>; label: string | null } {
  const data = new FormData(form)
  const textOf = (name: string) => {
    const value = data.get(name)
    return typeof value === "string" ? value.trim() : ""
  }
  return {
    values: Object.fromEntries(
      fields.flatMap(({ token }) => {
        const value = textOf(token)
        return value ? [[token, value]] : []
      })
    ),
    label: textOf(LABEL) || null,
  }
}
