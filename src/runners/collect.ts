import {
  collectDue,
  type CollectedPayout,
  type CollectPolicy,
} from "../modules/masspay/queries/collect"
import { fundingStates } from "../modules/masspay/queries/control"
import { payNow } from "../modules/masspay/queries/pay-now"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { AdminPayNow } from "../types/http-collect"
import { clawBack } from "./clawback"
import type { RunnerDeps } from "./deps"
import { linkPayees } from "./link-payees"
import { errorFields } from "./log"
import { refreshFunding } from "./refresh-funding"

const FUNDING_FRESH_MS = 60_000
const PAYOUTS_PER_RUN_MAX = 1_000

/**
 * Takes back what vendors have too much of, as far as the shop allows, and makes
 * payouts of what is due, of one vendor or of all. Before that, vendors
 * with due money get their MassPay user, and the funding wallets are read
 * again unless that was done within a minute. What MassPay does not answer
 * now keeps its reason and waits; it never keeps others from being paid.
 *
 * Sends no money. Whoever calls this nudges dispatch when payouts were made.
 */
export async function collectPayouts(
  deps: RunnerDeps,
  {
    policy,
    tag,
    vendor_id = null,
  }: { policy: CollectPolicy; tag: string; vendor_id?: string | null }
): Promise<{ payouts: CollectedPayout[] }> {
  await refreshStaleFunding(deps, policy)
  await linkPayees(deps, { vendor_id })
  const remade = await clawBack(deps, { policy, tag, vendor_id })
  const collected = await collectDue(deps.books, {
    policy,
    tag,
    vendor_id,
    limit: PAYOUTS_PER_RUN_MAX,
  })
  await deps.failpoint?.("collect.collected")
  for (const { vendor_id, error } of collected.failed) {
    deps.log.error("payout.not_created", { vendor_id, ...errorFields(error) })
  }
  const payouts = [...remade.payouts, ...collected.payouts]
  for (const payout of payouts) {
    deps.log.info("payout.created", {
      payout_id: payout.id,
      vendor_id: payout.vendor_id,
      method: payout.method,
    })
  }
  return { payouts }
}

/**
 * The same for one vendor at an operator's wish, whatever her schedule: see
 * `payNow`, whose refusals this throws.
 */
export async function payVendorNow(
  deps: RunnerDeps,
  input: Parameters<typeof payNow>[1]
): Promise<AdminPayNow> {
  await refreshStaleFunding(deps, input.policy)
  await linkPayees(deps, { vendor_id: input.vendor_id })
  const paid = await payNow(deps.books, input)
  for (const { id, status } of paid.payouts) {
    deps.log.info("payout.created", {
      payout_id: id,
      vendor_id: input.vendor_id,
      status,
      actor: input.deciding.actor,
    })
  }
  return paid
}

async function refreshStaleFunding(
  deps: RunnerDeps,
  { source_tokens }: CollectPolicy
): Promise<void> {
  const states = [...(await fundingStates(deps.books)).values()]
  const now = await databaseNow(deps.books)
  const isFresh = (as_of: string) =>
    now.getTime() - Date.parse(as_of) < FUNDING_FRESH_MS
  if (states.length > 0 && states.every((state) => isFresh(state.as_of))) return
  try {
    await refreshFunding(deps, { source_tokens })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    deps.log.warn("funding.unreadable", {
      ...errorFields(error),
      code: error.code,
    })
  }
}
