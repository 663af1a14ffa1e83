import {
  type DiscrepancyAction,
  type DiscrepancyClass,
  type DiscrepancySeverity,
  SEVERITY_OF,
} from "../../../domain/discrepancies"
import { MasspayEvents } from "../../../types/events"
import type { Json } from "./control"
import type { Db, Sql } from "./db"
import { closeIncident, openIncident } from "./incidents"
import { newId } from "./new-id"
import { addOutboxEvent } from "./outbox"

/** What either side says: amounts as decimal strings beside their currency, never a name. */
export type DiscrepancyFacts = { readonly [name: string]: Json }

/** What it is about; whatever of it is known. */
export type DiscrepancySubject = {
  payout_id?: string | null
  payee_id?: string | null
  vendor_id?: string | null
  remote_token?: string | null
  currency_code?: string | null
}

export type FoundDiscrepancy = DiscrepancySubject & {
  class: DiscrepancyClass
  /** Default: what the class is worth. */
  severity?: DiscrepancySeverity
  /** What makes it this one and no other, the class included: `D05:<operation>`. */
  cause_key: string
  ours: DiscrepancyFacts
  theirs: DiscrepancyFacts
  action: DiscrepancyAction
  run_id?: string | null
}

/**
 * Puts a difference in front of a person, once while it shows: found again it is
 * only seen again, and what somebody resolved stays resolved until the facts are
 * others, or until it was gone in between. A new one is told in the same
 * transaction.
 */
export async function openDiscrepancy(
  db: Db,
  found: FoundDiscrepancy
): Promise<{ id: string; is_new: boolean }> {
  return db.tx((sql) => openDiscrepancyIn(sql, found))
}

/** `openDiscrepancy` inside the transaction of what was done about it. */
export async function openDiscrepancyIn(
  sql: Sql,
  found: FoundDiscrepancy
): Promise<{ id: string; is_new: boolean }> {
  // Two runs that find the same at once: the second sees what the first wrote.
  await sql.rows(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
    `masspay:discrepancy:${found.cause_key}`,
  ])
  const { ours, theirs, run_id = null, cause_key } = found
  const [shown] = await sql.rows<{ id: string }>(
    `update masspay_discrepancy
        set last_seen_at = masspay_now(), last_run_id = coalesce(?, last_run_id),
            updated_at = masspay_now()
      where cause_key = ? and gone_at is null
        and (state = 'open' or (ours = ?::jsonb and theirs = ?::jsonb))
      returning id`,
    [run_id, cause_key, JSON.stringify(ours), JSON.stringify(theirs)]
  )
  if (shown) return { id: shown.id, is_new: false }
  // Resolved as something else: that one is over.
  await sql.rows(
    `update masspay_discrepancy
        set gone_at = masspay_now(), updated_at = masspay_now()
      where cause_key = ? and gone_at is null`,
    [cause_key]
  )
  const id = await insert(sql, found, { is_healed: false })
  await addOutboxEvent(sql, {
    name: MasspayEvents.DISCREPANCY_OPENED,
    payload: { id, ...(found.vendor_id && { vendor_id: found.vendor_id }) },
    cause_key: `discrepancy:${id}`,
  })
  if (isAlarming(found)) {
    await openIncident(sql, {
      kind: "discrepancy",
      cause_key: incidentOf(cause_key),
      subject_type: "discrepancy",
      subject_id: id,
      vendor_id: found.vendor_id ?? null,
      detail: {
        class: found.class,
        currency_code: found.currency_code ?? null,
        payout_id: found.payout_id ?? null,
      },
    })
  }
  return { id, is_new: true }
}

/** Writes down a difference that was healed when it was found: by truth, through an ordinary move. */
export async function noteHealed(
  sql: Sql,
  found: FoundDiscrepancy
): Promise<{ id: string }> {
  return { id: await insert(sql, found, { is_healed: true }) }
}

/**
 * Ends a difference that does not show any more, without anybody's word. Only
 * something that was read completely proves that. Returns whether one was open.
 */
export async function closeDiscrepancy(
  sql: Sql,
  { cause_key, run_id = null }: { cause_key: string; run_id?: string | null }
): Promise<boolean> {
  const gone = await sql.rows<{ was_open: boolean }>(
    `update masspay_discrepancy d
        set state = case old.state when 'open' then 'healed' else old.state end,
            gone_at = masspay_now(), last_run_id = coalesce(?, d.last_run_id),
            updated_at = masspay_now()
       from (select id, state from masspay_discrepancy
              where cause_key = ? and gone_at is null for update) old
      where d.id = old.id
      returning old.state = 'open' as was_open`,
    [run_id, cause_key]
  )
  await closeIncident(sql, { cause_key: incidentOf(cause_key) })
  return gone.some(({ was_open }) => was_open)
}

/** The incident of a discrepancy: it ends with it, however it ends. */
export function incidentOf(cause_key: string): string {
  return `discrepancy:${cause_key}`
}

/** Worth waking somebody. A broken invariant has an alarm of its own, which is one cause and one mail. */
function isAlarming(found: FoundDiscrepancy): boolean {
  const severity = found.severity ?? SEVERITY_OF[found.class]
  return (
    found.class !== "D15" && (severity === "high" || severity === "critical")
  )
}

async function insert(
  sql: Sql,
  found: FoundDiscrepancy,
  { is_healed }: { is_healed: boolean }
): Promise<string> {
  const id = newId("msdis")
  const run_id = found.run_id ?? null
  await sql.rows(
    `insert into masspay_discrepancy
       (id, class, severity, state, cause_key, payout_id, payee_id, vendor_id,
        remote_token, currency_code, ours, theirs, action, run_id, last_run_id,
        gone_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?,
             case when ? then masspay_now() end)`,
    [
      id,
      found.class,
      found.severity ?? SEVERITY_OF[found.class],
      is_healed ? "healed" : "open",
      found.cause_key,
      found.payout_id ?? null,
      found.payee_id ?? null,
      found.vendor_id ?? null,
      found.remote_token ?? null,
      found.currency_code ?? null,
      JSON.stringify(found.ours),
      JSON.stringify(found.theirs),
      found.action,
      run_id,
      run_id,
      is_healed,
    ]
  )
  return id
}
