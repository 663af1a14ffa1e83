import {
  type AfterAttempt,
  decideAfterAttempt,
} from "../../../domain/decide-next"
import type { BlockReason, PayoutStatus } from "../../../domain/payout-status"
import type { Db, Sql } from "./db"
import { markIncomplete } from "./destination-marks"
import type { ClaimedPayout } from "./dispatch"
import {
  type AttemptReport,
  type Attempts,
  holdBack,
  keepEvidence,
  readAttempts,
  type RecordInput,
  rememberTruth,
} from "./dispatch-evidence"
import { recordExecuted } from "./dispatch-executed"
import { tellShort } from "./dispatch-funds"
import { lockPayeeOfRefused, noteRefusal } from "./dispatch-refused"
import { movePayout, type PayoutColumns, PROVEN } from "./payout-moves"

export type { AttemptReport } from "./dispatch-evidence"

export type RecordedAttempt = {
  /** Where the payout went; `null` when it stayed where it was. */
  to: PayoutStatus | null
  block_reason: BlockReason | null
  /** The lease was lost before the outcome came. */
  is_late: boolean
  /** The attempt was taken for not executed before, and now it was. */
  is_contradiction: boolean
}

type Payout = {
  status: PayoutStatus
  version: number
  lease_owner: string | null
  block_detail: string | null
  ambiguous_count: number
  source_token: string | null
  currency_code: string
}

const NO_OTHERS: Attempts = {
  others_unproven: 0,
  config_refusals: 0,
  refusals: 0,
  proof: null,
}

/** A wallet that was filled should pay soon. */
const FUNDS_PAUSE_MS = 60_000
/** However often a payee or a wallet is refused, it is tried again within this time. */
const BLOCKED_PAUSE_MAX_MS = 6 * 60 * 60_000

/**
 * Writes down what became of an attempt, in one transaction. The evidence is
 * kept whoever holds the payout by now. The payout itself moves only while it
 * is still this worker's; after that, proof that the money moved completes a
 * payout whose outcome was unknown, and is a reason to look up any other.
 */
export async function recordAttemptOutcome(
  db: Db,
  input: RecordInput
): Promise<RecordedAttempt> {
  // One statement is a transaction of its own.
  const executed = await takeShortWay(db, input)
  if (executed) return executed
  return db.tx(async (sql) => {
    // Everybody locks in this order: the payee, where she is concerned, then
    // the payout.
    const payee = await lockPayeeOfRefused(sql, input)
    const payout = await lockPayout(sql, input.claimed)
    const attempts = await readAttempts(sql, input.claimed)
    const decision = decide(input, attempts)
    await keepEvidence(sql, input, decision)
    await holdBack(sql, input.report, decision)
    if (
      decision.block_reason === "funds" &&
      input.claimed.kind !== "spendback"
    ) {
      await tellShort(sql, payout.source_token, payout.currency_code)
    }

    if (payee) await noteRefusal(sql, { input, payee })
    if (input.report.code === "masspay.attributes_required") {
      await markIncomplete(sql, { payout_id: input.claimed.payout_id })
    }
    const { claimed, worker } = input
    const isOurs =
      payout.status === "sending" &&
      payout.lease_owner === worker &&
      payout.version === claimed.version
    const recorded = isOurs
      ? await moveOn(sql, { input, payout, attempts, decision })
      : await takeLate(sql, { input, payout, attempts, decision })
    await input.beforeCommit?.()
    return recorded
  })
}

/** MassPay's word that the load exists stands whatever became of other attempts. */
async function takeShortWay(
  sql: Sql,
  input: RecordInput
): Promise<RecordedAttempt | null> {
  const decision = decide(input, NO_OTHERS)
  const set = columnsAfter(decision, {
    payout: { ambiguous_count: 0 },
    attempts: NO_OTHERS,
    report: input.report,
  })
  if (!(await recordExecuted(sql, input, { ...decision, set }))) return null
  return {
    to: decision.to,
    block_reason: null,
    is_late: false,
    is_contradiction: false,
  }
}

async function lockPayout(sql: Sql, claimed: ClaimedPayout): Promise<Payout> {
  const [payout] = await sql.rows<Payout>(
    `select p.status, p.version, p.lease_owner, p.block_detail,
            p.ambiguous_count, p.source_token, p.currency_code
       from masspay_payout p
       join masspay_operation o on o.id = ?
      where p.id = ?
        for update of p, o`,
    [claimed.operation_id, claimed.payout_id]
  )
  if (!payout) throw new Error(`Payout ${claimed.payout_id} does not exist`)
  return payout
}

function decide(input: RecordInput, attempts: Attempts): AfterAttempt {
  return decideAfterAttempt({
    outcome: input.report.outcome,
    otherAttemptsUnproven: attempts.others_unproven > 0,
    attemptCount: input.claimed.attempt_no,
    configRefusals: attempts.config_refusals,
    jitter: input.jitter,
  })
}

type Recording = {
  input: RecordInput
  payout: Payout
  attempts: Attempts
  decision: AfterAttempt
}

async function moveOn(
  sql: Sql,
  { input, payout, attempts, decision }: Recording
): Promise<RecordedAttempt> {
  const { claimed, worker, report } = input
  const isTaken = await rememberTruth(sql, input, decision)
  const { to, event } = isTaken
    ? ({ to: "needs_review", event: "mismatch" } as const)
    : decision
  const version = await movePayout(sql, {
    payout_id: claimed.payout_id,
    from: "sending",
    to,
    event,
    version: payout.version,
    lease_owner: worker,
    set: {
      ...columnsAfter(decision, { payout, attempts, report }),
      ...(isTaken && { review_reason: "load_token_taken" }),
    },
    cause: claimed.attempt_id,
    detail: report.code === "ok" ? null : report.code,
  })
  if (version === null) {
    throw new Error(`Payout ${claimed.payout_id} moved although locked`)
  }
  return {
    to,
    block_reason: decision.block_reason ?? null,
    is_late: false,
    is_contradiction: false,
  }
}

function columnsAfter(
  decision: AfterAttempt,
  {
    payout,
    attempts,
    report,
  }: {
    payout: Pick<Payout, "ambiguous_count">
    attempts: Attempts
    report: AttemptReport
  }
): PayoutColumns {
  const isAmbiguous =
    decision.to === "unknown" && decision.attempt_proof === null
  const isBlocked = decision.to === "blocked"
  const pause_ms =
    decision.block_reason === "funds" ? FUNDS_PAUSE_MS : decision.delay_ms
  // A cause that seems gone and is not must not cost a request every time.
  const blockedFor_ms = Math.min(
    pause_ms * 2 ** Math.min(attempts.refusals, 20),
    BLOCKED_PAUSE_MAX_MS
  )
  return {
    needs_lookup: decision.needs_lookup,
    next_attempt_in_ms: isBlocked ? blockedFor_ms : decision.delay_ms,
    block_reason: decision.block_reason ?? null,
    block_detail: isBlocked ? report.details.join(" · ") || null : null,
    ...(decision.review_reason && { review_reason: decision.review_reason }),
    ...(report.outcome.kind === "answered" &&
      decision.to !== "unknown" && { remote_status: report.outcome.status }),
    ...(decision.to === "completed" && { completed_at: "now" }),
    ...(decision.to === "unknown"
      ? {
          unknown_since: "keep",
          ambiguous_count: payout.ambiguous_count + (isAmbiguous ? 1 : 0),
        }
      : {}),
    ...(["completed", "accepted", "blocked"].includes(decision.to) && PROVEN),
  }
}

/** The payout is no longer this worker's: only proof that money moved changes anything. */
async function takeLate(
  sql: Sql,
  { input, payout, attempts, decision }: Recording
): Promise<RecordedAttempt> {
  const { claimed, report } = input
  const late: RecordedAttempt = {
    to: null,
    block_reason: null,
    is_late: true,
    is_contradiction:
      decision.attempt_proof === "executed" &&
      attempts.proof === "not_executed",
  }
  if (decision.attempt_proof !== "executed") return late

  if (payout.status === "unknown") {
    const isTaken = await rememberTruth(sql, input, decision)
    const { to, event } = isTaken
      ? ({ to: "needs_review", event: "mismatch" } as const)
      : decision
    const version = await movePayout(sql, {
      payout_id: claimed.payout_id,
      from: "unknown",
      to,
      event,
      version: payout.version,
      set: isTaken
        ? { review_reason: "load_token_taken" }
        : columnsAfter(decision, { payout, attempts, report }),
      cause: claimed.attempt_id,
      detail: "late_result",
    })
    return { ...late, to: version === null ? null : to }
  }
  // Whoever decides about it next must see the load first. The version makes a
  // look-up that is under way, and may not show the load yet, look again.
  await sql.rows(
    `update masspay_payout
        set needs_lookup = true, version = version + 1,
            next_attempt_at = masspay_now(), updated_at = masspay_now()
      where id = ? and status in ('ready', 'blocked')`,
    [claimed.payout_id]
  )
  return late
}
