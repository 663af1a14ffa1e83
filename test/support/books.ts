import { createHash, randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import path from "node:path"

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { knex as connect } from "@medusajs/framework/mikro-orm/knex"

import type { Db } from "../../src/modules/masspay/queries/db"
import { ensureInstallation } from "../../src/modules/masspay/queries/installation"
import { knexDb } from "../../src/modules/masspay/queries/knex-db"
import { canaries } from "./canary/watch"
import {
  beginWith,
  type Connection,
  connectionsOf,
  endAll,
} from "./kept-connections"

const MIGRATIONS = path.join(__dirname, "../../src/modules/masspay/migrations")
/** The books' clock, with an offset that a test can move; and where workers note what they told. */
const FOR_TESTS = `
  create table test_published (event_id text not null);
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

/** Who wants no books for so long gets others to connect anew. */
const CONNECTED_MS = 5_000

type UsedBooks = {
  database: string
  connections: Connection[]
  /** Ends the connections. */
  timer: NodeJS.Timeout
}

/** Databases that this process has used, and that are as good as new; with connections to them. */
const asNew: UsedBooks[] = []

/**
 * A database of its own, on the server that `DB_HOST` and its companions name
 * or on `server`.
 * It is copied from a template that has run the migrations once, or was used
 * before and wiped, which takes a third of the time.
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
  const isUsual = migrate && server.port === usualServer().port
  const used = isUsual ? asNew.pop() : undefined
  clearTimeout(used?.timer)
  const database = used?.database ?? (await createBooks({ migrate, server }))
  const books = connectBooks(database, {
    server,
    ...(used && { connections: used.connections }),
  })
  if (install) await ensureInstallation(books.db, { environment: "sandbox" })
  return {
    ...books,
    async close() {
      if (isUsual) return giveBack(books)
      if (install) await canaries.tables(books.db)
      await books.close()
      await dropBooks(database, { server })
    },
  }
}

async function createBooks({
  migrate,
  server,
}: {
  migrate: boolean
  server: BooksServer
}): Promise<string> {
  return onServer(server, async (admin) => {
    const template = migrate ? await templateFor(admin, server) : "template1"
    return copyOf(admin, template)
  })
}

/** Ends all use of books. Whoever opens books next may get these, without a row in them. */
export async function giveBack({
  database,
  knex,
}: Pick<Books, "database" | "knex">): Promise<void> {
  const connections = await connectionsOf(knex)
  const pids = connections.map(({ processID }) => processID)
  const alone = connectBooks(database, { connections })
  await canaries.tables(alone.db)
  const isKept = isThrownAway() && (await isLikeTemplate(alone))
  if (!isKept) {
    await alone.close()
    await dropBooks(database)
    return
  }
  await wipe(alone, pids)
  const kept = await connectionsOf(alone.knex)
  const timer = setTimeout(() => void endAll(kept.splice(0)), CONNECTED_MS)
  asNew.push({ database, connections: kept, timer })
}

/** On a server of the developer's own nothing is left. */
const isThrownAway = (): boolean =>
  process.env.MASSPAY_TEST_POSTGRES === "thrown away"

/** Connects to books that exist, over `connections` as far as they go; `close` leaves the database alone. */
export function connectBooks(
  database: string,
  {
    port,
    server = usualServer(),
    connections = [],
  }: { port?: number; server?: BooksServer; connections?: Connection[] } = {}
): Books {
  const knex = connectTo(
    database,
    port ? { ...server, host: hostOfServer(), port } : server
  )
  beginWith(knex, connections)
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
  return onServer(usualServer(), (admin) => copyOf(admin, database))
}

/** Files are copied as they are, where Postgres knows how: by way of the log it takes twice as long. */
async function copyOf(admin: Knex, template: string): Promise<string> {
  const copy = `masspay_books_${randomBytes(6).toString("hex")}`
  const how = isThrownAway() ? "strategy file_copy" : ""
  await admin.raw(`create database "${copy}" template "${template}" ${how}`)
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

async function onServer<Result>(
  server: BooksServer,
  work: (admin: Knex) => PromiseLike<Result>
): Promise<Result> {
  const admin = connectTo("postgres", server)
  try {
    return await work(admin)
  } finally {
    await admin.destroy()
  }
}

/**
 * Makes used books as good as new: no row is left but those that the migrations
 * make. Their guards are off meanwhile, so whoever is still connected is cut
 * off, but for the connections that are kept.
 */
async function wipe({ knex }: Books, kept: number[]): Promise<void> {
  await knex.transaction(async (sql) => {
    await sql.raw(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
          and pid <> all(?) and backend_type = 'client backend'`,
      [kept]
    )
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

/** Tables, columns, indexes, guards and functions; and that nobody counted rows for the planner. */
const SCHEMA = `
  select md5(concat(
    (select string_agg(concat(c.relname, c.relkind), ',' order by c.relname)
       from pg_class c where c.relnamespace = 'public'::regnamespace),
    (select string_agg(concat(t.tgname, t.tgenabled), ',' order by t.tgname, t.tgrelid)
       from pg_trigger t where not t.tgisinternal),
    (select string_agg(concat(p.proname, p.prosrc), ',' order by p.proname, p.prosrc)
       from pg_proc p where p.pronamespace = 'public'::regnamespace),
    (select count(*) from pg_attribute where attrelid >= 16384),
    (select count(*) from pg_constraint),
    (select count(*) from pg_statistic where starelid >= 16384)
  )) as schema, pg_database_size(current_database())::float8 as size`
type Schema = { schema: string; size: number }

let template: Promise<Schema> | null = null

/** Whether no test changed more in them than rows, nor so many that their files have grown. */
async function isLikeTemplate({ db }: Books): Promise<boolean> {
  template ??= schemaOfTemplate()
  const { schema, size } = await template
  const [now] = await db.rows<Schema>(SCHEMA)
  return now?.schema === schema && now.size < size * 1.5
}

async function schemaOfTemplate(): Promise<Schema> {
  const database = await createBooks({ migrate: true, server: usualServer() })
  const books = connectBooks(database)
  const [schema] = await books.db.rows<Schema>(SCHEMA)
  await books.close()
  await dropBooks(database)
  if (!schema) throw new Error("The template has no schema")
  return schema
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
  const statements = [...(await migrationStatements()), FOR_TESTS]
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
    host: process.env.MASSPAY_TEST_SOCKET ?? hostOfServer(),
    port: Number(process.env.DB_PORT ?? "5432"),
    user: process.env.DB_USERNAME ?? "postgres",
    password: process.env.DB_PASSWORD ?? "",
  }
}

/** For whoever cannot use a socket. */
const hostOfServer = (): string => process.env.DB_HOST ?? "localhost"

function connectTo(database: string, server: BooksServer): Knex {
  const { host, port, user, password } = server
  return connect({
    client: "pg",
    connection: { host, port, user, password, database },
    pool: { min: 0, max: 12 },
  })
}
