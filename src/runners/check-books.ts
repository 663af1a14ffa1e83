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
 * fails that money depends on. Only then is it said and written down what was
 * found: whatever fails at that, nothing more is sent.
 */
export async function checkBooks(
  { books, log }: Pick<RunnerDeps, "books" | "log">,
  { run_id = null }: { run_id?: string | null } = {}
): Promise<InvariantResult[]> {
  const results = await checkInvariants(books)
  const broken = results.filter(({ holds }) => !holds)
  for (const { id } of broken) {
    if (!STOPPING_INVARIANTS.includes(id)) continue
    await stopDispatch(books, {
      reason: `Invariant ${id} does not hold`,
      actor: "system",
      invariant: id,
    })
  }
  for (const { id, violations } of broken) {
    log.error("ledger.invariant", { invariant: id, found: violations.length })
  }
  await recordInvariants(books, {
    results,
    stopping: STOPPING_INVARIANTS,
    run_id,
  })
  await saveInvariantResults(books, results)
  return results
}
