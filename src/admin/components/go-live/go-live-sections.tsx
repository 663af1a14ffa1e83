import { ArrowPath } from "@medusajs/icons"
import { Button, InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { useGoLive } from "../../hooks/go-live"
import { byUrgency } from "../../lib/go-live"
import { EnvironmentBadge } from "../common/environment-badge"
import { RowsSkeleton, Section } from "../common/section"
import { TimeAgo } from "../common/time-ago"
import { GoLiveRow } from "./go-live-row"

/** What has to be right before a shop pays for real, and what a person vouches for. */
export function GoLiveSections() {
  const { t } = useTranslation()
  const query = useGoLive()
  const { data, isFetching, refetch } = query

  return (
    <Section
      testId="masspay-go-live"
      level="h1"
      title={t("masspay.goLive.title")}
      subtitle={
        data ? (
          <>
            {t("masspay.goLive.checked")} <TimeAgo date={data.checked_at} />
          </>
        ) : (
          t("masspay.goLive.subtitle")
        )
      }
      loading={t("masspay.goLive.loading")}
      skeleton={<RowsSkeleton rows={10} />}
      query={query}
      body={(goLive) => (
        <>
          <div className="px-6 py-4" aria-live="polite">
            <InlineTip
              variant={goLive.is_ready ? "success" : "warning"}
              label={t(
                goLive.is_ready
                  ? "masspay.goLive.ready"
                  : "masspay.goLive.notReady"
              )}
            >
              {t(
                goLive.is_ready
                  ? "masspay.goLive.readyText"
                  : "masspay.goLive.notReadyText",
                {
                  failed: goLive.counts.failed,
                  attest: goLive.counts.attest_needed,
                }
              )}
            </InlineTip>
          </div>
          <ul className="divide-y">
            {byUrgency(goLive.items).map((item) => (
              <GoLiveRow key={item.key} item={item} />
            ))}
          </ul>
        </>
      )}
    >
      {data && <EnvironmentBadge environment={data.environment} />}
      <Button
        size="small"
        variant="secondary"
        type="button"
        isLoading={isFetching}
        onClick={() => void refetch()}
      >
        <ArrowPath aria-hidden />
        {t("masspay.goLive.again")}
      </Button>
    </Section>
  )
}
