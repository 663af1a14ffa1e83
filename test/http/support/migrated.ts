import { Client } from "@medusajs/framework/pg"

/** Databases of shops that have run their migrations, by what their shop is made of. */
const PREFIX = "masspay_shop_migrated_"

/** On a server of the developer's own nothing is left, and nothing old is found. */
const isThrownAway = () => process.env.MASSPAY_TEST_POSTGRES === "thrown away"

/**
 * Makes the database of a shop where some spec of this run made such a shop
 * before: as that one was after its migrations, of which nothing is left to do.
 * Returns whether it is there.
 */
export async function copyMigrated(
  kind: string,
  database: string
): Promise<boolean> {
  if (!isThrownAway()) return false
  const template = PREFIX + kind
  return onServer(async (server) => {
    const { rowCount } = await server.query(
      `select 1 from pg_database where datname = $1`,
      [template]
    )
    if (rowCount === 0) return false
    await server.query(`create database "${database}" template "${template}"`)
    return true
  })
}

/** What Postgres says of a database that somebody else is connected to. */
const IN_USE = "55006"
const TRIES_MAX = 5

/**
 * Keeps the state of a shop's database for the others of its kind, unless another
 * worker was quicker, or the shop connects again and again: then they migrate
 * theirs. Ends all connections to it.
 */
export async function keepMigrated(
  kind: string,
  database: string
): Promise<void> {
  if (!isThrownAway()) return
  await onServer(async (server) => {
    const making = `${database}-making`
    if (!(await isCopied(server, database, making))) return
    try {
      // All at once or not at all: nobody finds a half one.
      await server.query(
        `alter database "${making}" rename to "${PREFIX + kind}"`
      )
    } catch (error) {
      await server.query(`drop database "${making}"`)
      if (codeOf(error) !== "42P04") throw error
    }
  })
}

async function isCopied(
  server: Client,
  database: string,
  copy: string
): Promise<boolean> {
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    await server.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`,
      [database]
    )
    try {
      await server.query(`create database "${copy}" template "${database}"`)
      return true
    } catch (error) {
      if (codeOf(error) !== IN_USE) throw error
    }
  }
  return false
}

const codeOf = (error: unknown): string | undefined =>
  (error as { code?: string }).code

/**
 * Medusa's runner copies a shop's database for every test. Files that are copied as
 * they are take half as long as a copy by way of the log, as is usual.
 */
export function copyFiles(): void {
  if (!isThrownAway()) return
  type Send = (this: Client, ...given: unknown[]) => unknown
  const client = Client.prototype as { query: Send }
  const send = client.query
  client.query = function (text, ...given) {
    const isCopy =
      typeof text === "string" && /^create database .* template /i.test(text)
    const sent = isCopy ? text.replace(/;?$/, " strategy file_copy") : text
    return send.call(this, sent, ...given)
  }
}

/** A statement costs a quarter less by a socket, and Medusa's runner knows the network only. */
export function useSocket(): void {
  const { MASSPAY_TEST_SOCKET: socket, DB_HOST, DB_PORT } = process.env
  if (!socket) return
  type Connect = (this: Server, ...given: unknown[]) => unknown
  type Server = { host: string; port: number }
  const client = Client.prototype as unknown as { connect: Connect }
  const { connect } = client
  client.connect = function (...given) {
    const isOurs = this.host === DB_HOST && this.port === Number(DB_PORT)
    if (isOurs) this.host = socket
    return connect.apply(this, given)
  }
}

async function onServer<Result>(
  work: (server: Client) => Promise<Result>
): Promise<Result> {
  const server = new Client({
    host: process.env.DB_HOST ?? "localhost",
    port: Number(process.env.DB_PORT ?? "5432"),
    user: process.env.DB_USERNAME ?? "postgres",
    password: process.env.DB_PASSWORD ?? "",
    database: "postgres",
  })
  await server.connect()
  try {
    return await work(server)
  } finally {
    await server.end()
  }
}
