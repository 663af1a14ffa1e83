import type { LineFacts, OrderFacts } from "./facts"
import type {
  BookedSettlement,
  CommissionRule,
  LineRule,
  SettlementLine,
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
  /** Its commission is computed as at its first booking; `null` before that. */
  commission_rule: CommissionRule | null
}

type Frozen = {
  order_id: string
  vendor_id: string | null
  rule: LineRule
  commission_rule: CommissionRule | null
}

/**
 * Says whose every line is. What was booked once stays: a host that moves a
 * product to another vendor must not make one sale pay two vendors, nor a
 * vendor for what the platform sold.
 */
export function attributeLines(
  facts: OrderFacts,
  {
    booked,
    policy,
    platform_lines,
  }: {
    booked: readonly BookedSettlement[]
    policy: SettlementPolicy
    platform_lines: ReadonlySet<string>
  }
): AttributedLine[] {
  const frozen = frozenLines(booked)
  return facts.lines.map((line) => {
    const key = keyOf(line.kind, line.ref)
    const before = frozen.get(key)
    if (before) {
      return {
        facts: line,
        order_id: before.rule === "own" ? before.order_id : line.order_id,
        vendor_id: before.vendor_id,
        rule: before.rule,
        is_changed: before.vendor_id !== line.vendor_id,
        commission_rule: before.commission_rule,
      }
    }
    const isPlatforms = platform_lines.has(key)
    return {
      facts: line,
      order_id: line.order_id,
      vendor_id: isPlatforms ? null : line.vendor_id,
      rule: isPlatforms ? platformRule(line) : ruleFor(line, policy),
      is_changed: isPlatforms && line.vendor_id !== null,
      commission_rule: null,
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
  for (const row of booked) {
    if (!row.is_earned) continue
    for (const line of row.lines) {
      const { vendor_id, rule } = line
      const { order_id } = row
      const commission_rule = frozenCommission(row, line)
      frozen.set(keyOf(line.kind, line.ref), {
        order_id,
        vendor_id,
        rule,
        commission_rule,
      })
    }
  }
  return frozen
}

/** Lines from before the rule was kept had the rate of their settlement. */
function frozenCommission(
  { commission_basis_points, commission_fixed }: BookedSettlement,
  { kind, commission_rule }: SettlementLine
): CommissionRule | null {
  if (commission_rule) return commission_rule
  if (kind === "shipping") return null
  return {
    by: "default",
    id: null,
    basis_points: commission_basis_points,
    fixed: (commission_fixed ?? 0n).toString(),
  }
}

function ruleFor(line: LineFacts, policy: SettlementPolicy): LineRule {
  if (line.kind === "item") return "own"
  if (policy.shipping === "platform") return "platform"
  if (line.vendor_id !== null) return "own"
  return policy.shipping === "vendor" ? "platform" : "by_value"
}

/** An item without a vendor is nobody's own; its shipping is not divided either. */
function platformRule(line: LineFacts): LineRule {
  return line.kind === "item" ? "own" : "platform"
}
