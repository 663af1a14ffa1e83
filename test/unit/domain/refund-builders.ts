import fc from "fast-check"

import type { LineFacts, OrderFacts } from "../../../src/domain/facts"
import {
  type BookedSettlement,
  type OrderSettlement,
  type SettlementPolicy,
  type SettlementResult,
  settleOrder,
} from "../../../src/domain/settle"
import { must } from "../../support/property"
import { aLine, aShipping, book, NOON, theFacts } from "./order-builders"

/** Amounts of one line, in the smallest units that its order is written in. */
type Amounts = { net: number; tax: number }
export type Item = Amounts & { vendor_id: string | null }
export type Shape = {
  currency: readonly [code: string, exponent: number]
  /** Decimals the shop stores beyond those of the currency. */
  finer: number
  items: Item[]
  shipping: Item[]
  policy: SettlementPolicy
}

const policy: fc.Arbitrary<SettlementPolicy> = fc.record({
  since: fc.constant(null),
  release_on: fc.constantFrom("captured", "completed"),
  hold_days: fc.constantFrom(0, 14),
  commission_basis_points: fc.oneof(
    fc.constantFrom(0, 1, 1000, 3333, 10_000),
    fc.nat({ max: 10_000 })
  ),
  shipping: fc.constantFrom("by_value", "platform"),
  tax: fc.constantFrom("vendor", "platform"),
})

const size = fc.oneof(
  fc.nat({ max: 5 }),
  fc.nat({ max: 9_999 }),
  fc.nat({ max: 2_000_000 })
)

export function shapeOf(
  vendor: fc.Arbitrary<string | null>,
  carrier: fc.Arbitrary<string | null>,
  finer: fc.Arbitrary<number>
): fc.Arbitrary<Shape> {
  const item = fc.record({
    net: size,
    tax: fc.oneof(fc.constant(0), size),
    vendor_id: vendor,
  })
  return fc.record({
    currency: fc.constantFrom(
      ["USD", 2] as const,
      ["JPY", 0] as const,
      ["KWD", 3] as const
    ),
    finer,
    items: fc.array(item, { minLength: 1, maxLength: 4 }),
    shipping: fc.array(
      fc.record({ net: size, tax: size, vendor_id: carrier }),
      {
        maxLength: 2,
      }
    ),
    policy,
  })
}

function printed(units: number | bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, "0")
  const cut = digits.length - scale
  return scale === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`
}

function lineOf(
  kind: LineFacts["kind"],
  { net, tax, vendor_id }: Item,
  { index, scale, quantity }: { index: number; scale: number; quantity: number }
): LineFacts {
  const build = kind === "item" ? aLine : aShipping
  return build({
    ref: `${kind}_${index}`,
    net: printed(net, scale),
    tax: printed(tax, scale),
    vendor_id,
    quantity,
  })
}

/** The order with `refunded` units taken off by a refund that no line explains. */
export function factsOf(
  shape: Shape,
  refunded = 0,
  quantity = 100
): OrderFacts {
  const scale = shape.currency[1] + shape.finer
  const lines = (kind: LineFacts["kind"], items: readonly Item[]) =>
    items.map((item, index) => lineOf(kind, item, { index, scale, quantity }))
  return theFacts({
    currency_code: shape.currency[0],
    lines: [
      ...lines("item", shape.items),
      ...lines("shipping", shape.shipping),
    ],
    unattributed: refunded === 0 ? "0" : `-${printed(refunded, scale)}`,
  })
}

export function wholeOf(amounts: readonly Amounts[]): number {
  return amounts.reduce((sum, { net, tax }) => sum + net + tax, 0)
}

export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, one) => sum + one, 0n)
}

/** Every cent of every line and of the order is somebody's, and nobody owes one. */
function assertWhole({ settlements, platform, total }: OrderSettlement): void {
  const parts = settlements.map((one) => one.net + one.commission)
  must(sumOf(parts) + platform === total, () => `The order is not ${total}`)
  for (const one of settlements) {
    must(
      one.gross === one.net + one.commission + one.platform,
      () => `${one.vendor_id} does not add up`
    )
    for (const line of one.lines) {
      const [gross, net, commission, kept] = [
        BigInt(line.gross),
        BigInt(line.net),
        BigInt(line.commission),
        BigInt(line.platform),
      ]
      const isWhole = gross === net + commission + kept
      const isNeverNegative = net >= 0n && commission >= 0n && kept >= 0n
      must(isWhole && isNeverNegative, () => JSON.stringify(line))
    }
    const netOfLines = sumOf(one.lines.map((line) => BigInt(line.net)))
    must(one.net === netOfLines, () => `${one.vendor_id}: lines do not add up`)
  }
}

/** The books of one order, settled again and again. */
export class Books {
  rows: BookedSettlement[] = []

  constructor(private readonly policy: SettlementPolicy) {}

  /** Settling replaces rows and changes none. */
  copy(): Books {
    const copy = new Books(this.policy)
    copy.rows = this.rows
    return copy
  }

  /** Settles, checks, and books the differences. */
  settle(facts: OrderFacts): SettlementResult[] {
    const settled = settledIn(facts, this.policy, this.rows)
    assertWhole(settled)
    this.rows = settled.settlements.map((result) =>
      book(result, this.of(result.vendor_id))
    )
    for (const { booked, vendor_id } of this.rows) {
      must(booked >= 0n, () => `${vendor_id} owes ${-booked}`)
    }
    return settled.settlements
  }

  of(vendor_id: string): BookedSettlement | undefined {
    return this.rows.find((row) => row.vendor_id === vendor_id)
  }

  /** Minor units by vendor. */
  booked(): Record<string, bigint> {
    return Object.fromEntries(
      this.rows.map(({ vendor_id, booked }) => [vendor_id, booked])
    )
  }
}

export function settledIn(
  facts: OrderFacts,
  policy: SettlementPolicy,
  booked: readonly BookedSettlement[] = []
): OrderSettlement {
  return settleOrder({ facts, booked, policy, now: NOON })
}

export function assertSame(
  a: Record<string, bigint>,
  b: Record<string, bigint>,
  what: string
): void {
  for (const vendor_id of Object.keys({ ...a, ...b })) {
    must(
      (a[vendor_id] ?? 0n) === (b[vendor_id] ?? 0n),
      () => `${what}: ${vendor_id} has ${a[vendor_id]}, not ${b[vendor_id]}`
    )
  }
}
