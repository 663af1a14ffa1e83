import {
  CheckCircleSolid,
  ExclamationCircleSolid,
  TriangleRightMini,
} from "@medusajs/icons"
import { clx, Text } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"

import type {
  MasspayOverview,
  OverviewAttention,
} from "../../../types/http-overview"
import { humanize } from "../../lib/texts"
import { NothingHere, Section } from "../common/section"
import { TimeAgo } from "../common/time-ago"
import { StoppedTips } from "./stopped-tips"

/** What waits for a person, the most pressing first. */
export function AttentionSection({
  query,
}: {
  query: UseQueryResult<MasspayOverview>
}) {
  const { t } = useTranslation()

  return (
    <Section
      testId="masspay-attention"
      title={t("masspay.overview.attention.title")}
      query={query}
      loading={t("masspay.overview.loading")}
      body={(overview) => (
        <>
          <StoppedTips overview={overview} />
          {overview.needs_attention.length === 0 ? (
            <div className="flex flex-col items-center pt-6">
              <CheckCircleSolid
                className="text-ui-tag-green-icon"
                aria-hidden
              />
              <NothingHere
                title={t("masspay.overview.attention.nothing")}
                text={t("masspay.overview.attention.nothingText")}
              />
            </div>
          ) : (
            <ul className="divide-y">
              {overview.needs_attention.map((one) => (
                <li key={one.kind}>
                  <Attention attention={one} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    />
  )
}

function Attention({ attention }: { attention: OverviewAttention }) {
  const { t } = useTranslation()
  const { kind, count, oldest_at, link } = attention
  const what = (
    <>
      <ExclamationCircleSolid
        className="text-ui-tag-orange-icon mt-0.5 shrink-0"
        aria-hidden
      />
      <div className="flex min-w-0 flex-1 flex-col gap-y-1">
        <div className="min-w-0">
          <Text size="small" leading="compact" weight="plus">
            {t(`masspay.overview.attention.kind.${kind}`, {
              count,
              defaultValue: `${count} × ${humanize(kind)}`,
            })}
          </Text>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t(`masspay.overview.attention.text.${kind}`, { defaultValue: "" })}
          </Text>
        </div>
        <Text
          as="span"
          size="small"
          leading="compact"
          className="text-ui-fg-subtle shrink-0"
        >
          {t("masspay.overview.attention.oldest")} <TimeAgo date={oldest_at} />
        </Text>
      </div>
    </>
  )
  const look = "flex items-start gap-x-3 px-6 py-4"
  if (!link) {
    return <div className={look}>{what}</div>
  }

  return (
    <Link
      to={link}
      className={clx(
        look,
        "hover:bg-ui-bg-base-hover transition-fg outline-none",
        "focus-visible:shadow-borders-focus"
      )}
    >
      {what}
      <TriangleRightMini
        className="text-ui-fg-subtle mt-0.5 shrink-0"
        aria-hidden
      />
    </Link>
  )
}
