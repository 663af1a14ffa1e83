import {
  ALARM_AFTER,
  isJobOverdue,
  type JobRun,
} from "../../../domain/incidents"
import type { OverviewJobName } from "../../../domain/overview"
import { type DispatchStop, dispatchStopped } from "./control"
import { identityState } from "./database-identity"
import type { Sql } from "./db"
import type { IncidentCause } from "./incidents"
import { brokenInvariants } from "./invariant-results"
import {
  awaitJobs,
  awaitJobsAnew,
  jobRuns,
  lastCompleteReconciliation,
} from "./job-runs"
import { databaseNow } from "./settlements"
import { recentVerdicts } from "./webhook-verdicts"

/** The watch runs every minute; when it has not for so long, nothing has. */
const AWAY_MS = 5 * 60_000

/** Seconds between two runs of each job of this shop. */
export type JobIntervals = Readonly<Partial<Record<OverviewJobName, number>>>

/** An invariant that does not hold, or that stopped sending and waits for an operator. */
export async function brokenBooks(sql: Sql): Promise<IncidentCause[]> {
  const broken = await brokenInvariants(sql)
  const stop = await dispatchStopped(sql)
  const ids = new Set([
    ...broken.keys(),
    ...(stop?.invariant ? [stop.invariant] : []),
  ])
  return [
    ...[...ids].sort().map((invariant): IncidentCause => ({
      kind: "invariant_broken",
      cause_key: `invariant_broken:${invariant}`,
      subject_type: "invariant",
      subject_id: invariant,
      detail: {
        invariant,
        violations: broken.get(invariant) ?? 0,
        dispatch_stopped: stop !== null,
      },
    })),
    // A stop for an invariant is told with it.
    ...(stop && !stop.invariant ? [stopCause(stop)] : []),
  ]
}

function stopCause({ at, actor }: DispatchStop): IncidentCause {
  return {
    kind: "dispatch_stopped",
    cause_key: "dispatch_stopped",
    subject_type: "dispatch",
    detail: { since: at, actor },
  }
}

/** MassPay has not worked, or has refused our key, for long. */
export async function longOpenCircuit(sql: Sql): Promise<IncidentCause[]> {
  const rows = await sql.rows<{ reason: string; since: Date }>(
    `select coalesce(value->>'reason', 'auth') as reason,
            coalesce(value->>'opened_at', value->>'at')::timestamptz as since
       from masspay_control
      where ((key = 'circuit' and value->>'state' = 'open')
             or (key = 'dispatch_refused' and value->>'refused' = 'true'))
        and coalesce(value->>'opened_at', value->>'at')::timestamptz
              <= masspay_now() - ? * interval '1 millisecond'
      order by since limit 1`,
    [ALARM_AFTER.circuit_open_ms]
  )
  return rows.map(({ reason, since }) => ({
    kind: "circuit_open",
    cause_key: "circuit_open",
    subject_type: "circuit",
    detail: { reason, since: since.toISOString() },
  }))
}

/** The database is another one; nothing is sent until all that MassPay knows was read. */
export async function restoreWaitedFor(sql: Sql): Promise<IncidentCause[]> {
  const identity = await identityState(sql)
  if (identity?.state !== "changed") return []
  const [left] = await sql.rows<{ payees: number }>(
    `select count(*)::int as payees from masspay_payee where needs_adoption`
  )
  return [
    {
      kind: "restore_waiting",
      cause_key: "restore_waiting",
      subject_type: "database",
      detail: { since: identity.noticed_at, payees: left?.payees ?? 0 },
    },
  ]
}

/** MassPay carried out payouts for hours without one message about anything. */
export async function silentWebhooks(sql: Sql): Promise<IncidentCause[]> {
  const [row] = await sql.rows<{ missed: number; last_at: Date | null }>(
    `with last as (
       select max(received_at) as at from masspay_webhook_event),
     missed as (
       select 1 from masspay_payout p cross join last
        where p.status = 'completed'
          and p.completed_at > greatest(last.at,
                masspay_now() - 4 * ? * interval '1 millisecond')
          -- A message that is late is not missing.
          and p.completed_at <= masspay_now() - interval '10 minutes'
        limit 1000)
     select (select at from last) as last_at, count(*)::int as missed
       from missed
      where coalesce((select at from last), '-infinity')
              <= masspay_now() - ? * interval '1 millisecond'`,
    [ALARM_AFTER.webhooks_silent_ms, ALARM_AFTER.webhooks_silent_ms]
  )
  if (!row || row.missed < ALARM_AFTER.webhooks_missed) return []
  return [
    {
      kind: "webhooks_silent",
      cause_key: "webhooks_silent",
      subject_type: "webhooks",
      detail: {
        payouts: row.missed,
        last_at: row.last_at?.toISOString() ?? null,
      },
    },
  ]
}

/** More than one in twenty messages was not MassPay's, or did not look like it. */
export async function rejectedWebhooks(sql: Sql): Promise<IncidentCause[]> {
  const { genuine, rejected } = await recentVerdicts(sql)
  const share = rejected / Math.max(1, genuine + rejected)
  if (rejected < ALARM_AFTER.webhooks_rejected) return []
  if (share <= ALARM_AFTER.webhooks_rejected_share) return []
  return [
    {
      kind: "webhooks_rejected",
      cause_key: "webhooks_rejected",
      subject_type: "webhooks",
      detail: { rejected, genuine },
    },
  ]
}

/** Jobs that have not run to their end for several of their intervals: one alarm for each. */
export async function overdueJobs(
  sql: Sql,
  intervals: JobIntervals
): Promise<IncidentCause[]> {
  const jobs = Object.entries(intervals) as [OverviewJobName, number][]
  await awaitJobs(
    sql,
    jobs.map(([job]) => job)
  )
  const now = await databaseNow(sql)
  const watched_at = (await jobRuns(sql)).get("masspay-watch")?.finished_at
  // The shop was off, or its jobs were: all of them begin now.
  if (watched_at && now.getTime() - watched_at.getTime() > AWAY_MS) {
    await awaitJobsAnew(sql)
  }
  const runs = await jobRuns(sql)
  return jobs.flatMap(([job, seconds]) => {
    const run = runs.get(job)
    const interval_ms = seconds * 1000
    if (!run || !isJobOverdue(run, { now, interval_ms })) return []
    return [jobCause(job, run)]
  })
}

function jobCause(
  job: OverviewJobName,
  { started_at, finished_at }: JobRun
): IncidentCause {
  return {
    kind: "job_overdue",
    cause_key: `job_overdue:${job}`,
    subject_type: "job",
    subject_id: job,
    detail: {
      job,
      last_run_at: finished_at?.toISOString() ?? null,
      started_at: started_at?.toISOString() ?? null,
    },
  }
}

/** MassPay's history was not compared to its end for hours. */
export async function overdueReconciliation(
  sql: Sql
): Promise<IncidentCause[]> {
  const last = await lastCompleteReconciliation(sql)
  await awaitJobs(sql, ["masspay-reconcile"])
  const since = (await jobRuns(sql)).get("masspay-reconcile")?.since
  const now = await databaseNow(sql)
  // A shop that was switched off compares first and is judged afterwards.
  const from = Math.max(last?.getTime() ?? 0, since?.getTime() ?? 0)
  if (now.getTime() - from <= ALARM_AFTER.reconcile_ms) return []
  return [
    {
      kind: "reconcile_overdue",
      cause_key: "reconcile_overdue",
      subject_type: "reconciliation",
      detail: { last_at: last?.toISOString() ?? null },
    },
  ]
}
