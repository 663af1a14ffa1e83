import { createHash } from "node:crypto"
import { performance } from "node:perf_hooks"
import { setTimeout as sleep } from "node:timers/promises"

import { DecisionRefusedError } from "../domain/decisions"
import { maskedDestination } from "../domain/withdrawals"
import { decideOnce } from "../modules/masspay/queries/decisions"
import {
  destinationOf,
  destinationsOf,
} from "../modules/masspay/queries/destinations"
import { withLease } from "../modules/masspay/queries/leases"
import type { RemoteWallet } from "../modules/masspay-gateway/types"
import type { RunnerDeps } from "./deps"
import type { PayeeOfDestination } from "./destinations"

const WALLETS_MAX = 10
/** Requests to MassPay that somebody else's change is waited for. */
const WAITS = 3
const ASK_AGAIN_MS = 100
const WHOLE = 100

export type AutopayoutRule = {
  /** MassPay's token of the rule. */
  id: string
  currency_code: string
  percentage: number
  /** The end of MassPay's token of where it goes. */
  destination: string | null
  /** How her destination here is called, where it goes to that. */
  label: string | null
}

type Deciding = { actor: string; reason: string; request_id: string }

/** The rules on a payee's wallets, read now; ten wallets at most. Throws `GatewayError`. */
export async function rulesOf(
  deps: RunnerDeps,
  { payee_id, user_token }: Pick<PayeeOfDestination, "payee_id" | "user_token">
): Promise<AutopayoutRule[]> {
  const own = await destinationsOf(deps.books, payee_id)
  const rules: AutopayoutRule[] = []
  for (const wallet of await walletsOf(deps, user_token)) {
    const found = await deps.wire.listAutopayouts({
      user_token,
      wallet_token: wallet.token,
    })
    for (const { token, percentage, destination_token } of found) {
      rules.push({
        id: token,
        currency_code: wallet.currency_code,
        percentage,
        destination: maskedDestination(destination_token),
        label:
          own.find((one) => one.destination_token === destination_token)
            ?.label ?? null,
      })
    }
  }
  return rules
}

/**
 * Makes the rule that so much of what comes into a payee's wallet goes at once to
 * her own destination of that currency. No other destination can be named. Such
 * a rule that is there already is left as it is, so that the same again makes no
 * second one, also when both are asked for at once. Throws `DecisionRefusedError`
 * or `GatewayError`.
 */
export async function addRule(
  deps: RunnerDeps,
  wanted: Wanted
): Promise<{ effect: string }> {
  return oneAtATime(deps, wanted.payee, (turn) => addOne(deps, wanted, turn))
}

type Wanted = {
  payee: PayeeOfDestination
  currency_code: string
  percentage: number
  deciding: Deciding
}

async function addOne(
  deps: RunnerDeps,
  {
    payee: { payee_id, user_token },
    currency_code,
    percentage,
    deciding,
  }: Wanted,
  turn: Turn
): Promise<{ effect: string }> {
  const destination = await destinationOf(deps.books, {
    payee_id,
    currency_code,
  })
  if (!destination) throw new DecisionRefusedError("no_destination")
  const { destination_token, attr_set_token } = destination
  if (destination.status !== "ready" || attr_set_token === null) {
    throw new DecisionRefusedError("destination_not_ready")
  }
  if (destination.destination_currency_code !== currency_code) {
    throw new DecisionRefusedError("autopayout_needs_same_currency")
  }
  const wallets = await walletsOf(deps, user_token)
  const wallet = wallets.find((one) => one.currency_code === currency_code)
  if (!wallet) throw new DecisionRefusedError("no_wallet")
  const rules = await deps.wire.listAutopayouts({
    user_token,
    wallet_token: wallet.token,
  })
  const isThere = rules.some(
    (rule) =>
      rule.destination_token === destination_token &&
      rule.percentage === percentage
  )
  if (!isThere) {
    const taken = rules.reduce((sum, rule) => sum + rule.percentage, 0)
    if (taken + percentage > WHOLE) {
      throw new DecisionRefusedError(
        "autopayout_over_whole",
        `The rules that are there pay out ${taken} %.`
      )
    }
    turn.assertHeld()
    await deps.wire.addAutopayout({
      user_token,
      wallet_token: wallet.token,
      destination_token,
      attr_set_token,
      percentage,
      idempotency_key: keyOf("add", deciding),
      is_too_late: turn.isOver,
    })
  }
  return noted(deps, {
    payee_id,
    decision: "add_autopayout",
    payload: { payee_id, currency_code, percentage },
    effect: `${percentage} % of what comes into the ${currency_code} wallet goes to the destination from the next payment on. What was taken out cannot be reversed.`,
    deciding,
  })
}

/** Ends one of a payee's rules; one that is not hers, or gone, is not found. */
export async function deleteRule(
  deps: RunnerDeps,
  unwanted: Unwanted
): Promise<{ effect: string }> {
  return oneAtATime(deps, unwanted.payee, (turn) =>
    deleteOne(deps, unwanted, turn)
  )
}

type Unwanted = {
  payee: PayeeOfDestination
  rule_id: string
  deciding: Deciding
}

async function deleteOne(
  deps: RunnerDeps,
  { payee: { payee_id, user_token }, rule_id, deciding }: Unwanted,
  turn: Turn
): Promise<{ effect: string }> {
  for (const wallet of await walletsOf(deps, user_token)) {
    const of = { user_token, wallet_token: wallet.token }
    const rules = await deps.wire.listAutopayouts(of)
    if (!rules.some(({ token }) => token === rule_id)) continue
    turn.assertHeld()
    await deps.wire.deleteAutopayout({
      ...of,
      token: rule_id,
      idempotency_key: keyOf("delete", deciding),
    })
    return noted(deps, {
      payee_id,
      decision: "delete_autopayout",
      payload: { payee_id, rule_id },
      effect: "What comes in stays in the wallet from now on.",
      deciding,
    })
  }
  throw new DecisionRefusedError("autopayout_not_found")
}

/**
 * What a rule may be depends on the rules that are there, and MassPay does not
 * refuse a second one. So whoever changes a payee's rules holds a lease on them,
 * in the database, while MassPay is asked; who comes meanwhile waits, and then
 * sees what the first one did.
 */
async function oneAtATime<Result>(
  { books, worker, limits, signal }: RunnerDeps,
  { payee_id }: PayeeOfDestination,
  work: (turn: Turn) => Promise<Result>
): Promise<Result> {
  const lease = {
    key: `autopayouts:${payee_id}`,
    worker,
    lease_ms: 2 * limits.deadline_ms,
  }
  const until_ms = performance.now() + WAITS * limits.deadline_ms
  for (;;) {
    const run = await withLease(books, lease, (_signal, leftMs) => {
      // A request that leaves now has ended before somebody else begins.
      const isOver = () => leftMs() < limits.deadline_ms
      return work({ isOver, assertHeld: () => assertHeld(isOver) })
    })
    if (run.ran) return run.result
    if (signal?.aborted || performance.now() >= until_ms) throw busy()
    await sleep(ASK_AGAIN_MS)
  }
}

/** While it is ours to change a payee's rules. */
type Turn = {
  /** Whether whoever comes next could begin before a request has ended. */
  isOver: () => boolean
  assertHeld: () => void
}

function assertHeld(isOver: () => boolean): void {
  if (isOver()) throw busy()
}

function busy(): DecisionRefusedError {
  return new DecisionRefusedError("autopayouts_busy")
}

async function walletsOf(
  { wire }: RunnerDeps,
  user_token: string
): Promise<RemoteWallet[]> {
  const wallets = await wire.listWallets(user_token)
  return wallets.slice(0, WALLETS_MAX)
}

/** The same for the same request, and nobody's data. */
function keyOf(what: string, { actor, request_id }: Deciding): string {
  const hash = createHash("sha256").update(`${actor}\n${request_id}`)
  return `autopayout-${what}-${hash.digest("hex").slice(0, 40)}`
}

async function noted(
  { books, log }: RunnerDeps,
  {
    payee_id,
    decision,
    payload,
    effect,
    deciding,
  }: {
    payee_id: string
    decision: "add_autopayout" | "delete_autopayout"
    payload: Record<string, unknown>
    effect: string
    deciding: Deciding
  }
): Promise<{ effect: string }> {
  const result = await decideOnce(
    books,
    { decision, payload, ...deciding },
    async () => ({ payee_id, result: { effect } })
  )
  log.info("autopayout.changed", { payee_id, decision, actor: deciding.actor })
  return result
}
