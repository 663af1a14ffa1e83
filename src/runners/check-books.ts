import { stopDispatch } from "../modules/masspay/queries/control"
import { saveInvariantResults } from "../modules/masspay/queries/invariant-results"
import {
  checkInvariants,
  type InvariantResult,
  STOPPING_INVARIANTS,
} from "../modules/masspay/queries/invariants"
import { recordInvariants } from "../modules/masspay/queries/reconcile-findings"
import type { RunnerDeps } from "./deps"

/**
 * Checks every invariant now, and stops dispatch in every process when one
 * fails that money depends on. Only then is it written down what was found:
 * whatever fails on the way, nothing more is sent.
 */
export async function checkBooks(
  { books, log }: Pick<RunnerDeps, "books" | "log">,
  { run_id = null }: { run_id?: string | null } = {}
): Promise<InvariantResult[]> {
  const results = await checkInvariants(books)
  for (const { id, holds, violations } of results) {
    if (holds) continue
    log.error("ledger.invariant", { invariant: id, found: violations.length })
    if (!STOPPING_INVARIANTS.includes(id)) continue
    await stopDispatch(books, {
      reason: `Invariant ${id} does not hold`,
      actor: "system",
      invariant: id,
    })
  }
  await recordInvariants(books, {
    results,
    stopping: STOPPING_INVARIANTS,
    run_id,
  })
  await saveInvariantResults(books, results)
  return results
}
