import { compareKeys } from "./allocate"
import { canonicalCurrency, isKnownCurrency } from "./currency"
import { UnbalancedSettlementError } from "./errors"
import {
  type AttributedLine,
  attributeLines,
  keyOf,
} from "./settle-attribution"
import { withCauses, withoutCauses } from "./settle-causes"
import { type Cells, cellsOf, emptyCellsOf } from "./settle-cells"
import { commissionRuleFor } from "./settle-commission"
import { differenceOf } from "./settle-difference"
import {
  displayIdOf,
  heldDetail,
  heldReason,
  isOrderCanceled,
} from "./settle-held"
import {
  amountsOf,
  settleLine,
  vanishedLines,
  withoutAmounts,
} from "./settle-lines"
import { newPlatformLines } from "./settle-platform-lines"
import {
  planRefund,
  type RefundPlan,
  unexplainedRefund,
} from "./settle-refunds"
import {
  type Group,
  groupOf,
  sellersOf,
  type Share,
  sharesOf,
} from "./settle-shares"
import { assertSettleInput, type Terms, termsOf, timesOf } from "./settle-terms"
import type {
  BookedSettlement,
  CommissionRule,
  HeldReason,
  OrderSettlement,
  SettleInput,
  SettlementLine,
  SettlementResult,
} from "./settle-types"

export * from "./settle-types"

/** The settlements of `settleOrder`, which says everything there is to say. */
export function settle(input: SettleInput): SettlementResult[] {
  return settleOrder(input).settlements
}

/**
 * Computes what every vendor of one order family is due now, and what to book
 * so that the books say so. Level-triggered: sales, returns, edits, refunds and
 * cancellations are all differences to what is booked, and the same facts give
 * the same answer however often and in whatever order they are looked at.
 *
 * Returns one settlement for every (order, vendor) that has a line or a row in
 * `booked`, ordered by both. Throws `UnbalancedSettlementError` when the facts
 * do not add up and `CurrencyMismatchError` when rows are in another currency.
 */
export function settleOrder(input: SettleInput): OrderSettlement {
  assertSettleInput(input)
  const family = new Family(input)
  const settlements = family.groups().map((group) => family.settle(group))
  const platform = family.platformPart(settlements)
  assertAddsUp(settlements, platform, family.cells.total)
  return {
    settlements,
    platform,
    total: family.cells.total,
    ...family.toWrite(settlements),
  }
}

/** What the settlements of one order have in common. */
class Family {
  readonly isPayable: boolean
  readonly cells: Cells
  private readonly lines: AttributedLine[]
  private readonly refund: RefundPlan

  constructor(private readonly input: SettleInput) {
    const { facts, booked, policy, allocations = [] } = input
    const { platform_lines = new Set<string>() } = input
    const isCanceled = (group: Group) => this.isCanceled(group)
    this.isPayable = isKnownCurrency(facts.currency_code)
    this.cells = this.isPayable ? cellsOf(facts) : emptyCellsOf(facts)
    this.lines = attributeLines(facts, { booked, policy, platform_lines })
    this.refund = planRefund({
      refund: this.isPayable ? unexplainedRefund(facts, this.cells) : 0n,
      allocations,
      shares: sharesOf(this.lines, this.cells, { booked, isCanceled }),
      isCanceled,
      sole: this.soleVendor(),
    })
  }

  groups(): Group[] {
    const groups = new Map<string, Group>()
    const add = (order_id: string, vendor_id: string): void => {
      const group = groupOf(order_id, vendor_id)
      groups.set(group.key, group)
    }
    for (const { rule, order_id, vendor_id } of this.lines) {
      if (rule === "own" && vendor_id !== null) add(order_id, vendor_id)
    }
    for (const { order_id, vendor_id } of this.input.booked) {
      add(order_id, vendor_id)
    }
    return [...groups.values()].sort(
      (a, b) =>
        compareKeys(a.order_id, b.order_id) ||
        compareKeys(a.vendor_id, b.vendor_id)
    )
  }

  settle(group: Group): SettlementResult {
    const { order_id, vendor_id } = group
    const { facts, policy, now } = this.input
    const { currency_code } = facts
    const booked = this.bookedOf(group)
    const is_canceled = this.isCanceled(group)
    const shares = this.refund.shares.filter(
      (share) => share.group?.key === group.key
    )
    const terms = termsOf(booked, { vendor_id, currency_code, policy })
    const lines = withCauses(this.linesOf(group, shares, terms), {
      facts,
      booked,
    })
    const amounts = amountsOf(lines)
    const refunded = is_canceled
      ? 0n
      : shares.reduce((sum, share) => sum + share.refunded, 0n)
    const held_reason = this.heldReasonOf(group, amounts.net)
    const times = timesOf({ booked, held_reason, policy, now })
    const difference = differenceOf({
      net: amounts.net,
      booked,
      held_reason,
      available_at: times.available_at,
      now,
      why: { facts, lines, is_canceled },
    })
    const isBooked =
      difference !== null || amounts.net === (booked?.booked ?? 0n)

    return {
      order_id,
      vendor_id,
      currency_code: canonicalCurrency(currency_code),
      display_id: displayIdOf(facts, order_id),
      ...amounts,
      refunded,
      ...terms,
      lines: isBooked ? withoutCauses(lines) : lines,
      held_reason,
      held_detail: held_reason && heldDetail(held_reason, { facts, ...policy }),
      notice: this.isChanged(group) ? "attribution_changed" : null,
      ...times,
      difference,
    }
  }

  /** Everything of the order that no vendor gets, commission apart. */
  platformPart(settlements: readonly SettlementResult[]): bigint {
    const kept = this.refund.shares.reduce(
      (sum, { group, net, tax, refunded }) => {
        const isPlatforms = group === null || this.isCanceled(group)
        // A refund taken off a vendor is one the platform does not bear.
        return sum + refunded + (isPlatforms ? net + tax : 0n)
      },
      this.cells.unattributed
    )
    return settlements.reduce((sum, { platform }) => sum + platform, kept)
  }

  /** What has to be written with the entries, so that the next look knows it. */
  toWrite(
    settlements: readonly SettlementResult[]
  ): Pick<
    OrderSettlement,
    "allocations" | "unallocated" | "parts" | "platform_lines"
  > {
    const isBooked =
      this.input.booked.some((row) => row.is_earned) ||
      settlements.some(({ difference }) => difference !== null)
    const isHeld = settlements.some(
      ({ held_reason }) => held_reason === "unallocated_refund"
    )
    return {
      // Before anything is booked nothing is frozen: the next look may know better.
      allocations: isBooked ? this.refund.allocations : [],
      unallocated: isHeld ? this.refund.unallocated : 0n,
      parts: this.refund.parts,
      platform_lines: newPlatformLines({
        ...this.input,
        lines: this.lines,
        shares: this.refund.shares,
        isSettled: isBooked || this.isReleasedWithoutVendor(settlements),
      }),
    }
  }

  private heldReasonOf(group: Group, net: bigint): HeldReason | null {
    if (!this.isPayable) return "unknown_currency"
    const { facts, policy } = this.input
    return heldReason({
      facts,
      order_id: group.order_id,
      release_on: policy.release_on,
      since: policy.since,
      has_unallocated_refund: this.refund.unallocated > 0n,
      is_canceled: this.isCanceled(group),
      is_earned: this.bookedOf(group)?.is_earned ?? false,
      net,
    })
  }

  /** The platform sold everything, and a vendor would have been paid for it by now. */
  private isReleasedWithoutVendor(
    settlements: readonly SettlementResult[]
  ): boolean {
    if (settlements.length > 0) return false
    const { root_order_id: order_id } = this.input.facts
    return this.heldReasonOf(groupOf(order_id, ""), 1n) === null
  }

  /** One of her lines is somebody else's by now, or hers what somebody else was booked for. */
  private isChanged({ key, vendor_id }: Group): boolean {
    return this.refund.shares.some(
      ({ line, group }) =>
        line.is_changed &&
        (group?.key === key || line.facts.vendor_id === vendor_id)
    )
  }

  private linesOf(
    group: Group,
    shares: readonly Share[],
    terms: Terms
  ): SettlementLine[] {
    const { tax_rule } = terms
    const own = shares.map((share) =>
      settleLine(share, {
        tax_rule,
        commission_rule: this.commissionRuleOf(share.line, group, terms),
      })
    )
    const kept = this.refund.shares
      .filter((share) => share.line.rule === "platform")
      .map((share) => settleLine(share, { tax_rule, commission_rule: null }))
      .map(withoutAmounts)
    const present = new Set(
      this.input.facts.lines.map((line) => keyOf(line.kind, line.ref))
    )
    const gone = vanishedLines(this.bookedOf(group), present)
    const lines = this.isCanceled(group) ? own.map(withoutAmounts) : own
    return [...lines, ...kept, ...gone].sort((a, b) =>
      compareKeys(keyOf(a.kind, a.ref), keyOf(b.kind, b.ref))
    )
  }

  private commissionRuleOf(
    { facts, commission_rule }: AttributedLine,
    { vendor_id }: Group,
    { commission_basis_points, commission_fixed }: Terms
  ): CommissionRule | null {
    if (commission_rule) return commission_rule
    return commissionRuleFor(facts, {
      vendor_id,
      rate: { basis_points: commission_basis_points, fixed: commission_fixed },
      policy: this.input.policy,
      currency_code: this.input.facts.currency_code,
    })
  }

  /** Who sold everything there is; `null` where several did, or the platform. */
  private soleVendor(): string | null {
    const sellers = sellersOf(this.lines)
    const [vendor_id = null] = sellers
    return sellers.size === 1 ? vendor_id : null
  }

  private isCanceled({ order_id }: Group): boolean {
    return isOrderCanceled(this.input.facts, order_id)
  }

  private bookedOf({
    order_id,
    vendor_id,
  }: Group): BookedSettlement | undefined {
    return this.input.booked.find(
      (row) => row.order_id === order_id && row.vendor_id === vendor_id
    )
  }
}

/** Money is never lost between the parts; if it were, nothing may be booked. */
function assertAddsUp(
  settlements: readonly SettlementResult[],
  platform: bigint,
  total: bigint
): void {
  const sum = settlements.reduce(
    (so_far, { net, commission }) => so_far + net + commission,
    platform
  )
  if (sum !== total) {
    throw new UnbalancedSettlementError(
      "The parts of an order do not add up to its total"
    )
  }
}
