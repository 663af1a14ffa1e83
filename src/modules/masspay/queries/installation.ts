import { randomInt } from "node:crypto"

import {
  noticeIdentity,
  readIdentity,
  rememberIdentity,
} from "./database-identity"
import type { Db, Sql } from "./db"
import { newId } from "./new-id"

const TAG_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
const TAG_LENGTH = 6

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
  await rememberIdentity(db)
  await noticeIdentity(db)
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
  const identity = await readIdentity(db)
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
