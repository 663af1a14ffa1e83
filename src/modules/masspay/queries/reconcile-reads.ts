import { DecisionRefusedError } from "../../../domain/decisions"
import type {
  DiscrepancyClass,
  DiscrepancySeverity,
  DiscrepancyState,
  RunKind,
  RunStatus,
} from "../../../domain/discrepancies"
import type { Days } from "../../../domain/reconcile-window"
import type {
  AdminDiscrepancy,
  AdminDiscrepancyDecisionResponse,
  AdminDiscrepancyListResponse,
  AdminReconciliation,
  AdminReconciliationListResponse,
  AdminStartReconciliationResponse,
} from "../../../types/http-reconciliation"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { incidentOf } from "./discrepancies"
import { isoOrNull } from "./dto"
import { closeIncident } from "./incidents"
import { beginManualRun } from "./reconcile-runs"

export type RunFilters = {
  kind?: readonly RunKind[] | undefined
  status?: readonly RunStatus[] | undefined
}

export type DiscrepancyFilters = {
  class?: readonly DiscrepancyClass[] | undefined
  severity?: readonly DiscrepancySeverity[] | undefined
  state?: readonly DiscrepancyState[] | undefined
  vendor_id?: readonly string[] | undefined
  run_id?: readonly string[] | undefined
}

type RunRow = Omit<
  AdminReconciliation,
  "progress" | "started_at" | "progressed_at" | "finished_at"
> &
  AdminReconciliation["progress"] & {
    started_at: Date
    progressed_at: Date
    finished_at: Date | null
  }

const RUN_COLUMNS = `id, kind, status, from_date, to_date, phase, pages, rows,
  payees, payees_unread, requests, counts, problem, started_at, progressed_at,
  finished_at, actor, reason`

/** Comparisons, the newest first. */
export async function listRuns(
  sql: Sql,
  {
    filters,
    limit,
    offset,
  }: { filters: RunFilters; limit: number; offset: number }
): Promise<AdminReconciliationListResponse> {
  const { where, params } = conditionsOf(filters)
  const rows = await sql.rows<RunRow>(
    `select ${RUN_COLUMNS} from masspay_reconciliation_run where ${where}
      order by started_at desc, id desc limit ? offset ?`,
    [...params, limit, offset]
  )
  const count = await countOf(sql, "masspay_reconciliation_run", {
    where,
    params,
  })
  return { reconciliations: rows.map(runOf), count, limit, offset }
}

export async function findRun(
  sql: Sql,
  id: string
): Promise<AdminReconciliation | null> {
  const [row] = await sql.rows<RunRow>(
    `select ${RUN_COLUMNS} from masspay_reconciliation_run where id = ?`,
    [id]
  )
  return row ? runOf(row) : null
}

/**
 * Begins a comparison over days, once for each request id; the job carries it
 * out. Throws `DecisionRefusedError` for days that make no sense, and while
 * another run reads the history.
 */
export async function startReconciliation(
  db: Db,
  { from_date, to_date, ...deciding }: Deciding & Days
): Promise<AdminStartReconciliationResponse> {
  return decideOnce<AdminStartReconciliationResponse>(
    db,
    { decision: "reconcile", payload: { from_date, to_date }, ...deciding },
    async (sql) => {
      const { id } = await beginManualRun(sql, {
        from_date,
        to_date,
        ...deciding,
      })
      const reconciliation = await findRun(sql, id)
      if (!reconciliation) throw new Error("An insert without a row")
      const effect = `MassPay's history from ${from_date} to ${to_date} is read and compared with the books, and so is everything of each vendor who was paid since. What is proven is applied; nothing is sent.`
      return { payee_id: null, result: { reconciliation, effect } }
    }
  )
}

type DiscrepancyRow = Omit<
  AdminDiscrepancy,
  "first_seen_at" | "last_seen_at" | "resolved_at" | "gone_at"
> & {
  first_seen_at: Date
  last_seen_at: Date
  resolved_at: Date | null
  gone_at: Date | null
}

const DISCREPANCY_COLUMNS = `id, class, severity, state, payout_id, payee_id,
  vendor_id, remote_token, currency_code, ours, theirs, action, run_id,
  first_seen_at, last_seen_at, resolved_by, resolved_reason, resolved_at, gone_at`

/** Differences, the newest first. */
export async function listDiscrepancies(
  sql: Sql,
  {
    filters,
    limit,
    offset,
  }: { filters: DiscrepancyFilters; limit: number; offset: number }
): Promise<AdminDiscrepancyListResponse> {
  const { where, params } = conditionsOf(filters)
  const rows = await sql.rows<DiscrepancyRow>(
    `select ${DISCREPANCY_COLUMNS} from masspay_discrepancy where ${where}
      order by first_seen_at desc, id desc limit ? offset ?`,
    [...params, limit, offset]
  )
  const count = await countOf(sql, "masspay_discrepancy", { where, params })
  return { discrepancies: rows.map(discrepancyOf), count, limit, offset }
}

async function findDiscrepancy(
  sql: Sql,
  id: string
): Promise<AdminDiscrepancy | null> {
  const [row] = await sql.rows<DiscrepancyRow>(
    `select ${DISCREPANCY_COLUMNS} from masspay_discrepancy where id = ?`,
    [id]
  )
  return row ? discrepancyOf(row) : null
}

/**
 * Puts a difference at rest, once for each request id. Changes nothing else: a
 * vendor who was paused stays so, and no money moves.
 *
 * Throws `DecisionRefusedError` when there is none, or when it is at rest.
 */
export async function resolveDiscrepancy(
  db: Db,
  { id, ...deciding }: Deciding & { id: string }
): Promise<AdminDiscrepancyDecisionResponse> {
  return decideOnce<AdminDiscrepancyDecisionResponse>(
    db,
    { decision: "resolve_discrepancy", payload: { id }, ...deciding },
    async (sql) => {
      const resolved = await sql.rows<{ cause_key: string }>(
        `update masspay_discrepancy
            set state = 'resolved', resolved_by = ?, resolved_reason = ?,
                resolved_at = masspay_now(), updated_at = masspay_now()
          where id = ? and state = 'open' returning cause_key`,
        [deciding.actor, deciding.reason, id]
      )
      const discrepancy = await findDiscrepancy(sql, id)
      if (!discrepancy) throw new DecisionRefusedError("discrepancy_not_found")
      const [one] = resolved
      if (!one) throw new DecisionRefusedError("discrepancy_closed")
      await closeIncident(sql, { cause_key: incidentOf(one.cause_key) })
      const effect =
        "It is at rest until it changes, or comes back after it was gone. A vendor who was paused because of it stays paused until she is resumed."
      return {
        payee_id: discrepancy.payee_id,
        result: { discrepancy, effect },
      }
    }
  )
}

const EXPORTED_AT_ONCE = 500

/** What a run found, the oldest first, a few hundred at a time. */
export async function* discrepanciesOfRun(
  sql: Sql,
  run_id: string
): AsyncGenerator<AdminDiscrepancy[]> {
  let after = ""
  for (;;) {
    const rows = await sql.rows<DiscrepancyRow>(
      `select ${DISCREPANCY_COLUMNS} from masspay_discrepancy
        where run_id = ? and id > ? order by id limit ?`,
      [run_id, after, EXPORTED_AT_ONCE]
    )
    if (rows.length > 0) yield rows.map(discrepancyOf)
    if (rows.length < EXPORTED_AT_ONCE) return
    after = rows.at(-1)?.id ?? after
  }
}

/** One transaction of MassPay's with what of ours it is. */
export type ExportedTransaction = {
  id: string
  token: string
  time_of_txn: Date | null
  type: string
  remote_status: string
  source_amount: string | null
  source_currency_code: string | null
  destination_amount: string | null
  destination_currency_code: string | null
  fee: string | null
  vendor_id: string | null
  payout_id: string | null
  payout_status: string | null
}

/** What MassPay showed of the days of a run, as it was seen last. */
export async function* transactionsOfDays(
  sql: Sql,
  { from_date, to_date }: Days
): AsyncGenerator<ExportedTransaction[]> {
  // The order of the index, in which nothing moves while it is read.
  let after: { at: Date; id: string } | null = null
  for (;;) {
    const rows: ExportedTransaction[] = await sql.rows<ExportedTransaction>(
      `select r.id, r.token, r.time_of_txn, r.type, r.remote_status,
              r.source_amount::text as source_amount, r.source_currency_code,
              r.destination_amount::text as destination_amount,
              r.destination_currency_code, r.fee::text as fee, y.vendor_id,
              p.id as payout_id, p.status as payout_status
         from masspay_remote_transaction r
         left join masspay_payee y on y.id = r.payee_id
         left join masspay_operation o on o.kind = r.type and o.remote_token = r.token
         left join masspay_payout p on p.id = o.payout_id
        where r.time_of_txn >= ?::date::timestamp at time zone 'UTC'
          and r.time_of_txn < (?::date + 1)::timestamp at time zone 'UTC'
          and (r.time_of_txn, r.id) > (coalesce(?::timestamptz, '-infinity'), ?)
        order by r.time_of_txn, r.id limit ?`,
      [from_date, to_date, after?.at ?? null, after?.id ?? "", EXPORTED_AT_ONCE]
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < EXPORTED_AT_ONCE || !last?.time_of_txn) return
    after = { at: last.time_of_txn, id: last.id }
  }
}

/** Only what is asked for stands in the statement, so that the unfiltered list is read by its index. */
function conditionsOf(filters: object): { where: string; params: unknown[] } {
  const asked = Object.entries(filters).filter(
    ([, values]) => values !== undefined
  )
  return {
    where: ["true", ...asked.map(([column]) => `${column} = any(?)`)].join(
      " and "
    ),
    params: asked.map(([, values]) => values as unknown),
  }
}

async function countOf(
  sql: Sql,
  table: "masspay_reconciliation_run" | "masspay_discrepancy",
  { where, params }: { where: string; params: unknown[] }
): Promise<number> {
  const [counted] = await sql.rows<{ count: number }>(
    `select count(*)::int as count from ${table} where ${where}`,
    params
  )
  return counted?.count ?? 0
}

function runOf({
  phase,
  pages,
  rows,
  payees,
  payees_unread,
  requests,
  ...run
}: RunRow): AdminReconciliation {
  return {
    ...run,
    progress: { phase, pages, rows, payees, payees_unread, requests },
    started_at: run.started_at.toISOString(),
    progressed_at: run.progressed_at.toISOString(),
    finished_at: isoOrNull(run.finished_at),
  }
}

function discrepancyOf(row: DiscrepancyRow): AdminDiscrepancy {
  return {
    ...row,
    first_seen_at: row.first_seen_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    resolved_at: isoOrNull(row.resolved_at),
    gone_at: isoOrNull(row.gone_at),
  }
}
