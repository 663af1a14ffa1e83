import { keyOf } from "./settle-attribution"
import { commissionOn } from "./settle-commission"
import type { Share } from "./settle-shares"
import type {
  BookedSettlement,
  CommissionRule,
  SettlementLine,
  SettlementResult,
  TaxRule,
} from "./settle-types"

/**
 * One share as the vendor's line. Commission is rounded once, on the line, and
 * her part is what is left of it: never a second rounding.
 */
export function settleLine(
  share: Share,
  {
    tax_rule,
    commission_rule,
  }: { tax_rule: TaxRule; commission_rule: CommissionRule | null }
): SettlementLine {
  const { facts, vendor_id, rule } = share.line
  const { basis } = share
  const gross = share.net + share.tax
  const commission = commissionOn(share.net, facts.quantity, commission_rule)
  const platform = tax_rule === "platform" ? share.tax : 0n
  return {
    ref: facts.ref,
    kind: facts.kind,
    title: facts.title,
    quantity: facts.quantity,
    vendor_id,
    rule,
    gross: gross.toString(),
    commission: commission.toString(),
    tax: share.tax.toString(),
    platform: platform.toString(),
    net: (gross - commission - platform).toString(),
    ...(basis && {
      basis: { net: basis.net.toString(), tax: basis.tax.toString() },
    }),
    ...(commission_rule && { commission_rule }),
  }
}

/**
 * Lines that were booked and are gone from the facts: due nothing, but kept, so
 * that nobody else can be paid for them should they come back.
 */
export function vanishedLines(
  booked: BookedSettlement | undefined,
  present: ReadonlySet<string>
): SettlementLine[] {
  if (!booked?.is_earned) return []
  return booked.lines
    .filter(({ kind, ref }) => !present.has(keyOf(kind, ref)))
    .map((line) => ({ ...withoutAmounts(line), quantity: 0 }))
}

export function withoutAmounts(line: SettlementLine): SettlementLine {
  const none = {
    gross: "0",
    commission: "0",
    tax: "0",
    platform: "0",
    net: "0",
  }
  return { ...line, ...none }
}

export type Amounts = Pick<
  SettlementResult,
  "gross" | "commission" | "shipping" | "tax" | "platform" | "net"
>

/** The sums of a settlement's lines. */
export function amountsOf(lines: readonly SettlementLine[]): Amounts {
  const sumOf = (
    of: readonly SettlementLine[],
    field: "gross" | "commission" | "tax" | "platform" | "net"
  ): bigint => of.reduce((sum, line) => sum + BigInt(line[field]), 0n)
  const shipping = lines.filter((line) => line.kind === "shipping")
  return {
    gross: sumOf(lines, "gross"),
    commission: sumOf(lines, "commission"),
    shipping: sumOf(shipping, "gross") - sumOf(shipping, "tax"),
    tax: sumOf(lines, "tax"),
    platform: sumOf(lines, "platform"),
    net: sumOf(lines, "net"),
  }
}
