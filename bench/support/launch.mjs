import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { startPostgres } from "../../test/support/postgres.mjs"

const ROOT = path.join(import.meta.dirname, "../..")

/** Unlike in tests a commit is on the disk: that is most of what it costs. */
const DURABLE = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  shared_buffers: "512MB",
  max_wal_size: "4GB",
  shared_preload_libraries: "pg_stat_statements",
  "pg_stat_statements.track_utility": "on",
}

/**
 * Runs a measurement (`file` from the root, TypeScript) against a Postgres of
 * its own that keeps what it commits. Ends with the exit code of the measurement.
 */
export async function launch(file, env = {}) {
  const server = await startPostgres({
    flags: Object.entries(DURABLE).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]),
  })
  try {
    const child = spawn(
      process.execPath,
      [
        ...["--require", "ts-node/register/transpile-only"],
        path.join(ROOT, file),
        ...process.argv.slice(2),
      ],
      {
        cwd: ROOT,
        stdio: "inherit",
        env: {
          ...process.env,
          NODE_OPTIONS: "",
          TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json"),
          // Migrations are imported by path, which has to become a require.
          TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs"}',
          DB_HOST: server.host,
          DB_PORT: String(server.port),
          DB_USERNAME: server.user,
          DB_PASSWORD: server.password,
          BENCH_POSTGRES_DATA: server.data,
          ...env,
        },
      }
    )
    // Ctrl-C reaches the child too; it ends, and then this does.
    process.on("SIGINT", () => undefined)
    const [code] = await once(child, "exit")
    process.exitCode = code ?? 1
  } finally {
    await server.stop()
  }
}
