import { setTimeout as sleep } from "node:timers/promises"

import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { AllocationRefusedError } from "../../domain/refund-allocation"
import { actionRules, type Kernel, settlementPolicy } from "../../kernel"
import type { Answer } from "../../modules/masspay/queries/action-proposals"
import {
  allocateRefund,
  type AllocateRefundRequest,
  type AllocateRefundResult,
  orderOfRefund,
} from "../../modules/masspay/queries/allocate-refund"
import { confirmAllocation } from "../../modules/masspay/queries/allocation-answers"
import {
  databaseNow,
  type RecordedSettlement,
  recordSettlements,
  type SettlementsInput,
} from "../../modules/masspay/queries/settlements"
import type { AdminRefundAllocation } from "../../types/http-refunds"
import { withCategories } from "./product-categories"

const READS_MAX = 5
/** Longer than one of us takes, so that those who look at one order together part. */
const PAUSE_MS_MAX = 200

/** What was booked for one vendor of the order. Safe to serialise: the difference is text. */
export type SettledVendor = {
  settlement_id: string
  vendor_id: string
  currency_code: string
  /** Booked now, signed minor units; "0" when nothing changed. */
  difference: string
  /** Whether what was booked now may be collected now. */
  is_due: boolean
  held_reason: string | null
}

/** What an operator said about a refund, and what was booked for it. */
export type AllocatedRefund = {
  allocation: AdminRefundAllocation
  settlements: SettledVendor[]
}

/**
 * Computes what every vendor is due for the order's family as it stands now,
 * and books the difference to what is booked. Doing it twice, or twice at once,
 * books once: when somebody booked newer facts meanwhile, the facts are read
 * again.
 *
 * An unknown order settles nobody. Throws what the adapter throws, and
 * `conflict` when the order kept changing under our hands.
 */
export async function settleOrder(
  kernel: Kernel,
  container: MedusaContainer,
  order_id: string
): Promise<SettledVendor[]> {
  const settled = await onFreshFacts(
    kernel,
    { container, order_id },
    async (input) => recordSettlements(kernel.books, input)
  )
  return (settled?.settlements ?? []).map(settledVendor)
}

/**
 * Says whose a refund is that no line explains, and settles its order with it:
 * one transaction, on facts just read. Where two people have to agree, it is
 * proposed and nothing is settled. The same `request_id` again returns what
 * was done. Throws `AllocationRefusedError`, and what `settleOrder` throws.
 */
export async function allocateAndSettle(
  kernel: Kernel,
  container: MedusaContainer,
  { dry_run, ...request }: AllocateRefundRequest & { dry_run: boolean }
): Promise<AllocatedRefund> {
  const { approval } = actionRules(kernel.options)
  return onFreshFactsOfRefund(kernel, container, request.id, async (input) =>
    allocateRefund(kernel.books, { ...input, request, approval, dry_run })
  )
}

/** The second person's yes to what the first proposed about a refund, decided again on facts just read. Throws alike. */
export async function confirmAndSettle(
  kernel: Kernel,
  container: MedusaContainer,
  { refund, answer }: { refund: string; answer: Answer & { dry_run: boolean } }
): Promise<AllocatedRefund> {
  return onFreshFactsOfRefund(kernel, container, refund, async (input) =>
    confirmAllocation(kernel.books, { ...input, answer })
  )
}

async function onFreshFactsOfRefund(
  kernel: Kernel,
  container: MedusaContainer,
  refund: string,
  record: (input: SettlementsInput) => Promise<AllocateRefundResult>
): Promise<AllocatedRefund> {
  const order_id = await orderOfRefund(kernel.books, refund)
  const done = await onFreshFacts(kernel, { container, order_id }, record)
  if (!done) throw new AllocationRefusedError("order_not_found")
  const { allocation, settlements } = done
  return { allocation, settlements: settlements.map(settledVendor) }
}

/** Reads and records until nobody was faster; `null` when there is no such order. */
async function onFreshFacts<Result extends { outcome: string }>(
  kernel: Kernel,
  { container, order_id }: { container: MedusaContainer; order_id: string },
  record: (input: SettlementsInput) => Promise<Result>
): Promise<Exclude<Result, { outcome: "stale" }> | null> {
  const adapter = await kernel.adapter()
  const policy = settlementPolicy(kernel)
  for (let read = 0; read < READS_MAX; read += 1) {
    if (read > 0) await sleep(Math.random() * PAUSE_MS_MAX * read)
    // Before the facts: whoever applied after this moment may know more.
    const read_at = await databaseNow(kernel.books)
    const facts = await adapter.factsForOrder(container, order_id)
    if (!facts) return null

    const result = await record({
      facts: await withCategories(container, { facts, policy }),
      read_at,
      policy,
      tag: kernel.installation.tag,
    })
    if (isRecorded(result)) return result
  }
  throw new MedusaError(
    MedusaError.Types.CONFLICT,
    `Order ${order_id} was settled by others ${READS_MAX} times in a row`,
    "masspay.order_busy"
  )
}

function isRecorded<Result extends { outcome: string }>(
  result: Result
): result is Exclude<Result, { outcome: "stale" }> {
  return result.outcome === "recorded"
}

export function settledVendor({
  id,
  vendor_id,
  currency_code,
  difference,
  is_due,
  held_reason,
}: RecordedSettlement): SettledVendor {
  return {
    settlement_id: id,
    vendor_id,
    currency_code,
    difference: difference.toString(),
    is_due,
    held_reason,
  }
}
