import { StatusBadge, Text } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"

import type { MasspayOverview, OverviewJob } from "../../../types/http-overview"
import { humanize } from "../../lib/texts"
import { RowsSkeleton, Section } from "../common/section"
import { TimeAgo } from "../common/time-ago"

const JOBS = 8

/** When each job last ran and will run. */
export function RunsSection({
  query,
}: {
  query: UseQueryResult<MasspayOverview>
}) {
  const { t } = useTranslation()

  return (
    <Section
      testId="masspay-runs"
      title={t("masspay.overview.runs.title")}
      query={query}
      loading={t("masspay.overview.loading")}
      skeleton={<RowsSkeleton rows={JOBS} />}
      body={({ jobs }) => (
        <ul className="divide-y">
          {jobs.map((job) => (
            <Job key={job.name} job={job} />
          ))}
        </ul>
      )}
    />
  )
}

function Job({ job }: { job: OverviewJob }) {
  const { t } = useTranslation()
  const { name, last_run_at, next_run_at, is_overdue } = job

  return (
    <li className="flex flex-col gap-y-1 px-6 py-3">
      <div className="flex items-center justify-between gap-x-4">
        <Text size="small" leading="compact" weight="plus">
          {t(`masspay.overview.runs.name.${name}`, {
            defaultValue: humanize(name),
          })}
        </Text>
        {is_overdue && (
          <StatusBadge color="red">
            {t("masspay.overview.runs.overdue")}
          </StatusBadge>
        )}
      </div>
      <Text as="div" size="xsmall" className="text-ui-fg-subtle">
        {t("masspay.overview.runs.last")}:{" "}
        {last_run_at ? (
          <TimeAgo date={last_run_at} />
        ) : (
          t("masspay.overview.runs.never")
        )}
        {next_run_at && (
          <>
            {" · "}
            {t("masspay.overview.runs.next")}:{" "}
            {Date.parse(next_run_at) > Date.now() ? (
              <TimeAgo date={next_run_at} isToCome />
            ) : (
              // It was to begin since this was asked.
              t("masspay.overview.runs.now")
            )}
          </>
        )}
      </Text>
    </li>
  )
}
