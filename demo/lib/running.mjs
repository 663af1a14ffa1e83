/** Where a running demo says how it can be reached. */
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"

const fileIn = (root) => path.join(root, ".demo/running.json")

/** @param {{ shopUrl: string, massPayUrl: string, databaseUrl: string }} addresses */
export function announce(root, addresses) {
  const text = JSON.stringify({ ...addresses, pid: process.pid }, null, 2)
  writeFileSync(fileIn(root), text)
}

/** Takes back what this process announced; another demo's stays. */
export function withdraw(root) {
  if (findRunning(root)?.pid === process.pid) rmSync(fileIn(root))
}

/**
 * @returns {{ shopUrl: string, massPayUrl: string, databaseUrl: string,
 *   pid: number } | null}
 */
export function findRunning(root) {
  try {
    return JSON.parse(readFileSync(fileIn(root), "utf8"))
  } catch {
    return null
  }
}
