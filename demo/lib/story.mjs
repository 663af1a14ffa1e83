/** The orders of the demo: who buys what, and how far each order gets. */
import {
  captureOrder,
  completeOrder,
  deliverOrder,
  holdOrder,
  refundOrder,
  returnItem,
} from "./handle-order.mjs"
import { placeOrder } from "./place-order.mjs"

const ACT_ONE = [
  {
    currency: "usd",
    items: { "wildflower-honey": 2, "oak-cutting-board": 1, "sisal-basket": 1 },
    note: "three vendors in one cart",
  },
  {
    currency: "eur",
    items: { "oak-cutting-board": 2, "walnut-spoon": 1 },
    note: "one vendor",
  },
  {
    currency: "eur",
    items: { "kanga-cloth": 3, "beeswax-candle": 2 },
    note: "two vendors in one cart",
  },
  {
    currency: "usd",
    items: { "sisal-basket": 2 },
    isCompleted: false,
    note: "delivered, but not completed",
  },
  {
    currency: "eur",
    items: { "wildflower-honey": 4 },
    isCaptured: false,
    note: "completed, but the payment is not captured",
  },
  {
    currency: "usd",
    items: { "lighthouse-print": 2 },
    note: "from a vendor nobody can pay yet",
  },
  {
    currency: "usd",
    items: { "beeswax-candle": 3 },
    note: "one vendor",
  },
  {
    currency: "usd",
    items: { "walnut-spoon": 1, "kanga-cloth": 1 },
    refund: 4,
    note: "two vendors; 4.00 are refunded, and nobody said for which goods",
  },
  {
    currency: "usd",
    items: { postcard: 1 },
    note: "less than the smallest payout",
  },
  {
    currency: "usd",
    items: { "kanga-cloth": 2 },
    dispute: "The customer's bank asks about the payment",
    note: "an operator holds it: the customer's bank asks",
  },
]

/** Comes back when its vendor was paid: by its place in the first act. */
const RETURNS = {
  madeUpFor: {
    index: 1,
    handle: "oak-cutting-board",
    note: "a board comes back after its maker was paid",
  },
  carried: {
    index: 6,
    handle: "beeswax-candle",
    note: "a candle comes back after its maker was paid, and she sells nothing more",
  },
}

const ACT_TWO = [
  {
    currency: "eur",
    items: { "oak-cutting-board": 1, "walnut-spoon": 2 },
    note: "her next sale makes up for it",
  },
]

/**
 * @typedef {{ order_id: string, vendor_orders: { order_id: string, vendor_id: string }[],
 *   note: string }} Played
 */

/**
 * Places the first orders, one by one.
 *
 * @param {import("./shop.mjs").Shop} shop
 * @param {(order: Played) => void | Promise<void>} told called after each
 * @returns {Promise<Played[]>}
 */
export const playActOne = (shop, told) => playAll(shop, ACT_ONE, told)

/**
 * When the vendors have been paid: something comes back from two of them. One's
 * next sale makes up for it, the other's debt is carried.
 *
 * @param {{ actOne: Played[], told: Function, returned: Function }} input
 */
export async function playActTwo(shop, { actOne, told, returned }) {
  for (const { index, handle, note } of Object.values(RETURNS)) {
    const { order_id } = actOne[index]
    const { amount } = await returnItem(shop, { order_id, handle, quantity: 1 })
    await returned({ order_id, amount, note })
  }
  return playAll(shop, ACT_TWO, told)
}

/**
 * One order with everything that makes it due: placed, captured, delivered, and,
 * after `beforeCompleted`, completed.
 */
export async function playOrder(shop, { currency, items, ...how }) {
  const { isCaptured = true, isCompleted = true, beforeCompleted } = how
  const { dispute = "", refund = 0, note = "" } = how
  const order = await placeOrder(shop, { currency, items })
  if (isCaptured) await captureOrder(shop, order.order_id)
  if (dispute) await holdOrder(shop, order.order_id, dispute)
  if (refund > 0) await refundOrder(shop, order.order_id, refund)
  for (const { order_id } of order.vendor_orders) {
    await deliverOrder(shop, order_id)
  }
  beforeCompleted?.()
  for (const { order_id } of order.vendor_orders) {
    if (isCompleted) await completeOrder(shop, order_id)
  }
  return { ...order, note }
}

async function playAll(shop, orders, told) {
  const played = []
  for (const order of orders) {
    const made = await playOrder(shop, order)
    played.push(made)
    await told(made)
  }
  return played
}
