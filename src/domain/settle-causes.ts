import type { OrderFacts } from "./facts"
import { keyOf } from "./settle-attribution"
import type { BookedSettlement, SettlementLine } from "./settle-types"

/**
 * The lines, each with the exchange or claim that changed it since something was
 * booked last. What they do may be booked much later: an exchange waits for what
 * the customer owes for it, or for what she sends back.
 */
export function withCauses(
  lines: readonly SettlementLine[],
  { facts, booked }: { facts: OrderFacts; booked: BookedSettlement | undefined }
): SettlementLine[] {
  // Before anything is booked, all of it is the sale.
  if (!booked?.is_earned) return [...lines]
  const known = new Map(
    facts.lines.map((line) => [keyOf(line.kind, line.ref), line])
  )
  const before = new Map(
    booked.lines.map((line) => [keyOf(line.kind, line.ref), line])
  )
  return lines.map((line) => {
    const key = keyOf(line.kind, line.ref)
    const now = known.get(key)
    const was = before.get(key)
    const isLess = was !== undefined && line.quantity < was.quantity
    const cause =
      (was === undefined && now?.brought_by) ||
      (isLess && now?.came_back_by) ||
      was?.cause
    return cause ? { ...withoutCause(line), cause } : line
  })
}

/** As the lines are kept once what they say is booked. */
export function withoutCauses(
  lines: readonly SettlementLine[]
): SettlementLine[] {
  return lines.map(withoutCause)
}

function withoutCause({ cause: _cause, ...line }: SettlementLine) {
  return line
}
