/** Other programs that the demo runs: each with a log, a deadline and a lifeline. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync, readFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

const LIFELINE = fileURLToPath(new URL("lifeline.cjs", import.meta.url))
const TAIL_LINES = 25
const COLOURS = /\u001b\[\d+m/g
const STOP_WITHIN_MS = 10_000

/** A step that failed, with the last lines of its log. */
export class StepError extends Error {
  constructor(what, logFile) {
    super(what)
    this.name = "StepError"
    this.logFile = logFile
    this.tail = tailOf(logFile)
  }
}

/**
 * Starts a Node program in a session of its own, so that Ctrl-C reaches only
 * the demo, which then stops everything in the right order.
 *
 * @param {{ script: string, args: string[], cwd: string, logFile: string,
 *   env?: Record<string, string> }} input
 */
export function startNode({ script, args, cwd, logFile, env = {} }) {
  const log = openSync(logFile, "a")
  const child = spawn(
    process.execPath,
    ["--require", LIFELINE, script, ...args],
    {
      cwd,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...env },
      detached: true,
      stdio: ["pipe", log, log],
    }
  )
  closeSync(log)
  child.stdin.on("error", () => {}) // it may be gone before its pipe is
  return child
}

/**
 * Runs a Node program to its end.
 *
 * @throws {StepError} when it fails or takes longer than `withinMs`
 */
export async function runNode({ what, withinMs, signal, ...program }) {
  const child = startNode(program)
  const ended = once(child, "exit")
  try {
    const [code] = await within(ended, withinMs, signal)
    if (code === 0) return
    throw new StepError(`${what} failed`, program.logFile)
  } catch (error) {
    await stopChild(child)
    if (error !== DEADLINE) throw error
    const seconds = withinMs / 1000
    throw new StepError(
      `${what} was not done within ${seconds} s`,
      program.logFile
    )
  }
}

/** Asks the program to end, and ends it if it does not. */
export async function stopChild(child) {
  if (hasEnded(child)) return
  const ended = once(child, "exit")
  child.kill("SIGTERM")
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS)
  await ended
  clearTimeout(late)
}

export const hasEnded = (child) =>
  child.pid === undefined ||
  child.exitCode !== null ||
  child.signalCode !== null

/** The end of a log, without colours and what only dependencies' authors want to know. */
export function tailOf(logFile) {
  return readFileSync(logFile, "utf8")
    .replaceAll(COLOURS, "")
    .split("\n")
    .filter((line) => line.trim() && !/^\s+at .*node_modules/.test(line))
    .slice(-TAIL_LINES)
    .join("\n")
}

export const logIn = (folder, name) => path.join(folder, `${name}.log`)

const DEADLINE = Symbol("deadline")

/** Rejects with `DEADLINE`, or with the signal's reason, if that comes first. */
async function within(promise, ms, signal) {
  let late
  let stop
  try {
    return await Promise.race([
      promise,
      new Promise((_, reject) => {
        late = setTimeout(() => reject(DEADLINE), ms)
        stop = () => reject(signal.reason)
        signal.throwIfAborted()
        signal.addEventListener("abort", stop)
      }),
    ])
  } finally {
    clearTimeout(late)
    signal.removeEventListener("abort", stop)
  }
}
