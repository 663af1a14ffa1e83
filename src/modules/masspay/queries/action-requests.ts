import type { AdminActionRequest, AdminPayoutAction } from "../../../types/http"
import type { Sql } from "./db"
import { isoOrNull } from "./dto"
import { containing } from "./reads"

/** What an action did, or would do. */
export type ActionResult = AdminPayoutAction

type StoredRequest = {
  action: string
  payout_id: string | null
  maker: string
  outcome: string | null
  result: ActionResult
}

/** What was asked for under this id before, with what came of it by now. */
export async function storedRequest(
  sql: Sql,
  request_id: string
): Promise<StoredRequest | null> {
  const [row] = await sql.rows<StoredRequest & { state: string }>(
    `select action, payout_id, maker, payload->>'outcome' as outcome, state, result
       from masspay_action_request where request_id = ?`,
    [request_id]
  )
  if (!row) return null
  const { state, ...stored } = row
  return { ...stored, result: { ...row.result, state: stateOf(state) } }
}

export function stateOf(state: string): ActionResult["state"] {
  return state === "proposed" || state === "rejected" ? state : "done"
}

/**
 * Whether the look-up that a stored request asked for did not take place yet:
 * the process may have ended, or MassPay may not have answered.
 */
export async function isLookupDue(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.rows(
    `select r.id
       from masspay_action_request r join masspay_payout p on p.id = r.payout_id
      where r.id = ? and coalesce(p.truth_as_of < r.decided_at, true)`,
    [id]
  )
  return rows.length === 1
}

/** Whoever asked is answered by then, or has asked again. */
const ASKED_FOR = "interval '1 day'"

export type AskedFor = {
  id: string
  action: "resolve" | "retry"
  payout_id: string
  maker: string
}

/**
 * Look-ups that operators asked for and that did not take place: the process
 * ended meanwhile, or MassPay did not answer. The longest ago first. Only those
 * whose answer may be applied now; one on the wire is left to its sender.
 */
export async function lookupsAskedFor(
  sql: Sql,
  { limit }: { limit: number }
): Promise<AskedFor[]> {
  return sql.rows<AskedFor>(
    `select r.id, r.action, r.payout_id, r.maker
       from masspay_action_request r
       join masspay_payout p on p.id = r.payout_id
      where r.action in ('resolve', 'retry') and r.state = 'done'
        and r.decided_at > (select masspay_now()) - ${ASKED_FOR}
        and coalesce(p.truth_as_of < r.decided_at, true)
        and p.status <> 'sending' and p.user_token is not null
      order by r.decided_at, r.id
      limit ?`,
    [limit]
  )
}

type Row = Omit<AdminActionRequest, "created_at" | "decided_at"> & {
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
    filters: {
      /** Id of the request, or of what it is about, or a part of the vendor's name. */
      q?: string | undefined
      state?: string | undefined
      payout_id?: string | undefined
      payee_id?: string | undefined
    }
    limit: number
    offset: number
  }
): Promise<{ action_requests: AdminActionRequest[]; count: number }> {
  const q = filters.q ?? null
  const rows = await sql.rows<Row>(
    `select r.*, y.vendor_id, y.name as vendor_name
       from (select id, request_id, action, payout_id, payee_id,
                    payload->>'outcome' as outcome, result->>'effect' as effect,
                    result->>'amount' as amount,
                    result->>'currency_code' as currency_code, state, maker,
                    maker_reason, checker, checker_reason, created_at, decided_at,
                    (count(*) over ())::text as count
               from masspay_action_request
              where state = coalesce(?::text, state)
                and (?::text is null or payout_id = ?::text)
                and (?::text is null or payee_id = ?::text)
                and (?::text is null or ?::text in (id, payout_id, payee_id)
                     or coalesce(payee_id, (select p.payee_id from masspay_payout p
                                             where p.id = payout_id))
                        in (select y.id from masspay_payee y
                             where y.vendor_id = ?::text or y.name ilike ?::text))
              order by created_at desc, id desc
              limit ? offset ?) r
       left join masspay_payout p on p.id = r.payout_id
       left join masspay_payee y on y.id = coalesce(r.payee_id, p.payee_id)
      order by r.created_at desc, r.id desc`,
    [
      filters.state ?? null,
      filters.payout_id ?? null,
      filters.payout_id ?? null,
      filters.payee_id ?? null,
      filters.payee_id ?? null,
      q,
      q,
      q,
      q === null ? null : containing(q),
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
