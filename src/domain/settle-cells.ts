import { allocate, type AllocationPart } from "./allocate"
import {
  commonScale,
  type Decimal,
  equalDecimals,
  parseDecimal,
  roundToMinor,
  sumDecimals,
  unitsAt,
} from "./decimal"
import { UnbalancedSettlementError } from "./errors"
import type { OrderFacts } from "./facts"
import { keyOf } from "./settle-attribution"

/** What one line contributes to the rounded total, in minor units. */
export type LineCells = { net: bigint; tax: bigint }

export type Cells = {
  /** The order's total, rounded once. All cells and `unattributed` add up to it. */
  total: bigint
  /** By `keyOf(kind, ref)`. */
  lines: ReadonlyMap<string, LineCells>
  unattributed: bigint
}

/** The platform's; sorts before the key of any line. */
const UNATTRIBUTED = "\u0001"

/**
 * Turns the exact amounts of an order into whole minor units that add up to its
 * total, rounded once. Amounts below zero are rounded first, together; what is
 * left goes to the others by largest remainder.
 *
 * Throws `UnbalancedSettlementError` when the facts do not add up, or name a
 * line twice.
 */
export function cellsOf(facts: OrderFacts): Cells {
  const exact = exactCells(facts)
  const scale = commonScale([...exact.values()])
  const above: AllocationPart[] = []
  const below: AllocationPart[] = []
  for (const [key, decimal] of exact) {
    const units = unitsAt(decimal, scale)
    if (units < 0n) below.push({ key, weight: -units })
    else above.push({ key, weight: units })
  }

  const total = roundToMinor(parseDecimal(facts.total), facts.currency_code)
  const negative = roundToMinor(
    { units: -sumOfWeights(below), scale },
    facts.currency_code
  )
  const shares = new Map([
    ...allocate(negative, below),
    ...allocate(total - negative, above),
  ])
  return assemble(facts, total, shares)
}

function assemble(
  facts: OrderFacts,
  total: bigint,
  shares: ReadonlyMap<string, bigint>
): Cells {
  const cell = (key: string): bigint => shares.get(key) ?? 0n
  const lines = new Map(
    facts.lines.map(({ kind, ref }): [string, LineCells] => {
      const key = keyOf(kind, ref)
      return [key, { net: cell(`${key}:net`), tax: cell(`${key}:tax`) }]
    })
  )
  return { total, lines, unattributed: cell(UNATTRIBUTED) }
}

function exactCells(facts: OrderFacts): Map<string, Decimal> {
  const exact = new Map<string, Decimal>()
  exact.set(UNATTRIBUTED, parseDecimal(facts.unattributed))
  for (const { kind, ref, net, tax } of facts.lines) {
    const key = keyOf(kind, ref)
    if (exact.has(`${key}:net`)) {
      throw new UnbalancedSettlementError(
        `Order ${facts.root_order_id} names the line ${ref} twice`
      )
    }
    exact.set(`${key}:net`, parseDecimal(net))
    exact.set(`${key}:tax`, parseDecimal(tax))
  }
  assertBalanced(facts, [...exact.values()])
  return exact
}

/** Throws `UnbalancedSettlementError` unless lines and `unattributed` are the total. */
function assertBalanced(facts: OrderFacts, cells: readonly Decimal[]): void {
  if (!equalDecimals(sumDecimals(cells), parseDecimal(facts.total))) {
    throw new UnbalancedSettlementError(
      `The lines of order ${facts.root_order_id} do not add up to its total`
    )
  }
}

/**
 * Facts in a currency whose decimals nobody knows: checked like all others, but
 * nothing can be counted. Throws `UnbalancedSettlementError`.
 */
export function emptyCellsOf(facts: OrderFacts): Cells {
  exactCells(facts)
  return { total: 0n, lines: new Map(), unattributed: 0n }
}

function sumOfWeights(parts: readonly AllocationPart[]): bigint {
  return parts.reduce((sum, part) => sum + part.weight, 0n)
}
