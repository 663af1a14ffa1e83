import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import os from "node:os"
import { stripVTControlCharacters } from "node:util"

/** What a failed command is remembered by. */
const TAIL_LINES = 40
/** A third of the share of what does not yield. */
const YIELDING = 5
/** Lines that say nothing about a failure. */
const NOISE = [
  /^\s*$/,
  /^npm (error|ERR!|notice|warn|WARN)\b/,
  /ExperimentalWarning|DeprecationWarning|Use `node --trace-/,
  /^A worker process has failed to exit gracefully/,
  /^Force exiting Jest/,
]

/**
 * Runs a command and shows its output as it comes. One that outlives its
 * deadline is ended with its children.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: object, deadline_ms: number, yields?: boolean,
 *   show?: (chunk: Buffer) => void }} input `yields`: what runs beside it goes first
 * @returns {Promise<{ code: number, tail: string[] }>} `tail`: its last lines
 *   without noise; a code that is not 0 when a signal ended it
 */
export function runCommand(
  command,
  args,
  {
    cwd,
    env = {},
    deadline_ms,
    yields = false,
    show = (chunk) => process.stdout.write(chunk),
  }
) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...(process.stdout.isTTY && { FORCE_COLOR: "1" }),
        ...env,
      },
      detached: true,
    })
    if (yields && child.pid) yieldTo(child.pid)
    const tail = new Tail()
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        show(chunk)
        tail.add(chunk)
      })
    }
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal)
      } catch {
        // it has ended already
      }
    }
    const deadline = setTimeout(() => {
      tail.add(`It was ended after ${deadline_ms / 60_000} minutes.\n`)
      end("SIGKILL")
    }, deadline_ms)
    const interrupted = () => end("SIGINT")
    process.once("SIGINT", interrupted)
    process.once("SIGTERM", interrupted)
    const settle = (code) => {
      clearTimeout(deadline)
      process.off("SIGINT", interrupted)
      process.off("SIGTERM", interrupted)
      resolve({ code: code ?? 1, tail: tail.lines() })
    }
    child.on("error", (error) => {
      tail.add(`${error.message}\n`)
      settle(1)
    })
    // What it left running may keep its output open: its own end counts.
    child.on("exit", (code) => setImmediate(settle, code))
  })
}

/** Takes what others leave of the processors. Linux may count by session, in place of by process. */
function yieldTo(pid) {
  try {
    os.setPriority(pid, YIELDING)
    writeFileSync(`/proc/${pid}/autogroup`, String(YIELDING))
  } catch {
    // then it goes first as often as the others
  }
}

/** The last lines of what was written, without noise. */
class Tail {
  #kept = []
  #rest = ""

  add(chunk) {
    const lines = (this.#rest + chunk).split("\n")
    this.#rest = lines.pop() ?? ""
    this.#keep(lines)
  }

  lines() {
    this.#keep([this.#rest])
    this.#rest = ""
    return this.#kept
  }

  #keep(lines) {
    const plain = lines.map((line) => stripVTControlCharacters(line).trimEnd())
    const said = plain.filter(
      (line) => !NOISE.some((noise) => noise.test(line))
    )
    this.#kept = [...this.#kept, ...said].slice(-TAIL_LINES)
  }
}
