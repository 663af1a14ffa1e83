import type { JobRun } from "../../../domain/incidents"
import type { OverviewJobName } from "../../../domain/overview"
import type { Sql } from "./db"

const PREFIX = "job:"
/** A job that runs every few seconds in many processes writes no more often. */
const NOTE_EVERY = `interval '5 seconds'`

/** Notes that a job began, or ended well, in some process. */
export async function noteJobRun(
  sql: Sql,
  { job, what }: { job: OverviewJobName; what: "started" | "finished" }
): Promise<void> {
  await sql.rows(
    `insert into masspay_control as c (key, value)
     values (?, jsonb_build_object('since', masspay_now(), ?::text, masspay_now()))
     on conflict (key) do update
       set value = c.value || jsonb_build_object(?::text, masspay_now()),
           updated_at = masspay_now()
     where (c.value->>?::text) is null
        or (c.value->>?::text)::timestamptz <= masspay_now() - ${NOTE_EVERY}
        -- The clock was set back.
        or (c.value->>?::text)::timestamptz > masspay_now()`,
    [PREFIX + job, what, what, what, what, what]
  )
}

/** From now on these are waited for, as far as they were not before. */
export async function awaitJobs(
  sql: Sql,
  jobs: readonly OverviewJobName[]
): Promise<void> {
  await sql.rows(
    `insert into masspay_control (key, value)
     select '${PREFIX}' || job, jsonb_build_object('since', masspay_now())
       from unnest(?::text[]) job
     on conflict (key) do nothing`,
    [[...jobs].sort()]
  )
}

/**
 * Jobs are waited for from now on, and not from before: nobody was there to run
 * them.
 */
export async function awaitJobsAnew(sql: Sql): Promise<void> {
  await sql.rows(
    `update masspay_control
        set value = value || jsonb_build_object('since', masspay_now()),
            updated_at = masspay_now()
      where key like '${PREFIX}%'`
  )
}

/** When each job last ran, by name; those that are not waited for yet are left out. */
export async function jobRuns(sql: Sql): Promise<Map<string, JobRun>> {
  const rows = await sql.rows<JobRun & { job: string }>(
    `select substr(key, ?) as job,
            (value->>'since')::timestamptz as since,
            (value->>'started')::timestamptz as started_at,
            (value->>'finished')::timestamptz as finished_at
       from masspay_control where key like '${PREFIX}%'`,
    [PREFIX.length + 1]
  )
  return new Map(
    rows.map(({ job, since, started_at, finished_at }) => [
      job,
      { since, started_at, finished_at },
    ])
  )
}

/** When the history of all users was last compared to its end; `null`: never. */
export async function lastCompleteReconciliation(
  sql: Sql
): Promise<Date | null> {
  const [run] = await sql.rows<{ finished_at: Date | null }>(
    `select max(finished_at) as finished_at from masspay_reconciliation_run
      where status = 'complete' and kind in ('sweep', 'sweep_long')`
  )
  return run?.finished_at ?? null
}
