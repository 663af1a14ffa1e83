/** One receiver of an allocation. `weight` is never negative. */
export type AllocationPart = { key: string; weight: bigint }

type Share = { key: string; amount: bigint; remainder: bigint }

/**
 * Divides `total` in proportion to the weights so that the shares add up to it
 * exactly. What rounding down leaves over goes, one unit each, to the largest
 * remainders; equal remainders are served by key, so the order of `parts` does
 * not matter. A negative total gives the mirror image of the positive one. When
 * every weight is zero the smallest key gets everything.
 *
 * Throws `RangeError` on a negative weight, on a key given twice, and when there
 * is something to divide but nobody to receive it.
 */
export function allocate(
  total: bigint,
  parts: readonly AllocationPart[]
): Map<string, bigint> {
  assertParts(total, parts)
  const sign = total < 0n ? -1n : 1n
  const whole = total * sign
  const weights = parts.reduce((sum, part) => sum + part.weight, 0n)

  const shares =
    weights === 0n
      ? allToFirstKey(whole, parts)
      : byLargestRemainder(whole, weights, parts)
  return new Map(shares.map((share) => [share.key, share.amount * sign]))
}

function byLargestRemainder(
  whole: bigint,
  weights: bigint,
  parts: readonly AllocationPart[]
): Share[] {
  const shares = parts.map(({ key, weight }) => ({
    key,
    amount: (whole * weight) / weights,
    remainder: (whole * weight) % weights,
  }))
  let leftover = whole - shares.reduce((sum, share) => sum + share.amount, 0n)
  for (const share of [...shares].sort(byRemainderThenKey)) {
    if (leftover === 0n) break
    share.amount += 1n
    leftover -= 1n
  }
  return shares
}

function allToFirstKey(
  whole: bigint,
  parts: readonly AllocationPart[]
): Share[] {
  const first = parts.map((part) => part.key).sort(compareKeys)[0]
  return parts.map(({ key }) => ({
    key,
    amount: key === first ? whole : 0n,
    remainder: 0n,
  }))
}

function assertParts(total: bigint, parts: readonly AllocationPart[]): void {
  if (parts.length === 0 && total !== 0n) {
    throw new RangeError("Nobody to allocate the amount to")
  }
  if (parts.some((part) => part.weight < 0n)) {
    throw new RangeError("A weight must not be negative")
  }
  if (new Set(parts.map((part) => part.key)).size !== parts.length) {
    throw new RangeError("A key was given twice")
  }
}

function byRemainderThenKey(a: Share, b: Share): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1
  return compareKeys(a.key, b.key)
}

/** By code units: the same on every host, whatever its locale. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
