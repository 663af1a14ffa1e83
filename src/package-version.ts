import { existsSync, readFileSync } from "node:fs"
import path from "node:path"

export const PACKAGE = "medusa-plugin-masspay"

/** The file lies at another depth once built, so its package is looked for upwards. */
export function packageVersion(folder: string = __dirname): string {
  const file = path.join(folder, "package.json")
  if (existsSync(file)) {
    const json = JSON.parse(readFileSync(file, "utf8")) as {
      name?: unknown
      version?: unknown
    }
    if (json.name === PACKAGE) return String(json.version)
  }
  const parent = path.dirname(folder)
  return parent === folder ? "unknown" : packageVersion(parent)
}
