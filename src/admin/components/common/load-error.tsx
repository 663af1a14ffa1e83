import { ExclamationCircle } from "@medusajs/icons"
import { FetchError } from "@medusajs/js-sdk"
import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { Translate } from "../../lib/texts"

type LoadErrorProps = {
  error: unknown
  onRetry: () => void
  isRetrying: boolean
}

/** What went wrong in words, and a way to try again where that can help. */
export function LoadError({ error, onRetry, isRetrying }: LoadErrorProps) {
  const { t } = useTranslation()
  const { title, text, canRetry } = explain(t, error)

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
        <Text size="small" className="text-ui-fg-muted text-pretty">
          {text}
        </Text>
      </div>
      {canRetry && (
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
  return error instanceof FetchError && error.status === status
}

function explain(t: Translate, error: unknown) {
  if (hasStatus(error, 403)) {
    return {
      title: t("masspay.errors.forbiddenTitle"),
      text: t("masspay.errors.forbidden"),
      canRetry: false,
    }
  }
  if (hasStatus(error, 401)) {
    return {
      title: t("masspay.errors.signedOutTitle"),
      text: t("masspay.errors.signedOut"),
      canRetry: true,
    }
  }
  return {
    title: t("masspay.errors.title"),
    text:
      error instanceof FetchError ? error.message : t("masspay.errors.offline"),
    canRetry: true,
  }
}
