import type { PayoutAction } from "../../../domain/actions"
import type { AdminActionRequest } from "../../../types/http"
import type { Sql } from "./db"
import { isoOrNull } from "./dto"

type Row = Omit<AdminActionRequest, "created_at" | "decided_at"> & {
  action: PayoutAction
  created_at: Date
  decided_at: Date | null
  count: string
}

/** Requests by age, the latest first. `count` is the number without paging. */
export async function listActionRequests(
  sql: Sql,
  {
    filters,
    limit,
    offset,
  }: {
    filters: { state?: string | undefined; payout_id?: string | undefined }
    limit: number
    offset: number
  }
): Promise<{ action_requests: AdminActionRequest[]; count: number }> {
  const rows = await sql.rows<Row>(
    `select id, request_id, action, payout_id, state, maker, maker_reason,
            checker, checker_reason, created_at, decided_at,
            (count(*) over ())::text as count
       from masspay_action_request
      where state = coalesce(?::text, state)
        and (?::text is null or payout_id = ?::text)
      order by created_at desc, id desc
      limit ? offset ?`,
    [
      filters.state ?? null,
      filters.payout_id ?? null,
      filters.payout_id ?? null,
      limit,
      offset,
    ]
  )
  return {
    action_requests: rows.map(({ count: _count, ...row }) => ({
      ...row,
      created_at: row.created_at.toISOString(),
      decided_at: isoOrNull(row.decided_at),
    })),
    count: Number(rows[0]?.count ?? "0"),
  }
}
