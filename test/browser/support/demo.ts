import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { setTimeout as pause } from "node:timers/promises"

const ROOT = path.join(__dirname, "../../..")
const RUNNING_FILE = path.join(ROOT, ".demo/running.json")
/** With a build of the plugin, of the dashboard, and all orders played. */
const READY_MS = 8 * 60_000
const STOP_MS = 30_000
const TAIL_LINES = 30

/** Names the environment variable in which the files of a run find their demo. */
export const DEMO_OF_THE_RUN = "MASSPAY_BROWSER_DEMO"

export type Login = { email: string; password: string }
export type Demo = { shopUrl: string; massPayUrl: string; login: Login }

/** The one demo of this run of Jest. */
export function theDemo(): Demo {
  const text = process.env[DEMO_OF_THE_RUN]
  if (!text) throw new Error("No demo was started for this run")
  return JSON.parse(text) as Demo
}

/**
 * Starts the demo shop and waits until its orders are played and it says where
 * it can be reached. Throws with the end of its output if it does not get there.
 */
export async function startDemo(): Promise<
  Demo & { stop: () => Promise<void> }
> {
  // For whoever writes tests: the one that runs already, and goes on running.
  const running = process.env.RUNNING_DEMO ? announced() : null
  if (running) return demoAt(running, async () => {})
  const child = spawn(process.execPath, ["scripts/demo.mjs"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  child.stdout.on("data", (chunk) => (output += String(chunk)))
  child.stderr.on("data", (chunk) => (output += String(chunk)))

  const deadline = Date.now() + READY_MS
  for (;;) {
    const addresses = addressesOf(child)
    if (addresses) return demoAt(addresses, () => stop(child))
    if (hasEnded(child) || Date.now() > deadline) {
      await stop(child)
      const tail = output.split("\n").slice(-TAIL_LINES).join("\n")
      throw new Error(`The demo shop did not get ready:\n${tail}`)
    }
    await pause(250)
  }
}

/** The login that the demo prints. */
const LOGIN = { email: "admin@demo.test", password: "masspay-demo" }

function demoAt(
  { shopUrl, massPayUrl }: Announced,
  stopIt: () => Promise<void>
): Demo & { stop: () => Promise<void> } {
  return { shopUrl, massPayUrl, login: LOGIN, stop: stopIt }
}

type Announced = Pick<Demo, "shopUrl" | "massPayUrl"> & { pid: number }

/** What this very demo announced; another one's announcement is not ours. */
function addressesOf(child: ChildProcess): Announced | null {
  const running = announced()
  return running?.pid === child.pid ? running : null
}

function announced(): Announced | null {
  if (!existsSync(RUNNING_FILE)) return null
  try {
    return JSON.parse(readFileSync(RUNNING_FILE, "utf8")) as Announced
  } catch {
    return null // it is being written at this moment
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, "exit")
  child.kill("SIGINT")
  const emergency = setTimeout(() => child.kill("SIGKILL"), STOP_MS)
  await ended
  clearTimeout(emergency)
}
