import { getControl, type Json, setControl } from "./control"
import type { Sql } from "./db"
import type { InvariantResult } from "./invariants"
import { databaseNow } from "./settlements"

const KEY = "invariants"

/** What the last check of the books found. */
export type InvariantResults = {
  checked_at: string
  results: { id: string; holds: boolean; violations: number }[]
}

export async function saveInvariantResults(
  sql: Sql,
  results: readonly InvariantResult[]
): Promise<void> {
  const now = await databaseNow(sql)
  await setControl(sql, KEY, {
    checked_at: now.toISOString(),
    results: results.map(({ id, holds, violations }) => ({
      id,
      holds,
      violations: violations.length,
    })),
  })
}

/** `null`: the books were not checked yet. */
export async function lastInvariantResults(
  sql: Sql
): Promise<InvariantResults | null> {
  return (await getControl<Json>(sql, KEY)) as InvariantResults | null
}

/** How many violations each invariant had that did not hold when it was last checked. */
export async function brokenInvariants(sql: Sql): Promise<Map<string, number>> {
  const last = await lastInvariantResults(sql)
  return new Map(
    (last?.results ?? [])
      .filter(({ holds }) => !holds)
      .map(({ id, violations }) => [id, violations])
  )
}
