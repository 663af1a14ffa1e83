import {
  clawBackOne,
  type ClawedBack,
  type Debtor,
  debtorsToCheck,
  type PayeeWallet,
} from "../modules/masspay/queries/clawback"
import type {
  CollectedPayout,
  CollectPolicy,
} from "../modules/masspay/queries/collect"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { errorFields } from "./log"
import { gatewayFields } from "./resolve-log"

/** What is carried is looked at again: wallets fill, look-ups prove. */
const AGAIN_AFTER_MS = 10 * 60_000
const DEBTORS_PER_RUN = 200
/** Remake, then take back: one debtor needs few steps in one run. */
const STEPS_MAX = 3

/**
 * Takes back what vendors have too much of, by the rungs that the shop allows
 * (`domain/clawback.ts`): gives up and remakes what was not sent, and writes
 * down what dispatch is to cancel, to reverse or to spend back. Whatever no rung
 * reaches stays open and meets the vendor's next earnings.
 *
 * Sends no money. Safe in any number of processes at once; one vendor's trouble
 * is not the next one's.
 */
export async function clawBack(
  deps: RunnerDeps,
  {
    policy,
    tag,
    vendor_id = null,
  }: { policy: CollectPolicy; tag: string; vendor_id?: string | null }
): Promise<{ payouts: CollectedPayout[] }> {
  const payouts: CollectedPayout[] = []
  const debtors = await debtorsToCheck(deps.books, {
    vendor_id,
    again_after_ms: AGAIN_AFTER_MS,
    limit: DEBTORS_PER_RUN,
  })
  for (const debtor of debtors) {
    if (deps.signal?.aborted) break
    try {
      payouts.push(...(await settleDebt(deps, { debtor, policy, tag })))
    } catch (error) {
      deps.log.error("clawback.failed", { ...debtor, ...errorFields(error) })
    }
  }
  return { payouts }
}

async function settleDebt(
  deps: RunnerDeps,
  {
    debtor,
    policy,
    tag,
  }: { debtor: Debtor; policy: CollectPolicy; tag: string }
): Promise<CollectedPayout[]> {
  const payouts: CollectedPayout[] = []
  let wallet: PayeeWallet | null | undefined
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    const done = await clawBackOne(deps.books, {
      debtor,
      ...(wallet !== undefined && { wallet }),
      policy,
      tag,
    })
    await deps.failpoint?.("clawback.written")
    tell(deps, debtor, done)
    payouts.push(...done.payouts)
    if (done.step.do === "read_wallet") {
      wallet = await readWallet(deps, debtor, done.user_token)
    } else if (done.step.do !== "remake") break
  }
  return payouts
}

/** `null` where she has none, or MassPay does not tell: then nothing is taken from it. */
async function readWallet(
  { wire, log }: RunnerDeps,
  { currency_code }: Debtor,
  user_token: string | null
): Promise<PayeeWallet | null> {
  if (user_token === null) return null
  try {
    const wallets = await wire.listWallets(user_token)
    return (
      wallets.find((wallet) => wallet.currency_code === currency_code) ?? null
    )
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.warn("clawback.unreadable", gatewayFields(error))
    return null
  }
}

function tell({ log }: RunnerDeps, debtor: Debtor, { step }: ClawedBack): void {
  switch (step.do) {
    case "remake":
    case "cancel":
    case "reverse":
    case "spend_back":
      log.info("clawback.step", {
        ...debtor,
        step: step.do,
        ...("payout_id" in step && { payout_id: step.payout_id }),
      })
      break
    default:
      break
  }
}
