import { createHash, randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import path from "node:path"

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { knex as connect } from "@medusajs/framework/mikro-orm/knex"

import type { Db } from "../../src/modules/masspay/queries/db"
import { ensureInstallation } from "../../src/modules/masspay/queries/installation"
import { knexDb } from "../../src/modules/masspay/queries/knex-db"
import { canaries } from "./canary/watch"

const MIGRATIONS = path.join(__dirname, "../../src/modules/masspay/migrations")
/** The books' clock, with an offset that a test can move. */
const TEST_CLOCK = `
  create table masspay_test_clock (shift interval not null default '0');
  insert into masspay_test_clock default values;
  create or replace function masspay_now() returns timestamptz language sql volatile
    as $$ select clock_timestamp() + (select shift from masspay_test_clock) $$;`

/** Whom to connect to; `DB_HOST` and its companions name the usual one. */
export type BooksServer = {
  host: string
  port: number
  user: string
  password: string
}

export type Books = {
  db: Db
  knex: Knex
  /** Name of the database: another process opens it with `connectBooks`. */
  database: string
  /** Moves `masspay_now()` of this database by `ms`, added to earlier shifts. */
  shiftClock(ms: number): Promise<void>
  /** Ends the connections; drops the database if `openBooks` created it. */
  close(): Promise<void>
}

/**
 * A database of its own, on the server that `DB_HOST` and its companions name
 * or on `server`.
 * It is copied from a template that has run the migrations once, which takes
 * about a tenth of a second.
 */
export async function openBooks({
  migrate = true,
  install = migrate,
  server = usualServer(),
}: {
  migrate?: boolean
  /** Whether the books know which shop and which database they are of. */
  install?: boolean
  server?: BooksServer
} = {}): Promise<Books> {
  const database = `masspay_books_${randomBytes(6).toString("hex")}`
  const admin = connectTo("postgres", server)
  try {
    const template = migrate ? await templateFor(admin, server) : "template1"
    await admin.raw(`create database "${database}" template "${template}"`)
  } finally {
    await admin.destroy()
  }
  const books = connectBooks(database, { server })
  if (install) await ensureInstallation(books.db, { environment: "sandbox" })
  return {
    ...books,
    async close() {
      if (install) await canaries.tables(books.db)
      await books.close()
      await dropBooks(database, { server })
    },
  }
}

/** Connects to books that exist; `close` leaves the database alone. */
export function connectBooks(
  database: string,
  { port, server = usualServer() }: { port?: number; server?: BooksServer } = {}
): Books {
  const knex = connectTo(database, port ? { ...server, port } : server)
  const db = knexDb(knex)
  return {
    db,
    knex,
    database,
    async shiftClock(ms) {
      await db.rows(
        `update masspay_test_clock set shift = shift + make_interval(secs => ?)`,
        [ms / 1000]
      )
    },
    close: () => knex.destroy(),
  }
}

/** Copies books to which nobody is connected, as a backup would; returns the copy's name. */
export async function copyBooks(database: string): Promise<string> {
  const copy = `masspay_books_${randomBytes(6).toString("hex")}`
  await onServer(usualServer(), (admin) =>
    admin.raw(`create database "${copy}" template "${database}"`)
  )
  return copy
}

export async function dropBooks(
  database: string,
  { server = usualServer() }: { server?: BooksServer } = {}
): Promise<void> {
  await onServer(server, (admin) =>
    admin.raw(`drop database if exists "${database}" with (force)`)
  )
}

async function onServer(
  server: BooksServer,
  work: (admin: Knex) => PromiseLike<unknown>
): Promise<void> {
  const admin = connectTo("postgres", server)
  try {
    await work(admin)
  } finally {
    await admin.destroy()
  }
}

/**
 * Makes used books as good as new: no row is left but those that the migrations
 * make. Faster than another database. Their guards are off meanwhile: nothing
 * may use them.
 */
export async function wipeBooks({ knex, db }: Books): Promise<void> {
  await canaries.tables(db)
  await knex.transaction(async (sql) => {
    const found: { rows: { tablename: string }[] } = await sql.raw(
      `select tablename from pg_tables where schemaname = 'public'`
    )
    const statements = found.rows.map(
      ({ tablename }) => `delete from "${tablename}";`
    )
    await sql.raw(
      `set local session_replication_role = replica; ${statements.join(" ")}
       insert into masspay_test_clock default values;
       insert into masspay_control (key, value)
         values ('installed', jsonb_build_object('at', masspay_now()));`
    )
  })
}

/** The SQL of every migration in order, without a Medusa or an ORM behind it. */
async function migrationStatements(): Promise<string[]> {
  const statements: string[] = []
  const files = readdirSync(MIGRATIONS)
    .filter((file) => /^Migration\d+\.[jt]s$/.test(file))
    .sort()
  for (const file of files) {
    const exports = (await import(path.join(MIGRATIONS, file))) as Record<
      string,
      unknown
    >
    const Migration = exports[path.parse(file).name] as new (
      driver: undefined,
      config: undefined
    ) => { up(): Promise<void>; getQueries(): unknown[] }
    const migration = new Migration(undefined, undefined)
    await migration.up()
    statements.push(...migration.getQueries().map(String))
  }
  return statements
}

let known: string | null = null

/** The migrations do not change while a process runs, and neither does the usual server. */
async function templateFor(admin: Knex, server: BooksServer): Promise<string> {
  if (server.port !== usualServer().port) return ensureTemplate(admin, server)
  known ??= await ensureTemplate(admin, server)
  return known
}

/** Named after its content, so that a changed migration never meets an old template. */
async function ensureTemplate(
  admin: Knex,
  server: BooksServer
): Promise<string> {
  const statements = [...(await migrationStatements()), TEST_CLOCK]
  const hash = createHash("sha256").update(statements.join("\n")).digest("hex")
  const template = `masspay_template_${hash.slice(0, 12)}`
  if (await exists(admin, template)) return template

  // Held by one session: other workers wait here, then find the template.
  await admin.transaction(async (lock) => {
    await lock.raw(`select pg_advisory_xact_lock(724411)`)
    if (await exists(admin, template)) return
    const draft = `${template}_draft`
    await admin.raw(`drop database if exists "${draft}" with (force)`)
    await admin.raw(`create database "${draft}"`)
    const knex = connectTo(draft, server)
    try {
      await knex.transaction(async (transaction) => {
        for (const statement of statements) await transaction.raw(statement)
      })
    } finally {
      await knex.destroy()
    }
    await admin.raw(`alter database "${draft}" rename to "${template}"`)
  })
  return template
}

async function exists(admin: Knex, database: string): Promise<boolean> {
  const found: { rows: unknown[] } = await admin.raw(
    `select 1 from pg_database where datname = ?`,
    [database]
  )
  return found.rows.length > 0
}

function usualServer(): BooksServer {
  return {
    host: process.env.DB_HOST ?? "localhost",
    port: Number(process.env.DB_PORT ?? "5432"),
    user: process.env.DB_USERNAME ?? "postgres",
    password: process.env.DB_PASSWORD ?? "",
  }
}

function connectTo(database: string, server: BooksServer): Knex {
  const { host, port, user, password } = server
  return connect({
    client: "pg",
    connection: { host, port, user, password, database },
    pool: { min: 0, max: 12 },
  })
}
