import { DecisionRefusedError } from "../../../domain/decisions"
import type { WebhookKind, WebhookState } from "../../../domain/webhooks"
import type {
  AdminWebhookDecisionResponse,
  AdminWebhookEvent,
  AdminWebhookEventListResponse,
} from "../../../types/http-webhooks"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { isoOrNull } from "./dto"

export type WebhookFilters = {
  /** An id of the webhook's, or of what it names. */
  q?: string | undefined
  state?: WebhookState | undefined
  kind?: WebhookKind | undefined
  reason?: string | undefined
  remote_token?: string | undefined
  client_id?: string | undefined
  user_token?: string | undefined
  received_after?: Date | undefined
  received_before?: Date | undefined
}

type Row = Omit<
  AdminWebhookEvent,
  "signed_at" | "received_at" | "finished_at" | "next_attempt_at"
> & {
  signed_at: Date | null
  received_at: Date
  finished_at: Date | null
  next_attempt_at: Date | null
}

/** Never the key: whoever knows it knows a signature of ours. */
const COLUMNS = `id, kind, event_type, remote_token, client_id, user_token,
  status, truth_status, details, is_stale, state, reason, attempts, signed_at,
  received_at, finished_at, body_sha256,
  case state when 'received' then next_attempt_at end as next_attempt_at`

const EQUAL = [
  "state",
  "kind",
  "reason",
  "remote_token",
  "client_id",
  "user_token",
] as const satisfies readonly (keyof WebhookFilters)[]

/** Webhooks that were kept, the newest first. */
export async function listWebhooks(
  sql: Sql,
  {
    filters = {},
    limit,
    offset,
  }: { filters?: WebhookFilters; limit: number; offset: number }
): Promise<AdminWebhookEventListResponse> {
  // Only what is asked for stands in the statement, so that the unfiltered list
  // and the dead ones are read by their indexes.
  const conditions = [
    ...EQUAL.filter((column) => filters[column] !== undefined).map(
      (column) => [`${column} = ?`, filters[column]] as const
    ),
    ...(filters.q !== undefined
      ? [["? in (id, remote_token, client_id, user_token)", filters.q] as const]
      : []),
    ...(filters.received_after
      ? [["received_at >= ?::timestamptz", filters.received_after] as const]
      : []),
    ...(filters.received_before
      ? [["received_at < ?::timestamptz", filters.received_before] as const]
      : []),
  ]
  const where = ["true", ...conditions.map(([condition]) => condition)].join(
    " and "
  )
  const params = conditions.map(([, value]) => value)
  const [counted] = await sql.rows<{ count: number }>(
    `select count(*)::int as count from masspay_webhook_event where ${where}`,
    params
  )
  const rows = await sql.rows<Row>(
    `select ${COLUMNS} from masspay_webhook_event where ${where}
      order by received_at desc, id desc limit ? offset ?`,
    [...params, limit, offset]
  )
  return {
    webhook_events: rows.map(dtoOf),
    count: counted?.count ?? 0,
    limit,
    offset,
  }
}

export async function findWebhook(
  sql: Sql,
  id: string
): Promise<AdminWebhookEvent | null> {
  const [row] = await sql.rows<Row>(
    `select ${COLUMNS} from masspay_webhook_event where id = ?`,
    [id]
  )
  return row ? dtoOf(row) : null
}

/**
 * Takes a webhook up again that is dead or was ignored, once for each request id.
 * It leads to a fresh look-up, as if it had just come.
 *
 * Throws `DecisionRefusedError` when there is none, or when nothing is wrong with it.
 */
export async function redriveWebhook(
  db: Db,
  { id, ...deciding }: Deciding & { id: string }
): Promise<AdminWebhookDecisionResponse> {
  return decideOnce<AdminWebhookDecisionResponse>(
    db,
    { decision: "redrive_webhook", payload: { id }, ...deciding },
    async (sql) => {
      const rows = await sql.rows(
        `update masspay_webhook_event
            set state = 'received', reason = null, object_key = null,
                truth_status = null, attempts = 0, finished_at = null,
                next_attempt_at = masspay_now(), updated_at = masspay_now()
          where id = ? and state in ('dead', 'ignored') returning id`,
        [id]
      )
      const webhook_event = await findWebhook(sql, id)
      if (!webhook_event) throw new DecisionRefusedError("webhook_not_found")
      if (rows.length === 0) throw new DecisionRefusedError("webhook_not_stuck")
      const effect =
        "What it names is looked up at MassPay once more; what it claims is not applied."
      return { payee_id: null, result: { webhook_event, effect } }
    }
  )
}

function dtoOf(row: Row): AdminWebhookEvent {
  return {
    ...row,
    signed_at: isoOrNull(row.signed_at),
    received_at: row.received_at.toISOString(),
    finished_at: isoOrNull(row.finished_at),
    next_attempt_at: isoOrNull(row.next_attempt_at),
  }
}
