import type { Sql } from "./db"

/** Names are probed in steps; a set that was tried this often is not normal. */
const PROBES_PER_STEP = 8
const PROBES_MAX = 4_096

/** The name with the smallest number that no row has. Numbers are used in turn, without gaps. */
export async function freeName(
  sql: Sql,
  {
    table,
    column,
    nameOf,
    first,
  }: {
    table: "masspay_payout" | "masspay_operation"
    column: "source_key" | "client_id"
    nameOf: (n: number) => string
    first: number
  }
): Promise<string> {
  for (let start = first; start < PROBES_MAX; start += PROBES_PER_STEP) {
    const names = Array.from({ length: PROBES_PER_STEP }, (_, index) =>
      nameOf(start + index)
    )
    const rows = await sql.rows<{ name: string }>(
      `select ${column} as name from ${table} where ${column} = any(?)`,
      [names]
    )
    const used = new Set(rows.map((row) => row.name))
    const free = names.find((name) => !used.has(name))
    if (free !== undefined) return free
  }
  throw new Error(`${table}: no free ${column}`)
}
