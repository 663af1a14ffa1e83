import { TriangleDownMini } from "@medusajs/icons"
import { clx, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"

import type { AdminPayoutPreviewRow } from "../../../types/http"
import { usePreview } from "../../hooks/masspay"
import { byUrgency, needsAttention } from "../../lib/not-paid"
import { LoadError } from "../common/load-error"
import { NotPaidList } from "./not-paid-list"

/** In the address, like the table's filters, so that a link shows the same page. */
const OPEN_PARAM = "not_paid"

/** What vendors are owed and no payout has taken yet, with the reason. Folded until asked for. */
export function NotPaidSection() {
  const { t } = useTranslation()
  const contentId = useId()
  const [params, setParams] = useSearchParams()
  const isOpen = params.has(OPEN_PARAM)
  const { data, error, isFetching, refetch } = usePreview()
  const rows = data?.preview

  const toggle = () =>
    setParams(
      (before) => {
        if (isOpen) before.delete(OPEN_PARAM)
        else before.set(OPEN_PARAM, "1")
        return before
      },
      { replace: true }
    )

  return (
    <Container className="overflow-hidden p-0" data-testid="masspay-not-paid">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={contentId}
        onClick={toggle}
        className={clx(
          "flex w-full items-center justify-between gap-x-4 px-6 py-4 text-left",
          "hover:bg-ui-bg-base-hover transition-fg outline-none",
          "focus-visible:shadow-borders-focus rounded-lg"
        )}
      >
        <span>
          <Heading level="h2">{t("masspay.preview.title")}</Heading>
          <Summary rows={rows} hasFailed={Boolean(error)} />
        </span>
        <TriangleDownMini
          aria-hidden
          className={clx(
            "text-ui-fg-subtle shrink-0 transition-transform motion-reduce:transition-none",
            isOpen && "rotate-180"
          )}
        />
      </button>
      <div
        id={contentId}
        hidden={!isOpen || rows?.length === 0}
        className="border-t"
      >
        {rows ? (
          <NotPaidList rows={[...rows].sort(byUrgency)} />
        ) : error ? (
          <LoadError
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        ) : (
          <div role="status" aria-label={t("masspay.preview.loading")}>
            <Skeleton className="m-6 h-10" />
          </div>
        )}
      </div>
    </Container>
  )
}

type SummaryProps = {
  rows: AdminPayoutPreviewRow[] | undefined
  hasFailed: boolean
}

/** One line in every case, so that the page does not move when the answer comes. */
function Summary({ rows, hasFailed }: SummaryProps) {
  const { t } = useTranslation()
  if (!rows && !hasFailed) {
    return <Skeleton className="my-0.5 h-4 w-48" />
  }
  const waiting = rows?.filter(needsAttention).length ?? 0

  return (
    <Text size="small" className="text-ui-fg-subtle">
      {hasFailed
        ? t("masspay.errors.title")
        : rows?.length
          ? t("masspay.preview.summary", { count: rows.length })
          : t("masspay.preview.empty")}
      {waiting > 0 && (
        <>
          {", "}
          {t("masspay.preview.needsAttention", { count: waiting })}
        </>
      )}
    </Text>
  )
}
