import type { LineFacts, OrderFacts } from "./facts"
import type {
  BookedSettlement,
  LineRule,
  SettlementPolicy,
} from "./settle-types"

/** Who a line belongs to, and by which rule. */
export type AttributedLine = {
  facts: LineFacts
  /** The order it is settled under. */
  order_id: string
  vendor_id: string | null
  rule: LineRule
  /** The facts now name somebody else than was booked. */
  is_changed: boolean
}

type Frozen = { order_id: string; vendor_id: string | null; rule: LineRule }

/**
 * Says whose every line is. What was booked once stays: a host that moves a
 * product to another vendor must not make one sale pay two vendors.
 */
export function attributeLines(
  facts: OrderFacts,
  booked: readonly BookedSettlement[],
  policy: SettlementPolicy
): AttributedLine[] {
  const frozen = frozenLines(booked)
  return facts.lines.map((line) => {
    const before = frozen.get(keyOf(line.kind, line.ref))
    if (before) {
      return {
        facts: line,
        order_id: before.rule === "own" ? before.order_id : line.order_id,
        vendor_id: before.vendor_id,
        rule: before.rule,
        is_changed: before.vendor_id !== line.vendor_id,
      }
    }
    return {
      facts: line,
      order_id: line.order_id,
      vendor_id: line.vendor_id,
      rule: ruleFor(line, policy),
      is_changed: false,
    }
  })
}

/** Items and shipping methods are named by different tables of the host. */
export function keyOf(kind: LineFacts["kind"], ref: string): string {
  return `${kind}:${ref}`
}

function frozenLines(
  booked: readonly BookedSettlement[]
): ReadonlyMap<string, Frozen> {
  const frozen = new Map<string, Frozen>()
  for (const { is_earned, order_id, lines } of booked) {
    if (!is_earned) continue
    for (const { kind, ref, vendor_id, rule } of lines) {
      frozen.set(keyOf(kind, ref), { order_id, vendor_id, rule })
    }
  }
  return frozen
}

function ruleFor(line: LineFacts, policy: SettlementPolicy): LineRule {
  if (line.kind === "item") return "own"
  if (policy.shipping === "platform") return "platform"
  return line.vendor_id === null ? "by_value" : "own"
}
