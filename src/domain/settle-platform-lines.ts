import { compareKeys } from "./allocate"
import type { OrderFacts } from "./facts"
import { type AttributedLine, keyOf } from "./settle-attribution"
import type { Share } from "./settle-shares"
import type { OrderSettlement, SettlementPolicy } from "./settle-types"

/**
 * How long after the order was placed a line nobody owns may still find its
 * vendor, where payment alone releases an order: marketplaces make the vendors'
 * orders a moment after the one the customer paid, and a look in between must
 * not leave a vendor unpaid for good.
 */
const GRACE_MS = 10 * 60_000

/**
 * The lines that are the platform's from now on: nobody but the platform has
 * anything of them, and the order was settled. Whoever is named as their vendor
 * later is not paid for them.
 */
export function newPlatformLines({
  facts,
  policy,
  now,
  platform_lines,
  lines,
  shares,
  isSettled,
}: {
  facts: OrderFacts
  policy: SettlementPolicy
  now: Date
  platform_lines?: ReadonlySet<string>
  lines: readonly AttributedLine[]
  shares: readonly Share[]
  isSettled: boolean
}): OrderSettlement["platform_lines"] {
  if (!isSettled || isTooEarly(facts, policy, now)) return []
  const ofVendors = new Set(
    shares.flatMap(({ line, group }) => (group ? [keyOfLine(line)] : []))
  )
  return lines
    .filter((line) => line.vendor_id === null && line.facts.vendor_id === null)
    .filter((line) => !ofVendors.has(keyOfLine(line)))
    .filter((line) => !platform_lines?.has(keyOfLine(line)))
    .map(({ facts: { kind, ref } }) => ({ kind, ref }))
    .sort((a, b) => compareKeys(keyOf(a.kind, a.ref), keyOf(b.kind, b.ref)))
}

function isTooEarly(
  { placed_at }: OrderFacts,
  { release_on }: SettlementPolicy,
  now: Date
): boolean {
  const age_ms = now.getTime() - new Date(placed_at).getTime()
  return release_on === "captured" && age_ms < GRACE_MS
}

function keyOfLine({ facts: { kind, ref } }: AttributedLine): string {
  return keyOf(kind, ref)
}
