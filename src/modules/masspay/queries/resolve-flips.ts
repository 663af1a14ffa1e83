import {
  FLIPPABLE_STATUSES,
  type PayoutStatus,
} from "../../../domain/payout-status"
import type { Sql } from "./db"
import { everythingListed, type Listed, type Lookup } from "./lookup"
import { SENDABLE } from "./main-operation"
import { MAY_COUNT } from "./quotes"
import type { PayoutToLookUp } from "./resolve"

/** Whatever MassPay may have told by now, but for what is on the wire. */
const LISTABLE_STATUSES = [
  ...FLIPPABLE_STATUSES,
  "pending",
  "ready",
  "blocked",
  "unknown",
  "accepted",
  "needs_review",
  "reversing",
] as const satisfies readonly PayoutStatus[]

/** Statuses in which nobody asks again: these wait to be sent, or are given up. */
const UNASKED_STATUSES = [
  "pending",
  "ready",
  "blocked",
  "void",
  "reversed",
] as const satisfies readonly PayoutStatus[]

/** Statuses of what a restore gives up. */
const UNSENT_STATUSES = [
  "pending",
  "ready",
  "blocked",
] as const satisfies readonly PayoutStatus[]

const TO_LOOK_UP = `
            p.id as payout_id, p.payee_id, p.vendor_id, p.method, p.version, p.status,
            p.block_reason, p.amount::text as amount, p.currency_code,
            p.source_token, p.created_at`

/**
 * Payouts of a user in some statuses, of which a list says something else than
 * was applied last. A quote that nobody committed says nothing, also where
 * MassPay calls it cancelled once it is over.
 */
const OTHERWISE_LISTED = `unnest(?::text[], ?::text[], ?::text[], ?::text[])
         listed (kind, client_id, status, quote_client_id)
       join masspay_operation o
         on o.client_id = listed.client_id and o.kind = listed.kind
       join masspay_payout p on p.id = o.payout_id
      where ${SENDABLE}
        and p.user_token = ?
        and p.status = any(?)
        and o.remote_status is distinct from listed.status
        and not (listed.status = 'CANCELLED' and exists (
          select 1 from masspay_operation qo
            join masspay_quote q on q.operation_id = qo.id
           where qo.kind = 'quote' and qo.client_id = listed.quote_client_id
             and not ${MAY_COUNT}))`

/**
 * The payouts of one MassPay user that wait for nothing (or, read `in_full`,
 * all of hers), and of which her lists now say something else than was applied
 * last. What they do not show, or show with a word we do not know, proves
 * nothing here. Nor does a list whose GET
 * began before the payout was last written: the version that is returned is
 * the one from before the GET, so applying it keeps what `applyLookup` promises.
 * Takes no lock and changes nothing.
 */
export async function flippedPayouts(
  sql: Sql,
  {
    user_token,
    lookup,
    in_full = false,
  }: { user_token: string; lookup: Lookup; in_full?: boolean }
): Promise<PayoutToLookUp[]> {
  const listed = understood(lookup)
  if (listed.length === 0) return []
  const rows = await sql.rows<
    Omit<PayoutToLookUp, "amount"> & { amount: string }
  >(
    `select distinct on (p.created_at, p.id) ${TO_LOOK_UP}
       from ${OTHERWISE_LISTED}
        and p.updated_at < ?::timestamptz
      order by p.created_at, p.id`,
    [
      ...columnsOf(listed),
      user_token,
      in_full ? LISTABLE_STATUSES : FLIPPABLE_STATUSES,
      lookup.began_at,
    ]
  )
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
}

/**
 * The payouts of one MassPay user that these books never sent, as far as they
 * know, and that her lists show with a word we do not know: something was sent,
 * by books that are lost. Takes no lock and changes nothing.
 */
export async function untoldPayouts(
  sql: Sql,
  { user_token, lookup }: { user_token: string; lookup: Lookup }
): Promise<PayoutToLookUp[]> {
  const listed = everythingListed(lookup).filter(
    ({ status }) => status === "UNRECOGNISED"
  )
  if (listed.length === 0) return []
  const rows = await sql.rows<
    Omit<PayoutToLookUp, "amount"> & { amount: string }
  >(
    `select distinct on (p.created_at, p.id) ${TO_LOOK_UP}
       from ${OTHERWISE_LISTED}
      order by p.created_at, p.id`,
    [...columnsOf(listed), user_token, UNSENT_STATUSES]
  )
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
}

/**
 * Whether a list shows money of a payout that is not booked, because the payout
 * was written after the list's GET began, so that the list could not be applied
 * to it, and that no look-up of its own would find. Only another list can tell.
 */
export async function isAnyOutdated(
  sql: Sql,
  { user_token, lookup }: { user_token: string; lookup: Lookup }
): Promise<boolean> {
  const listed = understood(lookup)
  const rows = await sql.rows(
    `select p.id from ${OTHERWISE_LISTED}
        and p.updated_at >= ?::timestamptz
      limit 1`,
    [...columnsOf(listed), user_token, UNASKED_STATUSES, lookup.began_at]
  )
  return rows.length > 0
}

/**
 * Whether a list says of any payout of hers something else than was applied last,
 * because the payout was written after the list's GET began. Left out are those
 * that the list was applied to, and what is on the wire: its sender speaks first.
 */
export async function isAnyUnapplied(
  sql: Sql,
  {
    user_token,
    lookup,
    applied,
  }: { user_token: string; lookup: Lookup; applied: readonly string[] }
): Promise<boolean> {
  const listed = understood(lookup)
  const rows = await sql.rows(
    `select p.id from ${OTHERWISE_LISTED}
        and p.updated_at >= ?::timestamptz
        and p.id <> all(?::text[])
      limit 1`,
    [
      ...columnsOf(listed),
      user_token,
      LISTABLE_STATUSES,
      lookup.began_at,
      applied,
    ]
  )
  return rows.length > 0
}

function understood(lookup: Lookup): Listed[] {
  return everythingListed(lookup).filter(
    ({ status }) => status !== "UNRECOGNISED"
  )
}

function columnsOf(listed: readonly Listed[]): (string | null)[][] {
  return [
    listed.map(({ kind }) => kind),
    listed.map(({ client_id }) => client_id),
    listed.map(({ status }) => status),
    listed.map(({ quote }) => quote?.client_id ?? null),
  ]
}
