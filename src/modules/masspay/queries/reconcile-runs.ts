import { DecisionRefusedError } from "../../../domain/decisions"
import type {
  DiscrepancyClass,
  RunKind,
  RunPhase,
  RunStatus,
} from "../../../domain/discrepancies"
import {
  type Days,
  problemWithDays,
  windowOf,
} from "../../../domain/reconcile-window"
import { getControl, type Json, setControl } from "./control"
import type { Db, Sql } from "./db"
import { newId } from "./new-id"
import { databaseNow } from "./settlements"

export type RunCounts = Partial<
  Record<DiscrepancyClass, { found: number; healed: number }>
>

/** A run that is under way. */
export type Run = {
  id: string
  kind: RunKind
  phase: RunPhase
  from_date: string | null
  to_date: string | null
  next_page: number
  cursor: string
  payees_unread: number
  tries: number
  counts: RunCounts
  started_at: Date
  progressed_at: Date
}

const COLUMNS = `id, kind, phase, from_date, to_date, next_page, cursor,
  payees_unread, tries, counts, started_at, progressed_at`

const WATERMARK = "watermark:reconcile"

/** The run that reads the history, or the one that reads vendors, where one is under way. */
export async function runningRun(
  sql: Sql,
  { is_deep }: { is_deep: boolean }
): Promise<Run | null> {
  const [run] = await sql.rows<Run>(
    `select ${COLUMNS} from masspay_reconciliation_run
      where status = 'running' and (kind = 'deep') = ?`,
    [is_deep]
  )
  return run ?? null
}

/** Begins a run that is due by itself; `null` when another process just did. */
export async function beginRun(
  db: Db,
  kind: Exclude<RunKind, "manual">
): Promise<Run | null> {
  return db.tx(async (sql) => {
    const now = await databaseNow(sql)
    const days =
      kind === "deep"
        ? null
        : windowOf(kind, { now, watermark: await readWatermark(sql) })
    return insertRun(sql, { kind, days })
  })
}

/**
 * Begins a run over days that an operator names. Throws `DecisionRefusedError` when
 * they make no sense, or when a run that reads the history is under way.
 */
export async function beginManualRun(
  sql: Sql,
  {
    actor,
    reason,
    request_id,
    ...days
  }: Days & { actor: string; reason: string; request_id: string }
): Promise<Run> {
  const problem = problemWithDays(days, await databaseNow(sql))
  if (problem)
    throw new DecisionRefusedError("range_is_nonsense", `${problem}.`)
  const run = await insertRun(sql, {
    kind: "manual",
    days,
    by: { actor, reason, request_id },
  })
  if (run) return run
  const other = await runningRun(sql, { is_deep: false })
  throw new DecisionRefusedError(
    "reconciliation_running",
    other
      ? `${other.id} began at ${other.started_at.toISOString()}.`
      : "Try again."
  )
}

async function insertRun(
  sql: Sql,
  {
    kind,
    days,
    by,
  }: {
    kind: RunKind
    days: Days | null
    by?: { actor: string; reason: string; request_id: string }
  }
): Promise<Run | null> {
  const [run] = await sql.rows<Run>(
    `insert into masspay_reconciliation_run
       (id, kind, phase, from_date, to_date, actor, reason, request_id)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict ((kind = 'deep')) where status = 'running' do nothing
     returning ${COLUMNS}`,
    [
      newId("msrun"),
      kind,
      kind === "deep" ? "payees" : "history",
      days?.from_date ?? null,
      days?.to_date ?? null,
      by?.actor ?? null,
      by?.reason ?? null,
      by?.request_id ?? null,
    ]
  )
  return run ?? null
}

/** What a step of a run has done, in the same transaction where it wrote anything. */
export type RunProgress = {
  phase?: RunPhase
  next_page?: number
  cursor?: string
  /** Added to what there is, here and below. */
  pages?: number
  rows?: number
  payees?: number
  payees_unread?: number
  requests?: number
  counts?: RunCounts
}

/** Returns whether the run is still under way. Anything that was read ends a row of tries. */
export async function noteProgress(
  sql: Sql,
  id: string,
  progress: RunProgress
): Promise<boolean> {
  const rows = await sql.rows(
    `update masspay_reconciliation_run
        set phase = coalesce(?, phase), next_page = coalesce(?, next_page),
            cursor = coalesce(?, cursor), pages = pages + ?, rows = rows + ?,
            payees = payees + ?, payees_unread = payees_unread + ?,
            requests = requests + ?, counts = coalesce(?::jsonb, counts),
            tries = 0, problem = null, progressed_at = masspay_now(),
            updated_at = masspay_now()
      where id = ? and status = 'running' returning id`,
    [
      progress.phase ?? null,
      progress.next_page ?? null,
      progress.cursor ?? null,
      progress.pages ?? 0,
      progress.rows ?? 0,
      progress.payees ?? 0,
      progress.payees_unread ?? 0,
      progress.requests ?? 0,
      progress.counts ? JSON.stringify(progress.counts) : null,
      id,
    ]
  )
  return rows.length === 1
}

/** MassPay did not answer. Returns how often in a row that is now. */
export async function noteTry(
  sql: Sql,
  { id, problem, requests }: { id: string; problem: string; requests: number }
): Promise<number> {
  const [row] = await sql.rows<{ tries: number }>(
    `update masspay_reconciliation_run
        set tries = tries + 1, requests = requests + ?, problem = ?,
            updated_at = masspay_now()
      where id = ? and status = 'running' returning tries`,
    [requests, problem, id]
  )
  return row?.tries ?? 0
}

/**
 * Ends a run, once. Only a complete one moves the watermark on: what an
 * incomplete one did not see may be anything.
 */
export async function endRun(
  db: Db,
  {
    run,
    status,
    problem = null,
    counts,
    requests = 0,
  }: {
    run: Pick<Run, "id" | "kind" | "to_date">
    status: Exclude<RunStatus, "running">
    problem?: string | null
    counts: RunCounts
    requests?: number
  }
): Promise<boolean> {
  return db.tx(async (sql) => {
    const rows = await sql.rows(
      `update masspay_reconciliation_run
          set status = ?, problem = coalesce(?, problem), counts = ?::jsonb,
              requests = requests + ?, finished_at = masspay_now(),
              updated_at = masspay_now()
        where id = ? and status = 'running' returning id`,
      [status, problem, JSON.stringify(counts), requests, run.id]
    )
    if (rows.length === 0) return false
    const isSweep = run.kind === "sweep" || run.kind === "sweep_long"
    if (status === "complete" && isSweep && run.to_date !== null) {
      const watermark = await readWatermark(sql)
      if (watermark === null || watermark < run.to_date) {
        await setControl(sql, WATERMARK, { day: run.to_date })
      }
    }
    return true
  })
}

/** The last day that a sweep read to its end, or `null`. */
async function readWatermark(sql: Sql): Promise<string | null> {
  const value = await getControl<{ day?: Json }>(sql, WATERMARK)
  return typeof value?.day === "string" ? value.day : null
}

/** How often each kind begins by itself; one that is left out never does. */
export type RunSchedule = Partial<
  Record<Exclude<RunKind, "manual">, { every_ms: number }>
>

/**
 * The kinds of runs whose time has come, by when the last complete one began. A
 * run that was incomplete does not count, but is not repeated at once either.
 */
export async function dueRuns(
  sql: Sql,
  every: RunSchedule,
  { retry_ms }: { retry_ms: number }
): Promise<Exclude<RunKind, "manual">[]> {
  const due: Exclude<RunKind, "manual">[] = []
  for (const kind of ["sweep_long", "sweep", "deep"] as const) {
    const every_ms = every[kind]?.every_ms
    if (every_ms === undefined) continue
    // The long sweep reads what the short one would.
    const kinds = kind === "sweep" ? ["sweep", "sweep_long"] : [kind]
    const [last] = await sql.rows<{ is_due: boolean }>(
      `select coalesce(
                (select max(started_at) from masspay_reconciliation_run
                  where kind = any(?) and status = 'complete')
                  <= (select masspay_now()) - ? * interval '1 millisecond', true)
          and coalesce(
                (select max(finished_at) from masspay_reconciliation_run
                  where kind = any(?) and status in ('incomplete', 'failed'))
                  <= (select masspay_now()) - ? * interval '1 millisecond', true)
              as is_due`,
      [kinds, every_ms, kinds, Math.min(retry_ms, every_ms)]
    )
    if (last?.is_due) due.push(kind)
  }
  return due
}
