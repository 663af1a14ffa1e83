import { problemWithUser } from "../load-rules"
import { payoutEvent } from "../webhooks/payout-bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import { isIdMissing, problemsOfValues } from "./attributes"
import { findPayer } from "./catalog"
import { record } from "./entries"
import { beginLife, sourceWalletOf } from "./status"
import type { CommitOutcome, Payout } from "./types"

type CommitResult = {
  status: Exclude<CommitOutcome, "failure_after_commit">
  errors?: string
  /** Whether this very call moved the money. */
  executed: boolean
}

type CommitCause = { requestId: string | null; mustFail: boolean }

/**
 * Turns a quote into a payout and draws its money, once: whoever commits again is
 * told of a failure, and nothing moves. The journal has a line for every try.
 */
export function commit(
  world: World,
  payout: Payout,
  cause: CommitCause
): CommitResult {
  const isRepeated = payout.committed_ms !== null
  const isLate = world.clock.now() >= payout.expires_ms
  const result = isRepeated
    ? failure("Duplicate transfer")
    : decide(world, payout, { ...cause, isLate })
  record(world, payout, {
    event: "commit",
    request_id: cause.requestId,
    outcome: result.status,
    is_repeated: isRepeated,
    is_after_expiry: isLate && !isRepeated,
  })
  return result
}

function failure(errors: string): CommitResult {
  return { status: "failure", errors, executed: false }
}

function decide(
  world: World,
  payout: Payout,
  { requestId, mustFail, isLate }: CommitCause & { isLate: boolean }
): CommitResult {
  if (isLate) return { status: "ex_rate_expired", executed: false }
  if (mustFail) return failure("Generic failure")
  const script = world.payouts.script("commit", payout)
  const scripted = script?.commit ?? "success"
  const errors = script?.errors ?? "Generic failure"
  if (scripted === "failure") return failure(errors)
  if (scripted !== "success" && scripted !== "failure_after_commit") {
    return { status: scripted, executed: false }
  }
  const refusal = refusalOf(world, payout)
  if (refusal) return refusal
  execute(world, payout, requestId)
  return scripted === "success"
    ? { status: "success", executed: true }
    : { status: "failure", errors, executed: true }
}

/** What changed for the worse since the quote. */
function refusalOf(world: World, payout: Payout): CommitResult | null {
  const { store, payouts } = world
  const user = store.user(payout.user_token)
  const payer = findPayer(payouts, payout.destination_token)
  if (!user || problemWithUser(world, user)) {
    return failure("The user cannot be paid")
  }
  if (!payer) return failure("This destination is not available any more")
  const currency_code = payout.destination_currency_code
  const values = payouts.set(payout.attr_set_token ?? "")?.values ?? {}
  const problems = problemsOfValues(world, { payer, currency_code }, values)
  if (problems.length > 0 || isIdMissing(world, user, payer)) {
    return { status: "addtl_attr_req", executed: false }
  }
  const minor = payout.source_minor + payout.fee_minor
  return sourceWalletOf(world, payout).minor < minor
    ? { status: "nsf", executed: false }
    : null
}

function execute(world: World, payout: Payout, requestId: string | null): void {
  const { store, ledger, clock, tokens } = world
  const minor = payout.source_minor + payout.fee_minor
  const from = sourceWalletOf(world, payout)
  ledger.move({ from, to: null, minor, reason: "payout", payout, requestId })
  payout.out_minor = minor
  payout.committed_ms = clock.now()
  payout.status = "PROCESSING"
  if (payout.delivery_type === "CASH_PICKUP") {
    payout.pickup_code = tokens.digits(9)
  }
  store.addCommitted(payout)
  tell(world, payoutEvent(world, payout, "payout.status"))
  beginLife(world, payout)
}
