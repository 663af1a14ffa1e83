import { isJobOverdue, type JobRun } from "../domain/incidents"
import type { OverviewJobName } from "../domain/overview"
import {
  type FundingOutlook,
  fundingOutlook,
} from "../modules/masspay/queries/alarm-funding"
import type { JobIntervals } from "../modules/masspay/queries/alarm-state"
import { readCircuit } from "../modules/masspay/queries/circuit"
import { dispatchStopped } from "../modules/masspay/queries/control"
import type { Db } from "../modules/masspay/queries/db"
import { amountText, isoOrNull } from "../modules/masspay/queries/dto"
import { jobRuns } from "../modules/masspay/queries/job-runs"
import {
  lastDays,
  needsAttention,
  payoutTotals,
} from "../modules/masspay/queries/overview"
import { databaseNow } from "../modules/masspay/queries/settlements"
import type { MasspayOptions } from "../options"
import type {
  MasspayOverview,
  OverviewFunding,
  OverviewJob,
} from "../types/http-overview"
import { fundingTerms, jobIntervals } from "./alarm-policy"

/** Everything that an operator sees first: one round of statements, each by its index. Reads only. */
export async function readOverview(
  db: Db,
  options: MasspayOptions
): Promise<MasspayOverview> {
  const [now, attention, funding, totals, days, runs, stop, circuit] =
    await Promise.all([
      databaseNow(db),
      needsAttention(db),
      fundingOutlook(db, fundingTerms(options)),
      payoutTotals(db),
      lastDays(db),
      jobRuns(db),
      dispatchStopped(db),
      readCircuit(db),
    ])
  return {
    as_of: now.toISOString(),
    environment: options.environment,
    needs_attention: attention,
    funding: funding.map(fundingOf),
    totals,
    per_day: days,
    jobs: jobsOf(runs, { now, intervals: jobIntervals(options) }),
    dispatch: {
      stopped: stop !== null,
      reason: stop?.reason ?? null,
      actor: stop?.actor ?? null,
      stopped_at: stop?.at ?? null,
    },
    circuit: circuitOf(circuit),
  }
}

export function circuitOf(
  circuit: Awaited<ReturnType<typeof readCircuit>>
): MasspayOverview["circuit"] {
  return circuit.state === "open"
    ? {
        state: "open",
        reason: circuit.reason,
        opened_at: circuit.opened_at.toISOString(),
      }
    : { state: "closed", reason: null, opened_at: null }
}

function fundingOf({
  currency_code,
  balance,
  as_of,
  upcoming,
  low_balance,
  low,
}: FundingOutlook): OverviewFunding {
  const textOrNull = (minor: bigint | null) =>
    minor === null ? null : amountText(minor, currency_code)
  return {
    currency_code,
    balance: textOrNull(balance),
    as_of: isoOrNull(as_of),
    upcoming: amountText(upcoming, currency_code),
    low_balance: textOrNull(low_balance),
    is_low: low !== null,
  }
}

/** When each job of this shop last ran and is to run next. */
export function jobsOf(
  runs: ReadonlyMap<string, JobRun>,
  { now, intervals }: { now: Date; intervals: JobIntervals }
): OverviewJob[] {
  return (Object.entries(intervals) as [OverviewJobName, number][]).map(
    ([name, interval_seconds]) => {
      const run = runs.get(name)
      const interval_ms = interval_seconds * 1000
      const last = run?.finished_at ?? null
      return {
        name,
        interval_seconds,
        last_run_at: isoOrNull(last),
        next_run_at: last
          ? new Date(last.getTime() + interval_ms).toISOString()
          : null,
        is_overdue: run ? isJobOverdue(run, { now, interval_ms }) : false,
      }
    }
  )
}
