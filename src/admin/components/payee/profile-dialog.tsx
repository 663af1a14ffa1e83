import {
  FocusModal,
  Heading,
  InlineTip,
  Input,
  Label,
  Text,
  toast,
} from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useId, useRef, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type { AdminProfileResponse } from "../../../types/http-linking"
import { post, segment } from "../../lib/api"
import { wordFor } from "../../lib/words"
import { FormHeader } from "../common/form-header"
import { explainError } from "../common/load-error"

const FIELDS = [
  "address1",
  "address2",
  "city",
  "state_province",
  "postal_code",
  "date_of_birth",
  "mobile_number",
  "middle_name",
  "language",
] as const

/**
 * Passes facts about a person on to MassPay. The fields are not React state and
 * reach no cache: they are read from the form when it is sent, and cleared
 * whatever came of it.
 */
export function ProfileDialog({
  payee,
  onClose,
}: {
  payee: AdminPayeeDetail
  onClose: () => void
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const missing = payee.profile_missing ?? []

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = givenIn(event.currentTarget)
    if (Object.keys(given).length === 0) {
      setProblem(t("masspay.payee.profile.nothing"))
      return
    }
    setSending(true)
    setProblem(null)
    try {
      const { profile } = await post<AdminProfileResponse>(
        `payees/${segment(payee.id)}/profile`,
        given
      )
      toast.success(t("masspay.payee.profile.sent"), {
        description:
          profile.missing.length === 0
            ? t("masspay.payee.profile.complete")
            : t("masspay.payee.profile.stillMissing", {
                fields: namesOf(profile.missing),
              }),
      })
      onClose()
    } catch (error) {
      setProblem(explainError(t, error).text)
    } finally {
      form.current?.reset()
      setSending(false)
      void client.invalidateQueries({ queryKey: ["masspay"] })
    }
  }
  const namesOf = (fields: readonly string[]) =>
    fields.map((field) => wordFor(t, "payee.field", field)).join(", ")

  return (
    <FocusModal open onOpenChange={(open) => !open && !isSending && onClose()}>
      <FocusModal.Content data-testid="masspay-profile">
        <form
          ref={form}
          autoComplete="off"
          className="flex h-full flex-col overflow-hidden"
          onSubmit={(event) => void send(event)}
        >
          <FormHeader
            sendLabel={t("masspay.payee.profile.send")}
            isSending={isSending}
          />
          <FocusModal.Body className="flex justify-center overflow-y-auto">
            <div className="flex w-full max-w-[640px] flex-col gap-y-6 px-6 py-8">
              <div>
                <FocusModal.Title asChild>
                  <Heading>{t("masspay.payee.profile.title")}</Heading>
                </FocusModal.Title>
                <FocusModal.Description asChild>
                  <Text size="small" className="text-ui-fg-subtle text-pretty">
                    {t("masspay.payee.profile.text")}
                  </Text>
                </FocusModal.Description>
              </div>
              {missing.length > 0 && (
                <InlineTip
                  variant="warning"
                  label={t("masspay.payee.need.profile.label")}
                >
                  {t("masspay.payee.need.profile.text", {
                    fields: namesOf(missing),
                  })}
                </InlineTip>
              )}
              <div role="alert">
                {problem && (
                  <InlineTip
                    variant="error"
                    label={t("masspay.payee.profile.notSent")}
                  >
                    {problem} {t("masspay.payee.profile.cleared")}
                  </InlineTip>
                )}
              </div>
              <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
                {FIELDS.map((field) => (
                  <div key={field} className="flex flex-col gap-y-1">
                    <Label
                      size="small"
                      weight="plus"
                      htmlFor={`${id}-${field}`}
                    >
                      {wordFor(t, "payee.field", field)}
                    </Label>
                    <Input
                      id={`${id}-${field}`}
                      name={field}
                      type={field === "date_of_birth" ? "date" : "text"}
                      autoComplete="off"
                      maxLength={200}
                      disabled={isSending}
                    />
                  </div>
                ))}
              </div>
            </div>
          </FocusModal.Body>
        </form>
      </FocusModal.Content>
    </FocusModal>
  )
}

function givenIn(form: HTMLFormElement): Record<string, string> {
  const data = new FormData(form)
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = data.get(field)
      const text = typeof value === "string" ? value.trim() : ""
      return text ? [[field, text]] : []
    })
  )
}
