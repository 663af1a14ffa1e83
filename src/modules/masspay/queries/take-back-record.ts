import { decideAfterAttempt } from "../../../domain/decide-next"
import type { Db } from "./db"
import { type AttemptReport, holdBack, keepEvidence } from "./dispatch-evidence"
import type { ClaimedTakeBack } from "./take-back"

/** `sent`: a look-up says what came of it. `refused`: the same, and it is not tried again. `returned`: it did not leave, and may later. */
export type RecordedTakeBack = "sent" | "refused" | "returned"

/** A refused key or a wrong address is mended by a person. */
const PAUSE_MS = 10 * 60_000

/**
 * Writes down what became of a request to take a payout back. It stays where it
 * is: whatever MassPay answered, only its own lists prove anything. What certainly
 * was not acted on may be sent again where repeating can help; everything else is
 * decided by look-ups.
 */
export async function recordTakeBack(
  db: Db,
  {
    claimed,
    worker,
    report,
    jitter,
    beforeCommit,
  }: {
    claimed: ClaimedTakeBack
    worker: string
    report: AttemptReport
    jitter: number
    beforeCommit?: () => void | Promise<void>
  }
): Promise<RecordedTakeBack> {
  const { outcome } = report
  const decision = decideAfterAttempt({
    outcome,
    otherAttemptsUnproven: false,
    attemptCount: claimed.attempt_no,
    jitter,
  })
  const isRefused =
    outcome.kind === "failed" &&
    outcome.disposition === "stop" &&
    outcome.block !== "auth"
  const isReturned = decision.attempt_proof === "not_executed" && !isRefused
  return db.tx(async (sql) => {
    // Always the payout first: everybody locks in this order.
    await sql.rows(`select id from masspay_payout where id = ? for update`, [
      claimed.payout_id,
    ])
    await keepEvidence(
      sql,
      { claimed, report },
      // An answer is not a proof here, however good it sounds.
      {
        ...decision,
        attempt_proof:
          decision.attempt_proof === "executed" ? null : decision.attempt_proof,
      }
    )
    await holdBack(sql, report, decision)
    if (isRefused) {
      await sql.rows(
        `update masspay_operation
            set proof = 'not_executed', updated_at = masspay_now()
          where id = ? and proof = 'none'`,
        [claimed.operation_id]
      )
    }
    const isAuth = outcome.kind === "failed" && outcome.block === "auth"
    await sql.rows(
      `update masspay_payout
          set lease_owner = null, lease_until = null, version = version + 1,
              next_attempt_at = masspay_now() + ? * interval '1 millisecond',
              updated_at = masspay_now()
        where id = ? and lease_owner = ? and version = ?`,
      [
        isReturned ? (isAuth ? PAUSE_MS : decision.delay_ms) : 0,
        claimed.payout_id,
        worker,
        claimed.version,
      ]
    )
    await beforeCommit?.()
    if (isRefused) return "refused"
    return isReturned ? "returned" : "sent"
  })
}
