import { DecisionRefusedError } from "../../../domain/decisions"
import type { HoldKind } from "../../../domain/holds"
import { MasspayEvents } from "../../../types/events"
import type {
  AdminHold,
  AdminHoldListResponse,
} from "../../../types/http-collect"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { amountText, isoOrNull } from "./dto"
import { PAYOUT_IS_HELD } from "./hold-facts"
import { HOLD_STANDS } from "./hold-stands"
import { newId } from "./new-id"
import { addOutboxEvent } from "./outbox"
import { containing, displayIdOf } from "./reads"

/** An amount, minor units; or a share of each new earning for that many days. */
export type NewReserve =
  | { currency_code: string; amount: bigint }
  | { basis_points: number; days: number }

export type NewHold = {
  /** The paid order, for its whole family, or one vendor's own order. */
  order_id: string | null
  /** Alone: all of her money. With an order: only her part of it. */
  vendor_id: string | null
  kind: HoldKind
  until: Date | null
  /** Of a reserve, which is on a vendor: what is kept back. */
  reserve: NewReserve | null
}

export type HoldDecision = { hold: AdminHold; effect: string }

/**
 * Keeps money from being collected, and payouts that took it already from being
 * sent: once this returns, no collect and no claim begins that does not know of
 * it. What is on the wire by then is not called back.
 */
export async function placeHold(
  db: Db,
  { hold, ...deciding }: Deciding & { hold: NewHold }
): Promise<HoldDecision> {
  const { reserve } = hold
  const payload = {
    ...hold,
    reserve:
      reserve && "amount" in reserve
        ? { ...reserve, amount: reserve.amount.toString() }
        : reserve,
  }
  return decideOnce<HoldDecision>(
    db,
    { decision: "hold", payload, ...deciding },
    async (sql) => {
      const vendors = await lockVendorsOf(sql, hold)
      const payee_id = vendors.find(
        ({ vendor_id }) => vendor_id === hold.vendor_id
      )?.id
      if (hold.vendor_id !== null && payee_id === undefined) {
        throw new DecisionRefusedError("vendor_not_found")
      }
      const id = await insertHold(sql, { hold, deciding })
      await addOutboxEvent(sql, {
        name: MasspayEvents.HOLD_PLACED,
        payload: eventOf(id, hold),
        cause_key: `hold:${id}:placed`,
      })
      const waiting = await waitingPayouts(sql, vendors)
      return {
        payee_id: payee_id ?? null,
        result: {
          hold: await holdById(sql, id),
          effect: effectOf(hold, waiting),
        },
      }
    }
  )
}

/** Ends a hold before its time. What it kept back is collected and sent with the next run. */
export async function releaseHold(
  db: Db,
  { id, ...deciding }: Deciding & { id: string }
): Promise<HoldDecision> {
  return decideOnce<HoldDecision>(
    db,
    { decision: "release_hold", payload: { id }, ...deciding },
    async (sql) => {
      const [hold] = await sql.rows<{
        order_id: string | null
        vendor_id: string | null
        payee_id: string | null
        released_at: Date | null
      }>(
        `select h.order_id, h.vendor_id, h.released_at, y.id as payee_id
           from masspay_hold h
           left join masspay_payee y on y.vendor_id = h.vendor_id
          where h.id = ? for update of h`,
        [id]
      )
      if (!hold) throw new DecisionRefusedError("hold_not_found")
      if (hold.released_at) throw new DecisionRefusedError("already_released")
      await sql.rows(
        `update masspay_hold
            set released_at = masspay_now(), released_by = ?, release_reason = ?,
                updated_at = masspay_now()
          where id = ?`,
        [deciding.actor, deciding.reason, id]
      )
      await addOutboxEvent(sql, {
        name: MasspayEvents.HOLD_RELEASED,
        payload: eventOf(id, hold),
        cause_key: `hold:${id}:released`,
      })
      return {
        payee_id: hold.payee_id,
        result: {
          hold: await holdById(sql, id),
          effect: "What it kept back goes on with the next run.",
        },
      }
    }
  )
}

/** In the order in which everybody locks payees. Collect and claim wait, or go first. */
async function lockVendorsOf(
  sql: Sql,
  { order_id, vendor_id }: Pick<NewHold, "order_id" | "vendor_id">
): Promise<{ id: string; vendor_id: string }[]> {
  return sql.rows<{ id: string; vendor_id: string }>(
    `select id, vendor_id from masspay_payee
      where vendor_id = ?
         or (?::text is null and vendor_id in (
               select vendor_id from masspay_settlement where order_id = ?
               union
               select vendor_id from masspay_settlement where root_order_id = ?))
      order by vendor_id for update`,
    [vendor_id, vendor_id, order_id, order_id]
  )
}

async function insertHold(
  sql: Sql,
  { hold, deciding }: { hold: NewHold; deciding: Deciding }
): Promise<string> {
  const id = newId("mshld")
  const { reserve } = hold
  const fixed = reserve && "amount" in reserve ? reserve : null
  const share = reserve && "days" in reserve ? reserve : null
  const rows = await sql.rows(
    `insert into masspay_hold
       (id, order_id, vendor_id, kind, currency_code, amount, basis_points, days,
        until, reason, actor)
     select ?, ?, ?, ?, ?, ?::bigint, ?::int, ?::int, ?::timestamptz, ?, ?
      where ?::timestamptz is null or ?::timestamptz > masspay_now()
     returning id`,
    [
      id,
      hold.order_id,
      hold.vendor_id,
      hold.kind,
      fixed?.currency_code ?? null,
      fixed?.amount.toString() ?? null,
      share?.basis_points ?? null,
      share?.days ?? null,
      hold.until,
      deciding.reason,
      deciding.actor,
      hold.until,
      hold.until,
    ]
  )
  if (rows.length === 0) throw new DecisionRefusedError("until_is_past")
  return id
}

/** Payouts of these vendors that a hold keeps from being sent. */
async function waitingPayouts(
  sql: Sql,
  vendors: readonly { id: string }[]
): Promise<number> {
  const [row] = await sql.rows<{ count: number }>(
    `select count(*)::int as count from masspay_payout p
      where p.payee_id = any(?) and p.status in ('pending', 'ready', 'blocked')
        and ${PAYOUT_IS_HELD}`,
    [vendors.map(({ id }) => id)]
  )
  return row?.count ?? 0
}

function effectOf(
  { kind, order_id, reserve }: NewHold,
  waiting: number
): string {
  if (reserve && "days" in reserve) {
    return `Of everything she earns from now on, collect keeps at least ${(reserve.basis_points / 100).toFixed(2)} % for ${reserve.days} days; payouts that exist are sent.`
  }
  if (kind === "reserve") {
    return "Collect keeps at least this much of what is due to her; payouts that exist are sent."
  }
  const what = order_id === null ? "Her money" : "The order's money"
  const wait =
    waiting === 0
      ? ""
      : ` ${waiting} payout${waiting === 1 ? "" : "s"} with held money wait.`
  return `${what} is not collected while the hold stands.${wait}`
}

function eventOf(
  id: string,
  { order_id, vendor_id }: Pick<NewHold, "order_id" | "vendor_id">
): Record<string, string> {
  return {
    id,
    ...(order_id !== null && { order_id }),
    ...(vendor_id !== null && { vendor_id }),
  }
}

export type HoldFilters = {
  order_id?: string | undefined
  vendor_id?: string | undefined
  kind?: HoldKind | undefined
  /** Id of the hold, the order or the vendor, or a part of her name. */
  q?: string | undefined
  /** `open`: stands now. `over`: released, or its time is over. */
  state?: "open" | "over" | undefined
}

/** One page of holds, newest first, with the exact number of all that match. */
export async function listHolds(
  sql: Sql,
  {
    filters = {},
    limit,
    offset,
  }: { filters?: HoldFilters; limit: number; offset: number }
): Promise<AdminHoldListResponse> {
  const { q, order_id, vendor_id, kind, state } = filters
  const where = `(?::text is null or h.order_id = ?)
    and (?::text is null or h.vendor_id = ?)
    and (?::text is null or h.kind = ?)
    and (?::text is null or ${HOLD_STANDS} = (? = 'open'))
    and (?::text is null or ? in (h.id, h.order_id, h.vendor_id)
         or h.vendor_id in (select y.vendor_id from masspay_payee y
                             where y.name ilike ?))`
  const params = [
    ...[order_id, vendor_id, kind, state, q].flatMap((value) => [
      value ?? null,
      value ?? null,
    ]),
    q === undefined ? null : containing(q),
  ]
  const [counted] = await sql.rows<{ count: number }>(
    `select count(*)::int as count from masspay_hold h where ${where}`,
    params
  )
  const rows = await sql.rows<HoldDtoRow>(
    `select ${HOLD_COLUMNS} from masspay_hold h where ${where}
      order by h.created_at desc, h.id desc limit ? offset ?`,
    [...params, limit, offset]
  )
  return {
    holds: rows.map(holdDto),
    count: counted?.count ?? 0,
    limit,
    offset,
  }
}

type HoldDtoRow = Omit<AdminHold, "until" | "released_at" | "created_at"> & {
  until: Date | null
  released_at: Date | null
  created_at: Date
}

const HOLD_COLUMNS = `h.id, h.order_id, ${displayIdOf("h.order_id")} as display_id,
  h.vendor_id, (
    select y.name from masspay_payee y where y.vendor_id = h.vendor_id
  ) as vendor_name, h.kind, h.currency_code,
  h.amount::text as amount, h.basis_points, h.days, h.until, h.reason, h.actor, h.released_at,
  h.released_by, h.release_reason, h.created_at, ${HOLD_STANDS} as stands`

async function holdById(sql: Sql, id: string): Promise<AdminHold> {
  const [row] = await sql.rows<HoldDtoRow>(
    `select ${HOLD_COLUMNS} from masspay_hold h where h.id = ?`,
    [id]
  )
  if (!row) throw new DecisionRefusedError("hold_not_found")
  return holdDto(row)
}

function holdDto(row: HoldDtoRow): AdminHold {
  return {
    ...row,
    amount:
      row.amount === null || row.currency_code === null
        ? null
        : amountText(row.amount, row.currency_code),
    until: isoOrNull(row.until),
    released_at: isoOrNull(row.released_at),
    created_at: row.created_at.toISOString(),
  }
}
