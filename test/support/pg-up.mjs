import { startPostgres } from "./postgres.mjs"

/**
 * Jest's `globalSetup`: a Postgres that is thrown away afterwards. What it puts
 * into the environment reaches the workers. Steps aside for a Postgres of the
 * developer's own, named by `DB_HOST` or by `DATABASE_URL`.
 */
export default async function pgUp() {
  if (process.env.DB_HOST) return
  if (process.env.DATABASE_URL) {
    Object.assign(process.env, partsOf(new URL(process.env.DATABASE_URL)))
    return
  }
  const server = await startPostgres({
    flags: ["-c", "max_connections=200"],
    isInMemory: true,
  })
  Object.assign(process.env, {
    DB_HOST: server.host,
    DB_PORT: String(server.port),
    DB_USERNAME: server.user,
    DB_PASSWORD: server.password,
    MASSPAY_TEST_POSTGRES: "thrown away",
    ...(server.socket && { MASSPAY_TEST_SOCKET: server.socket }),
  })
  globalThis.masspayTestPostgres = server
}

function partsOf(url) {
  return {
    DB_HOST: url.hostname,
    DB_PORT: url.port || "5432",
    DB_USERNAME: decodeURIComponent(url.username) || "postgres",
    DB_PASSWORD: decodeURIComponent(url.password),
  }
}
