import type { VendorFacts } from "../../../domain/facts"
import { MasspayEvents } from "../../../types/events"
import type { AdminBulkLink } from "../../../types/http-linking"
import type { Db, Sql } from "./db"
import { isoOrNull } from "./dto"
import { newId } from "./new-id"
import { addOutboxEvent } from "./outbox"
import { upsertPayees } from "./payee-contact"
import { CONTACT_IS_COMPLETE, isUniqueViolation } from "./payees"

export type RunningBulkLink = {
  id: string
  is_listed: boolean
  after_vendor_id: string | null
}

/** Payees `p` whom a linking of all vendors still has to ask MassPay about. */
const IS_WAITING = `(
  p.user_token is null and p.link_wanted_at is not null
  and not p.is_paused and not p.is_link_held and ${CONTACT_IS_COMPLETE})`

export class BulkLinkRefusedError extends Error {
  constructor(
    readonly code: "already_running" | "not_running",
    message: string
  ) {
    super(message)
    this.name = "BulkLinkRefusedError"
  }
}

/** Starts linking all vendors, once for each request id. Throws when one runs. */
export async function startBulkLink(
  db: Db,
  {
    request_id,
    actor,
    reason,
  }: { request_id: string; actor: string; reason: string }
): Promise<string> {
  const id = newId("msblk")
  try {
    return await db.tx(async (sql) => {
      const [known] = await sql.rows<{ id: string }>(
        `select id from masspay_bulk_link where request_id = ?`,
        [request_id]
      )
      if (known) return known.id
      await sql.rows(
        `insert into masspay_bulk_link (id, request_id, started_by, reason)
         values (?, ?, ?, ?)`,
        [id, request_id, actor, reason]
      )
      await tell(sql, { id, name: MasspayEvents.BULK_LINK_STARTED })
      return id
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const [same] = await db.rows<{ id: string }>(
      `select id from masspay_bulk_link where request_id = ?`,
      [request_id]
    )
    if (same) return same.id
    throw new BulkLinkRefusedError(
      "already_running",
      "All vendors are being linked already. Wait for the end, or cancel it."
    )
  }
}

/** Nobody new is asked about from now on. Throws when none runs. */
export async function cancelBulkLink(
  db: Db,
  { actor }: { actor: string }
): Promise<void> {
  await db.tx(async (sql) => {
    const [row] = await sql.rows<{ id: string }>(
      `update masspay_bulk_link
          set state = 'cancelled', ended_at = masspay_now(), ended_by = ?,
              updated_at = masspay_now()
        where state = 'running' returning id`,
      [actor]
    )
    if (!row) {
      throw new BulkLinkRefusedError(
        "not_running",
        "No linking of all vendors is running."
      )
    }
    await sql.rows(
      `update masspay_payee set link_wanted_at = null, updated_at = masspay_now()
        where bulk_link_id = ? and link_wanted_at is not null`,
      [row.id]
    )
    await tell(sql, { id: row.id, name: MasspayEvents.BULK_LINK_CANCELLED })
  })
}

export async function runningBulkLink(
  sql: Sql
): Promise<RunningBulkLink | null> {
  const [row] = await sql.rows<RunningBulkLink>(
    `select id, is_listed, after_vendor_id from masspay_bulk_link
      where state = 'running'`
  )
  return row ?? null
}

/**
 * Makes sure that the vendors of one page have payees, and wants those linked
 * who can be. Returns whether it still runs.
 */
export async function wantVendorsLinked(
  db: Db,
  {
    id,
    vendors,
    tag,
  }: { id: string; vendors: readonly VendorFacts[]; tag: string }
): Promise<boolean> {
  return db.tx(async (sql) => {
    const last = vendors.at(-1)
    if (!last) return true
    if (!(await lockRunning(sql, id))) return false
    await upsertPayees(sql, { vendors, tag })
    const vendor_ids = vendors.map((vendor) => vendor.id)
    await want(sql, { id, vendor_ids, limit: vendor_ids.length })
    await sql.rows(
      `update masspay_bulk_link
          set after_vendor_id = ?, problem = null, updated_at = masspay_now()
        where id = ?`,
      [last.id, id]
    )
    return true
  })
}

/**
 * The end of the list: whoever is known to the books alone is wanted, too, some
 * at a time. Returns whether it still runs and everybody is counted.
 */
export async function endListing(
  db: Db,
  { id, limit }: { id: string; limit: number }
): Promise<"listed" | "more" | "over"> {
  return db.tx(async (sql) => {
    if (!(await lockRunning(sql, id))) return "over"
    if ((await want(sql, { id, limit })) === limit) return "more"
    await sql.rows(
      `update masspay_bulk_link
          set is_listed = true, problem = null, updated_at = masspay_now()
        where id = ?`,
      [id]
    )
    return "listed"
  })
}

async function lockRunning(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.rows(
    `select id from masspay_bulk_link
      where id = ? and state = 'running' for update`,
    [id]
  )
  return rows.length === 1
}

/** Locks payees in the order in which everybody does. Returns how many it has written. */
async function want(
  sql: Sql,
  {
    id,
    vendor_ids = null,
    limit,
  }: { id: string; vendor_ids?: string[] | null; limit: number }
): Promise<number> {
  const rows = await sql.rows(
    `with found as materialized (
       select f.id from masspay_payee f
        where f.bulk_link_id is distinct from ?
          and (?::text[] is null or f.vendor_id = any(?::text[]))
        order by f.vendor_id limit ?
          for update)
     update masspay_payee p
        set bulk_link_id = ?, updated_at = masspay_now(),
            link_wanted_at = case when p.user_token is null and not p.is_link_held
              then masspay_now() end,
            next_link_at = case when p.user_token is null
              then masspay_now() else p.next_link_at end
       from found where p.id = found.id
     returning p.id`,
    [id, vendor_ids, vendor_ids, limit, id]
  )
  return rows.length
}

/** Why it does not go on, for whoever looks at the progress. */
export async function noteBulkProblem(
  db: Db,
  { id, problem }: { id: string; problem: string }
): Promise<void> {
  await db.rows(
    `update masspay_bulk_link set problem = ?, updated_at = masspay_now()
      where id = ? and state = 'running'`,
    [problem, id]
  )
}

/** Ends it when everybody was asked about. Returns whether it has ended. */
export async function finishBulkLink(db: Db, id: string): Promise<boolean> {
  return db.tx(async (sql) => {
    const rows = await sql.rows(
      `update masspay_bulk_link b
          set state = 'finished', ended_at = masspay_now(), problem = null,
              updated_at = masspay_now()
        where b.id = ? and b.state = 'running' and b.is_listed
          and not exists (select 1 from masspay_payee p
                           where p.bulk_link_id = b.id and ${IS_WAITING})
        returning b.id`,
      [id]
    )
    if (rows.length === 0) return false
    await tell(sql, { id, name: MasspayEvents.BULK_LINK_FINISHED })
    return true
  })
}

function tell(
  sql: Sql,
  { id, name }: { id: string; name: string }
): Promise<void> {
  return addOutboxEvent(sql, {
    name,
    payload: { id },
    cause_key: `${name}:${id}`,
  })
}

type Row = Pick<
  AdminBulkLink,
  | "id"
  | "state"
  | "started_by"
  | "reason"
  | "ended_by"
  | "is_listed"
  | "problem"
  | "total"
  | "linked"
  | "waiting"
> & { created_at: Date; ended_at: Date | null }

/** The last one, as far as it has come; `null` before the first. */
export async function bulkLinkProgress(
  sql: Sql
): Promise<AdminBulkLink | null> {
  const [row] = await sql.rows<Row>(
    `select b.id, b.state, b.started_by, b.reason, b.ended_by, b.is_listed,
            b.problem, b.created_at, b.ended_at, n.total, n.linked, n.waiting
       from masspay_bulk_link b
      cross join lateral (
        select count(*)::int as total,
               (count(*) filter (where p.user_token is not null))::int as linked,
               (count(*) filter (where ${IS_WAITING}))::int as waiting
          from masspay_payee p where p.bulk_link_id = b.id) n
      order by b.created_at desc, b.id desc limit 1`
  )
  if (!row) return null
  const not_linked = await sql.rows<{ reason: string; count: number }>(
    `select case when p.is_paused then 'paused'
                 else coalesce(p.status_reason, 'not_asked') end as reason,
            count(*)::int as count
       from masspay_payee p
      where p.bulk_link_id = ? and p.user_token is null and not ${IS_WAITING}
      group by 1 order by 1`,
    [row.id]
  )
  const { created_at, ended_at, ...rest } = row
  return {
    ...rest,
    started_at: created_at.toISOString(),
    ended_at: isoOrNull(ended_at),
    not_linked,
  }
}

/** What is known of some vendors, or of all whom the books know. By vendor id, after `after`. */
export async function knownForBulk(
  sql: Sql,
  { vendor_ids }: { vendor_ids: readonly string[] }
): Promise<Map<string, KnownForBulk>> {
  const rows = await sql.rows<KnownForBulk & { vendor_id: string }>(
    `select vendor_id, user_token is not null as is_linked, is_paused,
            is_link_held
       from masspay_payee where vendor_id = any(?)`,
    [[...vendor_ids]]
  )
  return new Map(rows.map(({ vendor_id, ...known }) => [vendor_id, known]))
}

export type KnownForBulk = {
  is_linked: boolean
  is_paused: boolean
  is_link_held: boolean
}

export type PayeeForBulk = KnownForBulk & {
  vendor_id: string
  missing: string[]
}

/** Everybody whom the books know, with what is missing of her contact. By vendor id, after `after`. */
export async function payeesForBulk(
  sql: Sql,
  { after, limit }: { after: string; limit: number }
): Promise<PayeeForBulk[]> {
  return sql.rows<PayeeForBulk>(
    `select p.vendor_id, p.user_token is not null as is_linked, p.is_paused,
            p.is_link_held,
            array_remove(array[
              case when p.email is null then 'email' end,
              case when p.first_name is null then 'first_name' end,
              case when p.last_name is null then 'last_name' end,
              case when p.country_code is null then 'country_code' end], null)
              as missing
       from masspay_payee p
      where p.vendor_id > ? order by p.vendor_id limit ?`,
    [after, limit]
  )
}
