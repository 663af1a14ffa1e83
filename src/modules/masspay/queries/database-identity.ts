import type { Db, Sql } from "./db"

const KEY = "database_identity"

/**
 * What tells this database from every other, and from itself before a restore
 * or a failover. A field is `null` where the server does not tell it.
 */
export type DatabaseIdentity = {
  /** The cluster's own number; another after a restore into another server. */
  system_identifier: string | null
  /** Rises when a standby is promoted or a point in time is restored. */
  timeline: string | null
  database_oid: string | null
  /** Of our own table: another after a dump was restored over the same database. */
  books_oid: string | null
}

/** `changed`: these books may have forgotten what was sent; nothing is sent until all of it was read. */
export type IdentityState = {
  state: "known" | "changed"
  identity: DatabaseIdentity
  /** When the last change was noticed; `null` when there was none. */
  noticed_at: string | null
  /** When all that MassPay knows had been read after it. */
  adopted_at: string | null
}

const FIELDS = [
  "system_identifier",
  "timeline",
  "database_oid",
  "books_oid",
] as const

/** A part that one of the two does not know says nothing. */
export function isSameDatabase(
  a: DatabaseIdentity,
  b: DatabaseIdentity
): boolean {
  return FIELDS.every(
    (field) => a[field] === null || b[field] === null || a[field] === b[field]
  )
}

/**
 * Whether these books are still the ones they were, so that money may be
 * collected and sent. Call it inside the transaction that decides: its lock
 * keeps a change from being noticed, or from being finished, meanwhile.
 */
export async function areBooksKnown(sql: Sql): Promise<boolean> {
  const [stored] = await sql.rows<{ value: IdentityState }>(
    `select value from masspay_control where key = ? for share`,
    [KEY]
  )
  if (!stored || stored.value.state !== "known") return false
  return isSameDatabase(stored.value.identity, await readIdentity(sql))
}

/**
 * Whether money may be asked back, as SQL: after a restore, every order is
 * settled once more first, because what seems owed may only have been forgotten.
 */
export const ORDERS_ARE_SWEPT = `(
  select i.value->>'noticed_at' is null
         or coalesce((r.value->>'watermark')::timestamptz
              > (i.value->>'noticed_at')::timestamptz, false)
    from masspay_control i
    left join masspay_control r on r.key = 'watermark:rescan'
   where i.key = '${KEY}')`

export async function areOrdersSwept(sql: Sql): Promise<boolean> {
  const [row] = await sql.rows<{ swept: boolean | null }>(
    `select ${ORDERS_ARE_SWEPT} as swept`
  )
  return row?.swept ?? false
}

export async function identityState(sql: Sql): Promise<IdentityState | null> {
  const [stored] = await sql.rows<{ value: IdentityState }>(
    `select value from masspay_control where key = ?`,
    [KEY]
  )
  return stored?.value ?? null
}

/**
 * Writes down which database this is, unless that is known already: the one
 * that the installation was made in, so that books that were moved before
 * anybody compared them are still noticed.
 */
export async function rememberIdentity(db: Db): Promise<void> {
  const { books_oid } = await readIdentity(db)
  await db.rows(
    `insert into masspay_control (key, value)
     select ?, jsonb_build_object('state', 'known', 'noticed_at', null, 'adopted_at', null,
              'identity', jsonb_build_object(
                'system_identifier', system_identifier, 'timeline', timeline,
                'database_oid', database_oid, 'books_oid', ?::text))
       from masspay_installation
     on conflict do nothing`,
    [KEY, books_oid]
  )
}

/**
 * Compares the database with the one that was written down. When it is another,
 * collecting and sending stop in every process, and every payee with a MassPay
 * user, or who once had one, has to be read in full. Returns whether a change was noticed just now.
 */
export async function noticeIdentity(db: Db): Promise<boolean> {
  return db.tx(async (sql) => {
    const [stored] = await sql.rows<{ value: IdentityState }>(
      `select value from masspay_control where key = ? for update`,
      [KEY]
    )
    const identity = await readIdentity(sql)
    if (!stored || isSameDatabase(stored.value.identity, identity)) return false
    await sql.rows(
      `update masspay_control
          set value = jsonb_build_object('state', 'changed', 'identity', ?::jsonb,
                'noticed_at', masspay_now(), 'adopted_at', null),
              updated_at = masspay_now()
        where key = ?`,
      [JSON.stringify(identity), KEY]
    )
    await sql.rows(
      `update masspay_payee set needs_adoption = true, updated_at = masspay_now()
        where user_token is not null`
    )
    await sql.rows(
      `update masspay_payee_user set needs_adoption = true, updated_at = masspay_now()
        where unlinked_at is not null`
    )
    // And every order is settled once more: what was booked in between is gone.
    await sql.rows(
      `update masspay_control set value = '{}', updated_at = masspay_now()
        where key = 'watermark:rescan'`
    )
    return true
  })
}

/** Lets money move again. Call it in the transaction that has made sure of everything. */
export async function markIdentityKnown(sql: Sql): Promise<void> {
  await sql.rows(
    `update masspay_control
        set value = value || jsonb_build_object('state', 'known', 'adopted_at', masspay_now()),
            updated_at = masspay_now()
      where key = ?`,
    [KEY]
  )
}

/** The row stays locked until the transaction ends; nothing is claimed or collected meanwhile. */
export async function lockIdentity(sql: Sql): Promise<IdentityState | null> {
  const [stored] = await sql.rows<{ value: IdentityState }>(
    `select value from masspay_control where key = ? for update`,
    [KEY]
  )
  return stored?.value ?? null
}

/**
 * Asks the server who it is. A role may be forbidden to ask for the cluster's
 * number; it is not asked then, because a refusal would end the transaction.
 */
export async function readIdentity(sql: Sql): Promise<DatabaseIdentity> {
  const [may] = await sql.rows<{ ask: boolean }>(
    `select has_function_privilege('pg_control_system()', 'execute') as ask`
  )
  const system = may?.ask
    ? `(select system_identifier::text from pg_control_system())`
    : `null::text`
  // The segment's name carries the timeline that is written now; the last
  // checkpoint's may still be the one from before a promotion.
  const [row] = await sql.rows<DatabaseIdentity>(
    `select ${system} as system_identifier,
            ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int::text
              as timeline,
            (select oid::text from pg_database where datname = current_database())
              as database_oid,
            'masspay_installation'::regclass::oid::text as books_oid`
  )
  if (!row) throw new Error("A select without a row")
  return row
}
