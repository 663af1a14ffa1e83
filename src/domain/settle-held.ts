import type { OrderFacts, OrderState, ReleaseEvent } from "./facts"
import type { HeldReason } from "./settle-types"

type HoldInput = {
  facts: OrderFacts
  order_id: string
  release_on: ReleaseEvent
  since: Date | null
  /** Refunded beyond what the lines shrank, and nobody has said whose it is. */
  has_unallocated_refund: boolean
  is_canceled: boolean
  /** Something was booked before. */
  is_earned: boolean
  net: bigint
}

/**
 * The first reason why nothing may be booked, or `null` when the settlement is
 * released. What was booked for a cancelled order has to come back, so there a
 * cancellation is a difference and not a hold.
 */
export function heldReason(input: HoldInput): HeldReason | null {
  const { facts, is_canceled, is_earned } = input
  if (is_canceled) return is_earned ? null : "canceled"
  if (!is_earned && isBeforeStart(input)) return "placed_before_start"
  if (input.has_unallocated_refund) return "unallocated_refund"
  if (facts.payment.captured === "none") return "not_captured"
  if (facts.payment.captured === "partial") return "partially_captured"
  if (!isReleased(input)) return "not_released"
  return !is_earned && input.net <= 0n ? "nothing_due" : null
}

function isBeforeStart({ facts, since }: HoldInput): boolean {
  return since !== null && new Date(facts.placed_at) < since
}

export function isOrderCanceled(facts: OrderFacts, order_id: string): boolean {
  return statesOf(facts, order_id).some((state) => state.is_canceled)
}

export function displayIdOf(
  facts: OrderFacts,
  order_id: string
): number | null {
  const state = facts.orders.find((order) => order.order_id === order_id)
  return state?.display_id ?? null
}

const WAITS_FOR: Record<ReleaseEvent, string> = {
  captured: "its payment is captured",
  fulfilled: "the order is fulfilled",
  delivered: "the order is delivered",
  completed: "the order is completed",
}

/** The same in plain words. */
export function heldDetail(
  reason: HeldReason,
  { facts, release_on }: { facts: OrderFacts; release_on: ReleaseEvent }
): string {
  switch (reason) {
    case "unknown_currency":
      return `Amounts in ${facts.currency_code} cannot be settled.`
    case "canceled":
      return "The order is cancelled."
    case "placed_before_start":
      return "The order is older than the payouts; the option settlement.since says from when on orders are settled."
    case "unallocated_refund":
      return "More was refunded than its lines explain; an operator has to say whose it is (unallocated refunds)."
    case "not_captured":
      return "The payment is not captured yet."
    case "partially_captured":
      return "Only a part of the payment is captured."
    case "not_released":
      return `Waits until ${WAITS_FOR[release_on]}.`
    case "nothing_due":
      return "Nothing is due to the vendor for this order."
  }
}

/** On her own order or on the one the customer paid: hosts record it on either. */
function isReleased({ facts, order_id, release_on }: HoldInput): boolean {
  if (release_on === "captured") return facts.payment.captured === "full"
  return statesOf(facts, order_id).some((state) => {
    switch (release_on) {
      case "fulfilled":
        return state.is_fulfilled
      case "delivered":
        return state.is_delivered
      case "completed":
        return state.is_completed
    }
  })
}

function statesOf(facts: OrderFacts, order_id: string): OrderState[] {
  return facts.orders.filter(
    (order) =>
      order.order_id === order_id || order.order_id === facts.root_order_id
  )
}
