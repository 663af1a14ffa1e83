import type { PayoutStatus } from "../../../domain/payout-status"
import type {
  AdminPayoutDetail,
  AdminPayoutListResponse,
} from "../../../types/http"
import type { Sql } from "./db"
import { directPayout } from "./direct-payout-reads"
import {
  amountText,
  isoOrNull,
  PAYOUT_COLUMNS,
  payoutOf,
  type PayoutRow,
} from "./dto"

export { orderSettlements } from "./order-settlements"

const PAGE_MAX = 100

export type PayoutFilters = {
  status?: readonly PayoutStatus[] | undefined
  vendor_id?: readonly string[] | undefined
  currency_code?: readonly string[] | undefined
  /** An id of ours, of MassPay's or of the host's, or a part of a vendor's name. */
  q?: string | undefined
  created_at?: { gte?: Date | undefined; lt?: Date | undefined } | undefined
}

/** What each order sorts by, as an index has it; the id breaks ties. */
const PAYOUT_ORDERS = {
  created_at: ["created_at", "id"],
  amount: ["amount", "id"],
  status: ["status", "created_at", "id"],
} as const
export type PayoutOrder = {
  by: keyof typeof PAYOUT_ORDERS
  direction: "asc" | "desc"
}

/**
 * One page of payouts, ties broken by id, with the exact number of all that
 * match. A page nearer to the end is read from there, so that the last one is
 * found as fast as the first.
 */
export async function listPayouts(
  sql: Sql,
  {
    filters = {},
    order = { by: "created_at", direction: "desc" },
    limit,
    offset,
  }: {
    filters?: PayoutFilters
    order?: PayoutOrder
    limit: number
    offset: number
  }
): Promise<AdminPayoutListResponse> {
  const where = payoutConditions(filters)
  const [forth, back] =
    order.direction === "asc"
      ? (["asc", "desc"] as const)
      : (["desc", "asc"] as const)
  const columns = PAYOUT_ORDERS[order.by]
  const sorted = (direction: "asc" | "desc") =>
    columns.map((column) => `p.${column} ${direction}`).join(", ")
  const take = Math.min(limit, PAGE_MAX)
  const [counted] = await sql.rows<{ count: string }>(
    `select count(*)::text as count from masspay_payout p where ${where.text}`,
    where.params
  )
  const count = Number(counted?.count ?? "0")
  const onPage = Math.max(Math.min(take, count - offset), 0)
  const behind = count - offset - onPage
  const read =
    behind < offset
      ? { direction: back, skip: Math.max(behind, 0) }
      : { direction: forth, skip: offset }
  const rows = await sql.rows<PayoutRow>(
    `select ${PAYOUT_COLUMNS}
       from (select * from masspay_payout p where ${where.text}
              order by ${sorted(read.direction)} limit ? offset ?) p
       join masspay_payee y on y.id = p.payee_id
      order by ${sorted(forth)}`,
    [...where.params, onPage, read.skip]
  )
  return { payouts: rows.map(payoutOf), count, limit: take, offset }
}

function payoutConditions(filters: PayoutFilters): {
  text: string
  params: unknown[]
} {
  const conditions: { text: string; params: unknown[] }[] = []
  const add = (text: string, ...params: unknown[]) =>
    conditions.push({ text, params })

  if (filters.status?.length) add(`p.status = any(?)`, filters.status)
  if (filters.vendor_id?.length) add(`p.vendor_id = any(?)`, filters.vendor_id)
  if (filters.currency_code?.length) {
    add(
      `p.currency_code = any(?)`,
      filters.currency_code.map((code) => code.toUpperCase())
    )
  }
  if (filters.created_at?.gte) add(`p.created_at >= ?`, filters.created_at.gte)
  if (filters.created_at?.lt) add(`p.created_at < ?`, filters.created_at.lt)
  const q = filters.q?.trim()
  if (q) {
    // Branch by branch, so that each can use the index of its own column.
    add(
      `p.id in (
         select id from masspay_payout where id = ? or vendor_id = ?
         union select payout_id from masspay_operation where client_id = ?
         union select payout_id from masspay_operation where remote_token = ?
         union select o.id from masspay_payee n
                 join masspay_payout o on o.payee_id = n.id
                where n.user_token = ? or n.name ilike ?
         union select i.payout_id from masspay_settlement s
                 join masspay_ledger_entry e on e.settlement_id = s.id
                 join masspay_payout_item i on i.entry_id = e.id
                where s.order_id = ?
         union select i.payout_id from masspay_settlement s
                 join masspay_ledger_entry e on e.settlement_id = s.id
                 join masspay_payout_item i on i.entry_id = e.id
                where s.root_order_id = ?)`,
      ...[q, q, q, q, q, containing(q), q, q]
    )
  }
  return {
    text: conditions.map((condition) => condition.text).join(" and ") || "true",
    params: conditions.flatMap((condition) => condition.params),
  }
}

/**
 * The number that people know the order `column` by, as SQL: that of its vendors'
 * parts. An order that is only divided into vendors' own orders has none here.
 */
export function displayIdOf(column: string): string {
  return `(select s.display_id from masspay_settlement s
            where s.order_id = ${column} and s.display_id is not null limit 1)`
}

/** A pattern that finds `text` literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`
}

/** One payout with everything that is known about it, or `null`. */
export async function retrievePayout(
  sql: Sql,
  id: string
): Promise<AdminPayoutDetail | null> {
  const [row] = await sql.rows<PayoutRow & { payee_id: string }>(
    `select ${PAYOUT_COLUMNS}, p.payee_id from masspay_payout p
       join masspay_payee y on y.id = p.payee_id where p.id = ?`,
    [id]
  )
  if (!row) return null
  return {
    ...payoutOf(row),
    payee_id: row.payee_id,
    direct: row.method === "direct" ? await directPayout(sql, row) : null,
    items: await itemsOf(sql, row),
    operations: await operationsOf(sql, id),
    events: await eventsOf(sql, id),
  }
}

async function itemsOf(
  sql: Sql,
  { id, currency_code }: { id: string; currency_code: string }
): Promise<AdminPayoutDetail["items"]> {
  type Item = AdminPayoutDetail["items"][number]
  const rows = await sql.rows<
    Omit<Item, "released_at"> & { released_at: Date | null }
  >(
    `select e.id as entry_id, e.kind, i.amount::text as amount, e.reason,
            s.order_id, s.display_id, i.released_at
       from masspay_payout_item i
       join masspay_ledger_entry e on e.id = i.entry_id
       left join masspay_settlement s on s.id = e.settlement_id
      where i.payout_id = ? order by e.created_at, e.id`,
    [id]
  )
  return rows.map((row) => ({
    ...row,
    amount: amountText(row.amount, currency_code),
    released_at: isoOrNull(row.released_at),
  }))
}

async function operationsOf(
  sql: Sql,
  payout_id: string
): Promise<AdminPayoutDetail["operations"]> {
  type Operation = AdminPayoutDetail["operations"][number]
  type Attempt = Operation["attempts"][number]
  const operations = await sql.rows<Omit<Operation, "attempts">>(
    `select id, kind, client_id, remote_token, remote_status, proof
       from masspay_operation where payout_id = ? order by created_at, id`,
    [payout_id]
  )
  const attempts = await sql.rows<
    Omit<Attempt, "started_at" | "finished_at"> & {
      operation_id: string
      started_at: Date
      finished_at: Date | null
    }
  >(
    `select operation_id, attempt_no, started_at, finished_at, outcome,
            http_status, proof
       from masspay_attempt where operation_id = any(?)
      order by operation_id, attempt_no`,
    [operations.map((operation) => operation.id)]
  )
  return operations.map((operation) => ({
    ...operation,
    attempts: attempts
      .filter((attempt) => attempt.operation_id === operation.id)
      .map(({ operation_id: _, ...attempt }) => ({
        ...attempt,
        started_at: attempt.started_at.toISOString(),
        finished_at: isoOrNull(attempt.finished_at),
      })),
  }))
}

async function eventsOf(
  sql: Sql,
  payout_id: string
): Promise<AdminPayoutDetail["events"]> {
  type Event = AdminPayoutDetail["events"][number]
  const rows = await sql.rows<Omit<Event, "created_at"> & { created_at: Date }>(
    `select id, from_status, to_status, event, cause, detail, actor, created_at
       from masspay_payout_event where payout_id = ? order by version`,
    [payout_id]
  )
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
  }))
}
