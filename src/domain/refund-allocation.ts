import { allocate, compareKeys } from "./allocate"
import { parseMajor } from "./money"
import type { OrderPart, RefundAllocation } from "./settle-types"

/** Why an allocation is refused. Stable codes, with plain words for the operator. */
const REFUSALS = {
  refund_not_found: "There is no such refund.",
  order_not_found: "The shop has no such order any more.",
  nothing_unallocated: "Nothing of this refund is unallocated.",
  bad_amount: "Every amount has to be above zero, in the order's currency.",
  vendor_twice: "A vendor, or the platform, is named twice.",
  wrong_sum: "The amounts have to add up to what is unallocated.",
  not_in_order: "This vendor has nothing in the order to take it from.",
  more_than_part: "This is more than the vendor has left of the order.",
  already_proposed: "A second person has been asked about this refund already.",
  order_changed:
    "The order, or what of the refund is unallocated, has changed since this was proposed. Reject it and propose it anew.",
  request_id_used:
    "This request_id was used for something else. Use a new one for each action.",
} as const
export type AllocationRefusal = keyof typeof REFUSALS

/** Nothing was written. The message is for the operator. */
export class AllocationRefusedError extends Error {
  constructor(
    readonly code: AllocationRefusal,
    detail = ""
  ) {
    super(`${REFUSALS[code]}${detail && ` ${detail}`}`)
    this.name = "AllocationRefusedError"
  }

  /** Whether what was named does not exist. */
  get is_not_found(): boolean {
    return this.code.endsWith("_not_found")
  }
}

/** Who shall bear how much, in major units; `null` is the platform. */
export type AskedAllocation = { vendor_id: string | null; amount: string }

/** In plain words, what allocating does; `proposed`: what asking a second person for it does. */
export const EFFECT_OF_ALLOCATING = {
  done: "Each bears her part of the refund; her settlement was computed anew.",
  preview:
    "Each would bear her part of the refund, and her settlement would be computed anew. Nothing was changed.",
  proposed:
    "A second person is asked to confirm. Until the answer nothing is allocated. Then: each bears her part of the refund, and her settlement is computed anew.",
  rejected: "Nothing is allocated.",
} as const

/** What is not allocated, divided by what each has left of the order; what nobody has is the platform's. */
export function suggestSplit(
  amount: bigint,
  parts: readonly OrderPart[]
): { vendor_id: string | null; amount: bigint; most: bigint | null }[] {
  const left = leftByVendor(parts)
  const most = [...left.values()].reduce((sum, one) => sum + one, 0n)
  const taken = allocate(
    amount < most ? amount : most,
    [...left].map(([vendor_id, weight]) => ({ key: keyOf(vendor_id), weight }))
  )
  const rest = amount > most ? amount - most : 0n
  return [...left].map(([vendor_id, part]) => ({
    vendor_id,
    amount:
      (taken.get(keyOf(vendor_id)) ?? 0n) + (vendor_id === null ? rest : 0n),
    most: vendor_id === null ? null : part,
  }))
}

/**
 * What an operator says about one refund, as allocations to settlements. A
 * vendor with several settlements in the order bears it by what each has left.
 * Throws `AllocationRefusedError`.
 */
export function decideAllocation({
  unallocated,
  parts,
  asked,
  currency_code,
}: {
  unallocated: bigint
  parts: readonly OrderPart[]
  asked: readonly AskedAllocation[]
  currency_code: string
}): RefundAllocation[] {
  if (unallocated <= 0n) throw new AllocationRefusedError("nothing_unallocated")
  const amounts = asked.map(({ vendor_id, amount }) => ({
    vendor_id,
    minor: minorOf(amount, currency_code),
  }))
  if (new Set(asked.map((one) => one.vendor_id)).size !== asked.length) {
    throw new AllocationRefusedError("vendor_twice")
  }
  const sum = amounts.reduce((so_far, { minor }) => so_far + minor, 0n)
  if (sum !== unallocated) throw new AllocationRefusedError("wrong_sum")
  return amounts.flatMap(({ vendor_id, minor }) =>
    vendor_id === null
      ? [ofPlatform(minor, parts)]
      : ofVendor(vendor_id, minor, parts)
  )
}

/**
 * What a second person agrees to: how much is to be allocated, and what each has
 * of the order. The same text says that neither has changed.
 */
export function groundsOf(
  unallocated: bigint,
  parts: readonly OrderPart[]
): string {
  return JSON.stringify([
    unallocated.toString(),
    parts
      .map((part) => [
        part.order_id ?? "",
        keyOf(part.vendor_id),
        part.worth.toString(),
        part.left.toString(),
      ])
      .sort((a, b) => compareKeys(a.join("\n"), b.join("\n"))),
  ])
}

function ofPlatform(
  amount: bigint,
  parts: readonly OrderPart[]
): RefundAllocation {
  const own = parts.find(({ vendor_id }) => vendor_id === null)
  return { order_id: null, vendor_id: null, amount, basis: own?.worth ?? 0n }
}

function ofVendor(
  vendor_id: string,
  amount: bigint,
  parts: readonly OrderPart[]
): RefundAllocation[] {
  const hers = parts.filter(
    (part) => part.vendor_id === vendor_id && part.left > 0n
  )
  if (hers.length === 0)
    throw new AllocationRefusedError("not_in_order", vendor_id)
  const most = hers.reduce((sum, { left }) => sum + left, 0n)
  if (amount > most)
    throw new AllocationRefusedError("more_than_part", vendor_id)
  const taken = allocate(
    amount,
    hers.map(({ order_id, left }) => ({ key: order_id ?? "", weight: left }))
  )
  return hers
    .map(({ order_id, worth }) => ({
      order_id,
      vendor_id,
      amount: taken.get(order_id ?? "") ?? 0n,
      basis: worth,
    }))
    .filter((one) => one.amount > 0n)
}

function leftByVendor(parts: readonly OrderPart[]): Map<string | null, bigint> {
  const left = new Map<string | null, bigint>()
  for (const { vendor_id, left: part } of parts) {
    left.set(vendor_id, (left.get(vendor_id) ?? 0n) + part)
  }
  return left
}

function minorOf(amount: string, currency_code: string): bigint {
  try {
    const minor = parseMajor(amount, currency_code)
    if (minor > 0n) return minor
  } catch {
    // Said below, in words for the operator.
  }
  throw new AllocationRefusedError("bad_amount", amount)
}

/** Smaller than any vendor's: the platform is told from a vendor of that name. */
function keyOf(vendor_id: string | null): string {
  return vendor_id === null ? "" : `v:${vendor_id}`
}
