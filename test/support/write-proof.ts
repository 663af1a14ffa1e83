import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"

import { format } from "prettier"

const FOLDER = path.join(__dirname, "../../docs/proof")

/** Writes a page of docs/proof, laid out as the checks want it. */
export async function writeProof(name: string, text: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const page = await format(text, { parser: "markdown" })
  writeFileSync(path.join(FOLDER, `${name}.md`), page)
}
