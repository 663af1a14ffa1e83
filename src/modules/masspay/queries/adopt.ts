import { isBack } from "../../../domain/decide-next"
import type { PayoutMethod } from "../../../domain/payout-status"
import { MasspayEvents } from "../../../types/events"
import {
  areBooksKnown,
  isSameDatabase,
  lockIdentity,
  markIdentityKnown,
  readIdentity,
} from "./database-identity"
import type { Db, Sql } from "./db"
import { everythingListed, type Listed, type Lookup } from "./lookup"
import type { MainKind } from "./main-operation"
import { newId } from "./new-id"
import { addOutboxEvents } from "./outbox"
import type { PayoutToLookUp } from "./resolve"
import { voidUnsent } from "./void-unsent"

/** A payee whose loads at MassPay have to be read in full, under the user she has or had. */
export type PayeeToRead = { payee_id: string; user_token: string }

/** Of a former user `u`: an operator unlinked her, and nobody has her now. */
const IS_FORMER = `(
  u.unlinked_at is not null and not exists (
    select 1 from masspay_payee p where p.user_token = u.user_token))`

const UNKNOWN_OPERATION =
  "MassPay has a load, a payout or a spendback of this shop that these books do not know. Look at it before anything more is paid."

/**
 * Payees who must not be paid before all of their loads were read: everybody
 * after a restore, with the users they had before, and who was found at MassPay
 * instead of being created. By `key`, after `after`. A deactivated one is never
 * paid and holds up nobody.
 */
export async function payeesToAdopt(
  db: Db,
  { after, limit }: { after: string; limit: number }
): Promise<(PayeeToRead & { key: string })[]> {
  return db.rows<PayeeToRead & { key: string }>(
    `(select id as key, id as payee_id, user_token from masspay_payee
       where needs_adoption and user_token is not null
         and status <> 'deactivated' and id > ?
       order by id limit ?)
     union all
     (select u.id, u.payee_id, u.user_token from masspay_payee_user u
       where u.needs_adoption and ${IS_FORMER} and u.id > ?
       order by u.id limit ?)
     order by key limit ?`,
    [after, limit, after, limit, limit]
  )
}

/**
 * Payees who were paid within 90 days and whose loads were not read in full for
 * a day; a user whom an operator unlinked likewise: what she was paid may still
 * be returned.
 */
export async function payeesToReadAgain(
  db: Db,
  { limit, older_than_ms }: { limit: number; older_than_ms: number }
): Promise<PayeeToRead[]> {
  return db.rows<PayeeToRead>(
    `with linked as (
       select e.id as payee_id, e.user_token, e.read_in_full_at
         from masspay_payee e
        where e.user_token is not null and not e.needs_adoption
          and e.status <> 'deactivated'
          and coalesce(e.read_in_full_at, e.created_at)
                <= (select masspay_now()) - ? * interval '1 millisecond'
          and exists (select 1 from masspay_payout p
                       where p.payee_id = e.id and p.method <> 'netting'
                         and p.created_at > (select masspay_now()) - interval '90 days')
        order by e.read_in_full_at nulls first, e.id
        limit ?),
     former as (
       select u.payee_id, u.user_token, u.read_in_full_at
         from masspay_payee_user u
        where ${IS_FORMER} and not u.needs_adoption
          and coalesce(u.read_in_full_at, u.unlinked_at)
                <= (select masspay_now()) - ? * interval '1 millisecond'
          and exists (select 1 from masspay_payout p
                       where p.payee_id = u.payee_id and p.user_token = u.user_token
                         and p.created_at > (select masspay_now()) - interval '90 days')
        order by u.read_in_full_at nulls first, u.id
        limit ?)
     select payee_id, user_token
       from (select * from linked union all select * from former) due
      order by read_in_full_at nulls first, payee_id
      limit ?`,
    [older_than_ms, limit, older_than_ms, limit, limit]
  )
}

/**
 * Makes payouts of the loads and spendbacks that carry this shop's tag and that
 * no operation here knows: without items, released, so that the ordinary moves
 * book what their truth means for the vendor. Adopting the same lists twice
 * adopts once.
 *
 * Unless the books are known to have forgotten something, there must be none;
 * and what MassPay does not tell the status of cannot be booked. In both cases
 * the vendor is paused for a person to look.
 */
export async function adoptUnknown(
  db: Db,
  { user_token, lookup }: { user_token: string; lookup: Lookup }
): Promise<PayoutToLookUp[]> {
  const listed = everythingListed(lookup)
  if (listed.length === 0) return []
  const maybe = await unknownOf(db, listed)
  if (maybe.length === 0) return []
  return db.tx(async (sql) => {
    // First of all locks. Older books that nobody has noticed yet have
    // forgotten something, too.
    const isKnown = await areBooksKnown(sql)
    const [payee] = await sql.rows<{
      id: string
      vendor_id: string
      needs_adoption: boolean
    }>(
      `select y.id, y.vendor_id,
              case when y.user_token = u.user_token then y.needs_adoption
                   else u.needs_adoption end as needs_adoption
         from masspay_payee y
         join (select payee_id, user_token, needs_adoption
                 from masspay_payee_user where user_token = ?
                order by unlinked_at desc nulls first limit 1) u
           on u.payee_id = y.id
          for update of y`,
      [user_token]
    )
    if (!payee) return []
    const unknown = await unknownOf(sql, maybe)
    const adopted: PayoutToLookUp[] = []
    for (const found of unknown) {
      adopted.push(await adopt(sql, { found, payee, user_token }))
    }
    await addOutboxEvents(
      sql,
      adopted.map(({ payout_id, vendor_id }) => ({
        name: MasspayEvents.PAYOUT_ADOPTED,
        payload: { id: payout_id, vendor_id },
        cause_key: `payout:${payout_id}:1`,
      }))
    )
    const isForAPerson =
      (isKnown && !payee.needs_adoption) ||
      unknown.some(({ status }) => status === "UNRECOGNISED")
    if (isForAPerson && adopted.length > 0) {
      await sql.rows(
        `update masspay_payee
            set is_paused = true, pause_reason = ?, updated_at = masspay_now()
          where id = ?`,
        [UNKNOWN_OPERATION, payee.id]
      )
    }
    return adopted
  })
}

/** Those of this shop that no operation has, by either id. */
async function unknownOf(
  sql: Sql,
  listed: readonly Listed[]
): Promise<Listed[]> {
  const rows = await sql.rows<{ kind: string; remote_token: string }>(
    `select l.kind, l.remote_token
       from masspay_installation i
       cross join unnest(?::text[], ?::text[], ?::text[]) l (kind, client_id, remote_token)
      where starts_with(l.client_id, 'mpl' || i.tag)
        and not exists (select 1 from masspay_operation o
                         where o.client_id = l.client_id)
        and not exists (select 1 from masspay_operation o
                         where o.kind = l.kind and o.remote_token = l.remote_token)`,
    [
      listed.map(({ kind }) => kind),
      listed.map(({ client_id }) => client_id),
      listed.map(({ remote_token }) => remote_token),
    ]
  )
  const nameOf = (row: { kind: string; remote_token: string }) =>
    `${row.kind} ${row.remote_token}`
  const unknown = new Set(rows.map(nameOf))
  // A client id that is listed twice is taken once; the look-up shows both. Of
  // several quotes under one, the one that is not cancelled says what happened.
  const seen = new Set<string>()
  const byWeight = [...listed].sort(
    (a, b) => Number(isBack(a.status)) - Number(isBack(b.status))
  )
  return byWeight.filter((found) => {
    const isNew = unknown.has(nameOf(found)) && !seen.has(found.client_id)
    seen.add(found.client_id)
    return isNew
  })
}

const METHOD_OF = {
  load: "wallet",
  commit: "direct",
  spendback: "spendback",
} as const satisfies Record<MainKind, PayoutMethod>

async function adopt(
  sql: Sql,
  {
    found,
    payee,
    user_token,
  }: {
    found: Listed
    payee: { id: string; vendor_id: string }
    user_token: string
  }
): Promise<PayoutToLookUp> {
  const payout_id = newId("mspo")
  const method = METHOD_OF[found.kind]
  const [payout] = await sql.rows<{ created_at: Date; version: number }>(
    `insert into masspay_payout
       (id, payee_id, vendor_id, method, status, amount, currency_code,
        source_key, user_token, items_released, oldest_entry_at)
     values (?, ?, ?, ?, 'void', ?, ?, ?, ?, true, masspay_now())
     returning created_at, version`,
    [
      payout_id,
      payee.id,
      payee.vendor_id,
      method,
      found.amount.toString(),
      found.currency_code,
      `adopt:${found.remote_token}`,
      user_token,
    ]
  )
  if (!payout) throw new Error("An insert without a row")
  await sql.rows(
    `insert into masspay_operation
       (id, payout_id, kind, client_id, request_text, remote_token)
     values (?, ?, ?, ?, '', ?)`,
    [newId("msop"), payout_id, found.kind, found.client_id, found.remote_token]
  )
  await sql.rows(
    `insert into masspay_payout_event
       (id, payout_id, version, from_status, to_status, event, cause)
     values (?, ?, 1, null, 'void', 'adopted', 'lookup')`,
    [newId("mspev"), payout_id]
  )
  return {
    payout_id,
    payee_id: payee.id,
    vendor_id: payee.vendor_id,
    method,
    version: payout.version,
    status: "void",
    block_reason: null,
    amount: found.amount,
    currency_code: found.currency_code,
    source_token: null,
    created_at: payout.created_at,
  }
}

/**
 * Everything of hers that showed at `began_at` was read and applied. That counts
 * only when whatever a lost database may have sent had to show by then: not when
 * a restore was noticed since, nor within `wait_ms` of one. Returns whether it
 * counts.
 */
export async function notePayeeRead(
  db: Db,
  {
    payee_id,
    user_token,
    began_at,
    wait_ms,
  }: PayeeToRead & { began_at: Date; wait_ms: number }
): Promise<boolean> {
  return db.tx(async (sql) => {
    // A restore that is being noticed goes first, or waits.
    const [identity] = await sql.rows<{ counts: boolean }>(
      `select coalesce(?::timestamptz >= (value->>'noticed_at')::timestamptz
                + ? * interval '1 millisecond', true) as counts
         from masspay_control where key = 'database_identity' for share`,
      [began_at, wait_ms]
    )
    if (identity?.counts === false) return false
    await sql.rows(
      `update masspay_payee
          set needs_adoption = false, read_in_full_at = masspay_now(),
              updated_at = masspay_now()
        where id = ? and user_token = ?`,
      [payee_id, user_token]
    )
    await noteFormerRead(sql, { user_token })
    return true
  })
}

/** Where it is a user whom an operator unlinked. Also once MassPay does not know her any more. */
export async function noteFormerRead(
  sql: Sql,
  { user_token }: { user_token: string }
): Promise<void> {
  await sql.rows(
    `update masspay_payee_user
        set needs_adoption = false, read_in_full_at = masspay_now(),
            updated_at = masspay_now()
      where user_token = ? and unlinked_at is not null`,
    [user_token]
  )
}

/**
 * Ends the stop after a restore, once every payee was read: what nothing was
 * ever sent for is given up, because a look-up cannot see that its entries were
 * paid under another grouping; collecting starts from what is open now. Returns
 * how many payouts were given up, or `null` when it is not time.
 */
export async function finishAdoption(
  db: Db,
  { beforeCommit }: { beforeCommit?: () => void | Promise<void> } = {}
): Promise<number | null> {
  return db.tx(async (sql) => {
    const state = await lockIdentity(sql)
    if (state?.state !== "changed") return null
    if (!isSameDatabase(state.identity, await readIdentity(sql))) return null
    const [left] = await sql.rows(
      `select id from masspay_payee
        where needs_adoption and user_token is not null
          and status <> 'deactivated'
       union all
       select u.id from masspay_payee_user u
        where u.needs_adoption and ${IS_FORMER}
        limit 1`
    )
    if (left) return null
    const voided = await voidUnsent(sql, {
      of: "everybody",
      event: "voided",
      detail: "database_restored",
    })
    await markIdentityKnown(sql)
    await beforeCommit?.()
    return voided
  })
}
