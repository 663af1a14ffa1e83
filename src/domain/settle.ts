import { compareKeys } from "./allocate"
import { canonicalCurrency, isKnownCurrency } from "./currency"
import { parseDecimal, roundToMinor } from "./decimal"
import { UnbalancedSettlementError } from "./errors"
import { factsHash } from "./facts-hash"
import {
  type AttributedLine,
  attributeLines,
  keyOf,
} from "./settle-attribution"
import { type Cells, cellsOf, emptyCellsOf } from "./settle-cells"
import { differenceOf } from "./settle-difference"
import {
  displayIdOf,
  heldDetail,
  heldReason,
  isOrderCanceled,
} from "./settle-held"
import {
  amountsOf,
  type LineTerms,
  settleLine,
  vanishedLines,
  withoutAmounts,
} from "./settle-lines"
import {
  type Group,
  groupOf,
  sellersOf,
  type Share,
  sharesOf,
  takeRefund,
} from "./settle-shares"
import { assertSettleInput, termsOf, timesOf } from "./settle-terms"
import type {
  BookedSettlement,
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
  return { settlements, platform, total: family.cells.total }
}

type RefundedShare = Share & { refunded: bigint }

/** What the settlements of one order have in common. */
class Family {
  readonly isPayable: boolean
  readonly cells: Cells
  private readonly lines: AttributedLine[]
  private readonly shares: RefundedShare[]
  private readonly hash: string
  private hasUnallocatedRefund = false

  constructor(private readonly input: SettleInput) {
    const { facts, booked, policy } = input
    this.isPayable = isKnownCurrency(facts.currency_code)
    this.cells = this.isPayable ? cellsOf(facts) : emptyCellsOf(facts)
    this.lines = attributeLines(facts, booked, policy)
    this.hash = factsHash(facts, policy)
    this.shares = this.afterRefund(
      sharesOf(this.lines, this.cells, {
        booked,
        isCanceled: (group) => this.isCanceled(group),
      })
    )
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
    const booked = this.bookedOf(group)
    const is_earned = booked?.is_earned ?? false
    const is_canceled = this.isCanceled(group)
    const shares = this.shares.filter((share) => share.group?.key === group.key)
    const terms = termsOf(booked, policy)
    const lines = this.linesOf(group, shares, terms)
    const amounts = amountsOf(lines)
    const refunded = is_canceled
      ? 0n
      : shares.reduce((sum, share) => sum + share.refunded, 0n)
    const held_reason = this.isPayable
      ? heldReason({
          facts,
          order_id,
          release_on: policy.release_on,
          since: policy.since,
          has_unallocated_refund: this.hasUnallocatedRefund,
          is_canceled,
          is_earned,
          net: amounts.net,
        })
      : "unknown_currency"
    const times = timesOf({ booked, held_reason, policy, now })

    return {
      order_id,
      vendor_id,
      currency_code: canonicalCurrency(facts.currency_code),
      display_id: displayIdOf(facts, order_id),
      ...amounts,
      refunded,
      ...terms,
      lines,
      held_reason,
      held_detail: held_reason && heldDetail(held_reason, { facts, ...policy }),
      notice: shares.some((share) => share.line.is_changed)
        ? "attribution_changed"
        : null,
      ...times,
      facts_hash: this.hash,
      difference: differenceOf({
        net: amounts.net,
        booked,
        held_reason,
        available_at: times.available_at,
        now,
        why: { facts, lines, is_canceled, refunded },
      }),
    }
  }

  /** Everything of the order that no vendor gets, commission apart. */
  platformPart(settlements: readonly SettlementResult[]): bigint {
    const kept = this.shares.reduce((sum, { group, net, tax, refunded }) => {
      const isPlatforms = group === null || this.isCanceled(group)
      // A refund taken off a vendor is one the platform does not bear.
      return sum + refunded + (isPlatforms ? net + tax : 0n)
    }, this.cells.unattributed)
    return settlements.reduce((sum, { platform }) => sum + platform, kept)
  }

  private linesOf(
    group: Group,
    shares: readonly Share[],
    terms: LineTerms
  ): SettlementLine[] {
    const own = shares.map((share) => settleLine(share, terms))
    const kept = this.shares
      .filter((share) => share.line.rule === "platform")
      .map((share) => withoutAmounts(settleLine(share, terms)))
    const present = new Set(
      this.input.facts.lines.map((line) => keyOf(line.kind, line.ref))
    )
    const gone = vanishedLines(this.bookedOf(group), present)
    const lines = this.isCanceled(group) ? own.map(withoutAmounts) : own
    return [...lines, ...kept, ...gone].sort((a, b) =>
      compareKeys(keyOf(a.kind, a.ref), keyOf(b.kind, b.ref))
    )
  }

  /**
   * A refund no line explains is a vendor's only when she sold everything there
   * is; otherwise a person has to say whose it is.
   */
  private afterRefund(shares: readonly Share[]): RefundedShare[] {
    const untouched = shares.map((share) => ({ ...share, refunded: 0n }))
    const refund = -this.cells.unattributed
    if (refund <= 0n) return untouched
    const isHers = this.soleVendorShares()
    // More than was refunded is no refund: a gift card, or credit of the store.
    if (!isHers || refund > this.refunded()) {
      this.hasUnallocatedRefund = true
      return untouched
    }
    const hers = takeRefund(refund, shares.filter(isHers))
    return [...untouched.filter((share) => !isHers(share)), ...hers]
  }

  /** What went back to the customer, minor units. */
  private refunded(): bigint {
    const { payment, currency_code } = this.input.facts
    return roundToMinor(parseDecimal(payment.refunded_total), currency_code)
  }

  private soleVendorShares(): ((share: Share) => boolean) | null {
    const sellers = sellersOf(this.lines)
    const [vendor_id] = sellers
    if (sellers.size !== 1 || vendor_id === null || vendor_id === undefined) {
      return null
    }
    return ({ group }) =>
      group !== null && group.vendor_id === vendor_id && !this.isCanceled(group)
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
