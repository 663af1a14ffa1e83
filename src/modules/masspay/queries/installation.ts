import { randomInt } from "node:crypto"

import type { Db, Sql } from "./db"
import { newId } from "./new-id"

const TAG_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
const TAG_LENGTH = 6
const INSUFFICIENT_PRIVILEGE = "42501"

export type Installation = {
  id: string
  environment: string
  tag: string
  /** When the tables were made: older orders are not ours to settle. */
  installed_at: Date
}

/** These books belong to another MassPay environment than the options name. */
class EnvironmentMismatchError extends Error {
  readonly code = "masspay.environment_mismatch"

  constructor(recorded: string, wanted: string) {
    super(
      `These books were started with the MassPay environment "${recorded}", ` +
        `but the options say "${wanted}". Money of two environments must not ` +
        `meet in one database: set environment back to "${recorded}", or use ` +
        `an empty database for "${wanted}".`
    )
    this.name = "EnvironmentMismatchError"
  }
}

/**
 * The one row that says who we are at MassPay, created by the first caller
 * (processes that start together end up with the same row). Throws
 * `EnvironmentMismatchError` when the books belong to another environment.
 */
export async function ensureInstallation(
  db: Db,
  { environment }: { environment: string }
): Promise<Installation> {
  const known = (await read(db)) ?? (await create(db, environment))
  if (known.environment !== environment) {
    throw new EnvironmentMismatchError(known.environment, environment)
  }
  return known
}

async function read(sql: Sql): Promise<Installation | undefined> {
  const [row] = await sql.rows<Installation>(
    `select i.id, i.environment, i.tag,
            coalesce((c.value->>'at')::timestamptz, i.created_at) as installed_at
       from masspay_installation i
       left join masspay_control c on c.key = 'installed'`
  )
  return row
}

async function create(db: Db, environment: string): Promise<Installation> {
  const identity = await databaseIdentity(db)
  await db.rows(
    `insert into masspay_installation
       (id, environment, tag, system_identifier, timeline, database_oid)
     values (?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
    [
      newId("msin"),
      environment,
      randomTag(),
      identity.system_identifier,
      identity.timeline,
      identity.database_oid,
    ]
  )
  const row = await read(db)
  if (!row) throw new Error("masspay_installation: the row was not written")
  return row
}

function randomTag(): string {
  return Array.from({ length: TAG_LENGTH }, () =>
    TAG_ALPHABET.charAt(randomInt(TAG_ALPHABET.length))
  ).join("")
}

type DatabaseIdentity = {
  system_identifier: string | null
  timeline: string | null
  database_oid: string | null
}

/** Which database this is, to notice a restore later. Managed services may hide a part. */
async function databaseIdentity(sql: Sql): Promise<DatabaseIdentity> {
  const [oid] = await sql.rows<{ database_oid: string }>(
    `select oid::text as database_oid from pg_database where datname = current_database()`
  )
  const database_oid = oid?.database_oid ?? null
  try {
    const [server] = await sql.rows<{
      system_identifier: string
      timeline: string
    }>(
      `select (select system_identifier::text from pg_control_system()) as system_identifier,
              (select timeline_id::text from pg_control_checkpoint()) as timeline`
    )
    return {
      system_identifier: server?.system_identifier ?? null,
      timeline: server?.timeline ?? null,
      database_oid,
    }
  } catch (error) {
    const isHidden =
      error instanceof Error &&
      "code" in error &&
      error.code === INSUFFICIENT_PRIVILEGE
    if (!isHidden) throw error
    return { system_identifier: null, timeline: null, database_oid }
  }
}
