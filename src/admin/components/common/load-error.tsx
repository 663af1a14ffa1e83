import { ExclamationCircle } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { failureOf, sentenceOf, statusOf } from "../../lib/errors"
import type { Translate } from "../../lib/texts"
import { TextLink } from "./text-link"

type LoadErrorProps = {
  error: unknown
  onRetry: () => void
  isRetrying: boolean
}

/** What went wrong in words, and the way on where there is one. */
export function LoadError({ error, onRetry, isRetrying }: LoadErrorProps) {
  const { t } = useTranslation()
  const failure = failureOf(error)
  const { title, text } = explainError(t, error)

  return (
    <div
      role="alert"
      className="flex min-h-32 flex-col items-center justify-center gap-y-3 px-6 py-8 text-center"
    >
      <ExclamationCircle className="text-ui-fg-subtle" aria-hidden />
      <div className="flex flex-col gap-y-1">
        <Text size="small" leading="compact" weight="plus">
          {title}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {text}
        </Text>
      </div>
      {failure === "signed_out" && (
        <TextLink to="/login" className="txt-compact-small-plus">
          {t("masspay.errors.signIn")}
        </TextLink>
      )}
      {failure !== "forbidden" && (
        <Button
          size="small"
          variant="secondary"
          type="button"
          onClick={onRetry}
          isLoading={isRetrying}
        >
          {t("masspay.general.retry")}
        </Button>
      )}
    </div>
  )
}

/** Whether the server answered with this HTTP status. */
export function hasStatus(error: unknown, status: number): boolean {
  return statusOf(error) === status
}

/** A failed request in words; never JSON or a stack trace. */
export function explainError(
  t: Translate,
  error: unknown
): { title: string; text: string } {
  switch (failureOf(error)) {
    case "forbidden":
      return {
        title: t("masspay.errors.forbiddenTitle"),
        text: t("masspay.errors.forbidden"),
      }
    case "signed_out":
      return {
        title: t("masspay.errors.signedOutTitle"),
        text: t("masspay.errors.signedOut"),
      }
    case "offline":
      return {
        title: t("masspay.errors.title"),
        text: t("masspay.errors.offline"),
      }
    default:
      return {
        title: t("masspay.errors.title"),
        text: sentenceOf(error) ?? t("masspay.errors.broken"),
      }
  }
}
