import type { KycSession } from "../domain/kyc"
import type { PayeeStatus } from "../domain/payout-status"
import {
  chooseProbes,
  claimPayeesToRefresh,
  noteUnread,
  refreshFactsOf,
} from "../modules/masspay/queries/payee-refresh"
import {
  applyPayeeTruth,
  type PayeeTruth,
} from "../modules/masspay/queries/payee-truth"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { payeeStatusOf } from "./link-payees"
import { errorFields } from "./log"
import { gatewayFields } from "./resolve-log"

export type RefreshedPayee = {
  /**
   * `stored`: truth was read and applied. `unread`: MassPay did not answer; it
   * is tried again by itself. `stale`: newer truth was applied meanwhile, each
   * time. `unknown_user`: no payee has this user.
   */
  did: "stored" | "unread" | "stale" | "unknown_user"
  payee_id: string | null
  /** As it was read; `null` where it was not. */
  status: PayeeStatus | null
  /** Requests for papers that this reading closed. */
  cleared: number
}

export type RefreshReport = {
  read: number
  unread: number
  cleared: number
  /** Payouts that may be tried although papers are wanted. */
  probes: number
}

const BATCH_SIZE = 20
/** Look-ups of payouts wait for this meanwhile. */
const BATCHES_PER_RUN_MAX = 3
const READINGS_MAX = 3

/**
 * Reads a payee's user at MassPay, and her identity sessions where those may
 * tell more, and applies what they say under the guard of `truth_as_of`. What
 * made somebody ask is no part of it: a message that says "active" about a user
 * who is locked changes nothing. Does not throw for MassPay's sake.
 */
export async function refreshPayee(
  deps: RunnerDeps,
  {
    user_token,
    with_sessions = false,
  }: { user_token: string; with_sessions?: boolean }
): Promise<RefreshedPayee> {
  const payee = await refreshFactsOf(deps.books, user_token)
  const nothing = {
    payee_id: payee?.payee_id ?? null,
    status: null,
    cleared: 0,
  }
  if (!payee) return { did: "unknown_user", ...nothing }
  for (let reading = 0; reading < READINGS_MAX; reading += 1) {
    const truth = await readUser(deps, {
      user_token,
      with_sessions: with_sessions || payee.with_sessions,
    })
    if (!truth) {
      await noteUnread(deps.books, { user_token })
      return { did: "unread", ...nothing }
    }
    const applied = await applyPayeeTruth(deps.books, truth)
    if (applied) {
      const { payee_id, status, cleared, is_changed } = applied
      if (is_changed || cleared > 0) {
        deps.log.info("payee.read", { payee_id, status, cleared })
      }
      return { did: "stored", payee_id, status, cleared }
    }
  }
  return { did: "stale", ...nothing }
}

/**
 * Reads every payee who is due: whose payments are refused or whose user is
 * locked, ever more seldom while nothing changes, and whoever somebody wants
 * read now. Bounded; safe in any number of processes at once.
 */
export async function refreshPayees(deps: RunnerDeps): Promise<RefreshReport> {
  const report: RefreshReport = { read: 0, unread: 0, cleared: 0, probes: 0 }
  for (let batch = 0; batch < BATCHES_PER_RUN_MAX; batch += 1) {
    if (deps.signal?.aborted) return report
    const payees = await claimPayeesToRefresh(deps.books, {
      limit: BATCH_SIZE,
      // One after the other, three readings of two requests each at most.
      lease_ms: BATCH_SIZE * READINGS_MAX * 2 * deps.limits.deadline_ms,
    })
    for (const payee of payees) await refreshOne(deps, { payee, report })
    if (payees.length < BATCH_SIZE) break
  }
  report.probes = await chooseProbes(deps.books, { limit: BATCH_SIZE })
  return report
}

/** Never throws: trouble with one payee is hers alone, and her lease ends. */
async function refreshOne(
  deps: RunnerDeps,
  {
    payee,
    report,
  }: {
    payee: { payee_id: string; user_token: string; with_sessions: boolean }
    report: RefreshReport
  }
): Promise<void> {
  const { payee_id, user_token, with_sessions } = payee
  try {
    const read = await refreshPayee(deps, { user_token, with_sessions })
    if (read.did === "stored") report.read += 1
    else report.unread += 1
    report.cleared += read.cleared
  } catch (error) {
    deps.log.error("payee.unrecorded", { payee_id, ...errorFields(error) })
  }
}

/** `null` where MassPay does not tell. */
async function readUser(
  deps: RunnerDeps,
  { user_token, with_sessions }: { user_token: string; with_sessions: boolean }
): Promise<PayeeTruth | null> {
  const { books, wire, log } = deps
  try {
    const looked_up_at = await databaseNow(books)
    const user = await wire.getUser(user_token)
    const status = user ? payeeStatusOf(user.status) : "deactivated"
    // A user who is gone has no sessions that could tell anything.
    const sessions =
      user && with_sessions ? await readSessions(deps, user_token) : null
    const profile_missing = user?.profile_missing
    return { user_token, status, looked_up_at, sessions, profile_missing }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.warn("payee.unreadable", gatewayFields(error))
    return null
  }
}

/** Her status counts also where MassPay does not tell of her sessions. */
async function readSessions(
  { wire, log }: RunnerDeps,
  user_token: string
): Promise<KycSession[] | null> {
  try {
    return await wire.listKycSessions(user_token)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.warn("kyc.sessions_unreadable", gatewayFields(error))
    return null
  }
}
