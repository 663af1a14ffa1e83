/** The orders of the demo: who buys what, and how far each order gets. */
import {
  captureOrder,
  completeOrder,
  deliverOrder,
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
]

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
 * When the vendors have been paid: something comes back, and is taken off the
 * vendor's next sale.
 *
 * @param {{ actOne: Played[], told: Function, returned: Function }} input
 */
export async function playActTwo(shop, { actOne, told, returned }) {
  const { order_id } = actOne[1]
  const { amount } = await returnItem(shop, {
    order_id,
    handle: "oak-cutting-board",
    quantity: 1,
  })
  await returned({ order_id, amount })
  return playAll(shop, ACT_TWO, told)
}

/** One order with everything that makes it due: placed, captured, delivered, completed. */
export async function playOrder(shop, { currency, items, ...how }) {
  const { isCaptured = true, isCompleted = true, note = "" } = how
  const order = await placeOrder(shop, { currency, items })
  if (isCaptured) await captureOrder(shop, order.order_id)
  for (const { order_id } of order.vendor_orders) {
    await deliverOrder(shop, order_id)
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
