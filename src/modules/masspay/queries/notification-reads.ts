import type {
  AdminNotification,
  AdminNotificationListResponse,
  NotificationAudience,
  NotificationKind,
  NotificationState,
} from "../../../types/http-notifications"
import type { Sql } from "./db"
import { isoOrNull } from "./dto"
import { containing } from "./reads"

export type NotificationFilters = {
  state?: readonly NotificationState[] | undefined
  kind?: readonly NotificationKind[] | undefined
  audience?: readonly NotificationAudience[] | undefined
  vendor_id?: readonly string[] | undefined
  q?: string | undefined
}

type Row = Omit<AdminNotification, "sent_at" | "created_at"> & {
  sent_at: Date | null
  created_at: Date
}

const PAGE_MAX = 100

/** Who was told what, the newest first. */
export async function listNotifications(
  sql: Sql,
  {
    filters,
    limit,
    offset,
  }: { filters: NotificationFilters; limit: number; offset: number }
): Promise<AdminNotificationListResponse> {
  const { text, params } = conditions(filters)
  const take = Math.min(limit, PAGE_MAX)
  const from = `from masspay_notification n
    left join masspay_payee y on y.vendor_id = n.vendor_id where ${text}`
  const [counted] = await sql.rows<{ count: string }>(
    `select count(*)::text as count ${from}`,
    params
  )
  const rows = await sql.rows<Row>(
    `select n.id, n.kind, n.audience, n.way, n.subject_id, n.vendor_id,
            y.name as vendor_name, n.state, n.detail, n.attempts, n.resend_of,
            n.sent_at, n.created_at ${from}
      order by n.created_at desc, n.id desc limit ? offset ?`,
    [...params, take, offset]
  )
  return {
    notifications: rows.map((row) => ({
      ...row,
      sent_at: isoOrNull(row.sent_at),
      created_at: row.created_at.toISOString(),
    })),
    count: Number(counted?.count ?? "0"),
    limit: take,
    offset,
  }
}

function conditions(filters: NotificationFilters): {
  text: string
  params: unknown[]
} {
  const parts: string[] = []
  const params: unknown[] = []
  for (const column of ["state", "kind", "audience", "vendor_id"] as const) {
    const values = filters[column]
    if (!values) continue
    parts.push(`n.${column} = any(?)`)
    params.push(values)
  }
  const text = filters.q?.trim() ?? ""
  if (text !== "") {
    parts.push(
      `(n.id = ? or n.subject_id = ? or n.vendor_id = ? or y.name ilike ?)`
    )
    params.push(text, text, text, containing(text))
  }
  return { text: parts.length > 0 ? parts.join(" and ") : "true", params }
}
