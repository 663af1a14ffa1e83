import { allocate, type AllocationPart, compareKeys } from "./allocate"
import {
  negateDecimal,
  parseDecimal,
  roundToMinor,
  sumDecimals,
} from "./decimal"
import type { OrderFacts } from "./facts"
import type { Cells } from "./settle-cells"
import {
  type Group,
  groupOf,
  positive,
  type Share,
  takeRefund,
} from "./settle-shares"
import type { OrderPart, RefundAllocation } from "./settle-types"

/** The platform's key; smaller than any group's. */
const PLATFORM = ""

export type RefundedShare = Share & { refunded: bigint }

export type RefundPlan = {
  shares: RefundedShare[]
  /** By rule, on top of what is allocated. */
  allocations: RefundAllocation[]
  /** Nobody's yet. */
  unallocated: bigint
  parts: OrderPart[]
}

/**
 * What was refunded and is in no line, in minor units: each refund counts once.
 *
 * It is what lowered the total without being in a line, less what was paid with
 * gift cards and store credit; never more than was truly refunded; and never
 * more than the lines are worth beyond the money that was kept for them. The
 * last is what makes a refund that came before its return count once: the credit
 * it left on the order stays, but the line it was for is gone.
 */
export function unexplainedRefund(
  { payment, currency_code }: OrderFacts,
  { total, unattributed }: Cells
): bigint {
  const minor = (text: string): bigint =>
    roundToMinor(parseDecimal(text), currency_code)
  const refunded = minor(payment.refunded_total)
  const credits = positive(minor(payment.credits_total ?? "0"))
  const kept = roundToMinor(
    sumDecimals([
      parseDecimal(payment.captured_total),
      negateDecimal(parseDecimal(payment.refunded_total)),
    ]),
    currency_code
  )
  const inLines = total - unattributed
  return positive(
    smallest(-unattributed - credits, refunded, inLines - credits - kept)
  )
}

/**
 * Takes `refund` off the shares: first as it was allocated, the rest off the
 * vendor who sold everything there is (`sole`). Where there is no such vendor,
 * the rest is unallocated. Nobody bears more than she has; what is beyond that
 * is the platform's.
 *
 * Computed from the whole refund so far, so that partial refunds add up to the
 * full one without drift, whatever their order.
 */
export function planRefund({
  refund,
  allocations,
  shares,
  isCanceled,
  sole,
}: {
  refund: bigint
  allocations: readonly RefundAllocation[]
  shares: readonly Share[]
  isCanceled: (group: Group) => boolean
  sole: string | null
}): RefundPlan {
  const worth = worthOf(shares, isCanceled)
  const allocated = effectOf(allocations, refund, worth)
  const rest = refund - sumOf([...allocated.values()])

  const byRule =
    sole === null
      ? new Map<string, bigint>()
      : soleVendorsPart({ refund, rest, allocated, shares, worth, sole })
  const taken = added(allocated, byRule)
  const after = shares.map((share) => ({ ...share, refunded: 0n }))
  for (const [key, amount] of taken) {
    takeOff(after, key, amount, worth)
  }
  const parts = [...worth]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([key, { group, amount }]) => ({
      order_id: group?.order_id ?? null,
      vendor_id: group?.vendor_id ?? null,
      worth: amount,
      left: positive(amount - (taken.get(key) ?? 0n)),
    }))
  const hasVendor = parts.some(
    ({ vendor_id, left }) => vendor_id !== null && left > 0n
  )
  return {
    shares: after,
    allocations: allocationsOf(byRule, worth),
    // What no vendor has a part in is the platform's own affair.
    unallocated: hasVendor ? rest - sumOf([...byRule.values()]) : 0n,
    parts,
  }
}

type Worth = { group: Group | null; amount: bigint }

/** By key, before any refund that no line explains; the platform is always among them. */
function worthOf(
  shares: readonly Share[],
  isCanceled: (group: Group) => boolean
): Map<string, Worth> {
  const worth = new Map<string, Worth>([
    [PLATFORM, { group: null, amount: 0n }],
  ])
  for (const { group, net, tax } of shares) {
    const owner = group && !isCanceled(group) ? group : null
    const key = owner?.key ?? PLATFORM
    const before = worth.get(key)?.amount ?? 0n
    worth.set(key, {
      group: owner,
      amount: before + positive(net) + positive(tax),
    })
  }
  return worth
}

/**
 * What the allocations come to now, by key. When lines have explained a part of
 * the refund since, they come to less: first for whoever's own lines shrank,
 * because it was she who gave it back, then for everybody alike.
 */
function effectOf(
  allocations: readonly RefundAllocation[],
  refund: bigint,
  worth: ReadonlyMap<string, Worth>
): Map<string, bigint> {
  const amounts = new Map<string, bigint>()
  const basis = new Map<string, bigint>()
  for (const one of allocations) {
    const key = keyOfAllocation(one)
    amounts.set(key, (amounts.get(key) ?? 0n) + one.amount)
    // The latest: what she gave back before it has been counted already.
    basis.set(key, one.basis)
  }
  const excess = sumOf([...amounts.values()]) - refund
  if (excess <= 0n) return amounts

  const explained = [...amounts].map(([key, amount]): AllocationPart => {
    const shrunk = (basis.get(key) ?? 0n) - (worth.get(key)?.amount ?? 0n)
    return { key, weight: smallest(amount, positive(shrunk)) }
  })
  const most = sumOf(explained.map(({ weight }) => weight))
  const own = allocate(smallest(excess, most), explained)
  const left = less(amounts, own)
  const alike = allocate(
    excess - smallest(excess, most),
    [...left].map(([key, weight]) => ({ key, weight }))
  )
  return less(left, alike)
}

/** The settlements of the one vendor bear it by what they have; then the platform. */
function soleVendorsPart({
  refund,
  rest,
  allocated,
  shares,
  worth,
  sole,
}: {
  refund: bigint
  rest: bigint
  allocated: ReadonlyMap<string, bigint>
  shares: readonly Share[]
  worth: ReadonlyMap<string, Worth>
  sole: string
}): Map<string, bigint> {
  const hers = [...worth.values()].filter(
    ({ group }) => group?.vendor_id === sole
  )
  const keys = new Set(hers.flatMap(({ group }) => group?.key ?? []))
  const off = takeRefund(
    refund,
    shares.filter(({ group }) => group !== null && keys.has(group.key))
  )
  // What each would bear of the whole, so that it does not matter in how many steps.
  const missing = [...keys].map((key): AllocationPart => {
    const whole = sumOf(
      off.filter(({ group }) => group?.key === key).map((one) => one.refunded)
    )
    return { key, weight: positive(whole - (allocated.get(key) ?? 0n)) }
  })
  const most = smallest(rest, sumOf(missing.map(({ weight }) => weight)))
  const part = allocate(most, missing)
  part.set(PLATFORM, rest - sumOf([...part.values()]))
  return part
}

function allocationsOf(
  amounts: ReadonlyMap<string, bigint>,
  worth: ReadonlyMap<string, Worth>
): RefundAllocation[] {
  return [...amounts]
    .filter(([, amount]) => amount > 0n)
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([key, amount]) => {
      const { group = null, amount: basis = 0n } = worth.get(key) ?? {}
      return {
        order_id: group?.order_id ?? null,
        vendor_id: group?.vendor_id ?? null,
        amount,
        basis,
      }
    })
}

function takeOff(
  shares: RefundedShare[],
  key: string,
  amount: bigint,
  worth: ReadonlyMap<string, Worth>
): void {
  // Cancelled meanwhile: what she had is the platform's, and so is this.
  if (!worth.has(key)) return
  const own = shares.flatMap((share, index) =>
    share.group?.key === key ? [index] : []
  )
  const taken = takeRefund(
    amount,
    own.flatMap((index) => shares[index] ?? [])
  )
  own.forEach((index, at) => {
    const share = taken[at]
    if (share) shares[index] = share
  })
}

function keyOfAllocation({ order_id, vendor_id }: RefundAllocation): string {
  return order_id === null || vendor_id === null
    ? PLATFORM
    : groupOf(order_id, vendor_id).key
}

function added(
  a: ReadonlyMap<string, bigint>,
  b: ReadonlyMap<string, bigint>
): Map<string, bigint> {
  const sum = new Map(a)
  for (const [key, amount] of b) sum.set(key, (sum.get(key) ?? 0n) + amount)
  return sum
}

function less(
  a: ReadonlyMap<string, bigint>,
  b: ReadonlyMap<string, bigint>
): Map<string, bigint> {
  return new Map(
    [...a].map(([key, amount]) => [key, amount - (b.get(key) ?? 0n)])
  )
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, one) => sum + one, 0n)
}

function smallest(first: bigint, ...others: bigint[]): bigint {
  return others.reduce((least, one) => (one < least ? one : least), first)
}
