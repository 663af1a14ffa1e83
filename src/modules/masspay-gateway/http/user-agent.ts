import { existsSync, readFileSync } from "node:fs"
import path from "node:path"

const PACKAGE = "medusa-plugin-masspay"

/** `medusa-plugin-masspay/1.2.3 node/20.1.0` */
export function userAgent(): string {
  return `${PACKAGE}/${packageVersion(__dirname)} node/${process.versions.node}`
}

/** The file lies at another depth once built, so its package is looked for upwards. */
function packageVersion(folder: string): string {
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
