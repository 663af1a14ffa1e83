import { ArrowDownTray } from "@medusajs/icons"
import { Badge, Button, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminReconciliation } from "../../../types/http-reconciliation"
import { useRuns } from "../../hooks/reconciliation"
import { useDay } from "../../hooks/use-day"
import { segment } from "../../lib/api"
import { downloadFile } from "../../lib/download-file"
import { foundBy, reconciliationColor } from "../../lib/reconciliation"
import { wordFor } from "../../lib/words"
import { explainError } from "../common/load-error"
import { NothingHere, Section } from "../common/section"
import { ExactTime, TimeAgo } from "../common/time-ago"
import { StartDialog } from "./start-dialog"

const FILES = ["discrepancies", "transactions"] as const

/** The latest comparisons, how far they are, and their files for accountants. */
export function RunsSection() {
  const { t } = useTranslation()
  const query = useRuns()
  const [isOpen, setOpen] = useState(false)
  const isRunning = query.data?.reconciliations.some(
    ({ kind, status }) => kind === "manual" && status === "running"
  )

  return (
    <>
      <Section
        testId="masspay-reconciliations"
        title={t("masspay.reconciliation.runs")}
        subtitle={t("masspay.reconciliation.runsText")}
        loading={t("masspay.reconciliation.loading")}
        query={query}
        body={({ reconciliations }) =>
          reconciliations.length === 0 ? (
            <NothingHere
              title={t("masspay.reconciliation.noRuns")}
              text={t("masspay.reconciliation.noRunsText")}
            />
          ) : (
            <ul className="divide-y">
              {reconciliations.map((run) => (
                <RunRow key={run.id} run={run} />
              ))}
            </ul>
          )
        }
      >
        <Button
          size="small"
          variant="secondary"
          type="button"
          disabled={isRunning ?? false}
          onClick={() => setOpen(true)}
        >
          {t("masspay.reconciliation.start")}
        </Button>
      </Section>
      {isOpen && <StartDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function RunRow({ run }: { run: AdminReconciliation }) {
  const { t } = useTranslation()
  const { longDay } = useDay()
  const { found, healed } = foundBy(run)
  const { progress } = run

  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-6 py-3">
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus" as="div">
          <span className="flex flex-wrap items-center gap-2">
            {wordFor(t, "reconciliation.kind", run.kind)}
            <Badge size="2xsmall" color={reconciliationColor(run.status)}>
              {wordFor(t, "reconciliation.status", run.status)}
            </Badge>
          </span>
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {run.from_date && run.to_date && (
            <>
              {t("masspay.reconciliation.days", {
                from: longDay(run.from_date),
                to: longDay(run.to_date),
              })}
              {" · "}
            </>
          )}
          {t("masspay.reconciliation.read", {
            rows: progress.rows,
            payees: progress.payees,
          })}
          {" · "}
          {t("masspay.reconciliation.found", { found, healed })}
          {progress.payees_unread > 0 && (
            <>
              {" · "}
              {t("masspay.reconciliation.unread", {
                count: progress.payees_unread,
              })}
            </>
          )}
          {run.problem && (
            <>
              {" · "}
              {wordFor(t, "reconciliation.problem", run.problem)}
            </>
          )}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {run.finished_at ? (
            <ExactTime date={run.finished_at} />
          ) : (
            <>
              {t("masspay.reconciliation.since")}{" "}
              <TimeAgo date={run.started_at} />
            </>
          )}
        </Text>
      </div>
      <div className="-mx-2 flex flex-wrap gap-x-2">
        {FILES.map((file) => (
          <FileButton key={file} run={run} file={file} />
        ))}
      </div>
    </li>
  )
}

function FileButton({
  run,
  file,
}: {
  run: AdminReconciliation
  file: (typeof FILES)[number]
}) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  // Only of days: a run that reads vendors has none.
  if (file === "transactions" && run.from_date === null) return null

  const download = async () => {
    setBusy(true)
    try {
      await downloadFile(`reconciliations/${segment(run.id)}/${file}.csv`, {
        query: {},
        type: "text/csv",
        fallbackName: `${file}.csv`,
      })
    } catch (error) {
      toast.error(t("masspay.reconciliation.noFile"), {
        description: explainError(t, error).text,
      })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button
      size="small"
      variant="transparent"
      type="button"
      isLoading={isBusy}
      onClick={() => void download()}
    >
      <ArrowDownTray aria-hidden />
      {t(`masspay.reconciliation.file.${file}`)}
    </Button>
  )
}
