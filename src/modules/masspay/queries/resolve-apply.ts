import {
  type AfterLookup,
  decideAfterLookup,
} from "../../../domain/decide-next"
import type { Db, Sql } from "./db"
import { lockPayeeOfReleased } from "./effects"
import {
  type Applying,
  type ApplyInput,
  factsFor,
  findOurs,
  isTakenElsewhere,
  type LockedPayout,
  lockPayout,
} from "./resolve-facts"
import {
  allowSending,
  type AppliedLookup,
  applyTruth,
  noteAgreement,
  park,
  parkPart,
  tellPart,
  waitLonger,
} from "./resolve-steps"
import { giveUp, voidPayout } from "./resolve-void"

export type { Lookup } from "./lookup"
export type { AskedLookup, ResolvePolicy } from "./resolve-facts"
export type { AppliedLookup } from "./resolve-steps"

/**
 * Applies one look-up to one payout, in one transaction under the payout's
 * lock. It counts only for the version it was asked about, and only when its
 * GET began after the truth that was applied last: an old answer never
 * overwrites a newer one. Applying the same look-up twice changes nothing.
 * Locks the payee first where the payout's items were released.
 */
export async function applyLookup(
  db: Db,
  input: ApplyInput
): Promise<AppliedLookup> {
  return db.tx(async (sql) => {
    await lockPayeeOfReleased(sql, input.payout.payout_id)
    const payout = await lockPayout(sql, input.payout.payout_id)
    if (!payout || !isStillTheQuestion(payout, input)) return { did: "nothing" }

    const applied = await act(sql, { input, payout })
    await input.beforeCommit?.()
    return applied
  })
}

/** A payout that is on the wire is never looked up: its sender, or the reaper, speaks first. */
function isStillTheQuestion(
  payout: LockedPayout,
  { payout: asked, lookup }: ApplyInput
): boolean {
  return (
    payout.status !== "sending" &&
    payout.version === asked.version &&
    (payout.truth_as_of === null || lookup.began_at > payout.truth_as_of)
  )
}

async function act(sql: Sql, applying: Applying): Promise<AppliedLookup> {
  const { input, payout } = applying
  const seen = findOurs(payout, input.lookup)
  if (seen === "several")
    return park(sql, applying, "several_loads", "mismatch")
  if (seen && (await isTakenElsewhere(sql, payout, seen))) {
    return park(sql, applying, "load_token_taken", "mismatch")
  }
  const decision = decideAfterLookup(factsFor(applying, seen))
  if (!seen && payout.attempts.executed > 0 && isProofOfAbsence(decision)) {
    return park(sql, applying, "executed_but_not_found", "parked")
  }
  switch (decision.do) {
    case "apply_truth":
      if (!seen) throw new Error("Truth was decided on without a load")
      return applyTruth(sql, applying, { ...decision, seen })
    case "park":
      return seen && decision.reason === "partly_reversed"
        ? parkPart(sql, applying, seen)
        : park(sql, applying, decision.reason, decision.event)
    case "send_first":
    case "resend":
      return payout.status === "blocked" && input.asked?.may_unblock === false
        ? noteAgreement(sql, applying)
        : allowSending(sql, applying, decision)
    case "void":
      return voidPayout(sql, applying)
    case "give_up":
      return giveUp(sql, applying)
    case "wait":
      return seen && decision.reason === "partly_reversed"
        ? tellPart(sql, applying, seen)
        : waitLonger(sql, applying, decision)
  }
}

/** Steps that take it for not executed, which an attempt known to have been executed forbids. */
function isProofOfAbsence(decision: AfterLookup): boolean {
  return ["resend", "send_first", "give_up"].includes(decision.do)
}
