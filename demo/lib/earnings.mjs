/**
 * What every vendor earned, by the demo's own sums: from the shop's orders
 * alone, without the plugin. The terms are those of `medusa-config.ts`: released
 * when completed, a tenth of the goods' value is commission, shipping is shared
 * by value, and tax goes to the vendor.
 */
import * as amounts from "./amounts.mjs"

const COMMISSION = { numerator: 10n, denominator: 100n }

const ORDER_FIELDS = [
  ...["id", "display_id", "status", "currency_code", "total", "metadata"],
  ...["canceled_at", "*vendor", "vendor.admins.*"],
  ...["*items", "*items.tax_lines", "*items.detail", "*items.adjustments"],
  ...["*shipping_methods", "*shipping_methods.tax_lines"],
  "*payment_collections.payments.captures",
  "*payment_collections.payments.refunds",
].join(",")

/**
 * @typedef {object} Earning
 * @property {string} order_id the vendor's own order
 * @property {string} paid_order_id the one that the customer paid
 * @property {number} display_id
 * @property {{ id: string, name: string, country_code: string | null,
 *   email: string | null }} vendor
 * @property {string} currency "USD"
 * @property {bigint} cents hers, after commission
 * @property {string | null} held why the shop does not owe it yet, in the
 *   plugin's own codes
 * @property {boolean} is_released whether the shop owes it now
 */

/**
 * @param {import("./shop.mjs").Shop} shop
 * @returns {Promise<Earning[]>} one per vendor order
 */
export async function readEarnings(shop) {
  const orders = await shop.adminList(
    `/admin/orders?order=display_id&fields=${ORDER_FIELDS}`,
    "orders"
  )
  const paid = orders.filter(({ metadata }) => !metadata?.parent_order_id)
  return paid.flatMap((order) =>
    earningsOf(
      order,
      orders.filter(({ metadata }) => metadata?.parent_order_id === order.id)
    )
  )
}

/** Pure. @public so that its test can ask */
export function earningsOf(paid, children) {
  const vendorOrders = children.length > 0 ? children : [paid]
  const { cells, shared, refunded } = centsOf(paid, vendorOrders)
  if (refunded > 0n && vendorOrders.length === 1) {
    throw new Error("The demo's sums know such refunds of several vendors only")
  }
  return vendorOrders
    .filter(({ vendor }) => vendor)
    .map((order) => ({ order, held: whyHeld({ paid, order, refunded }) }))
    .map(({ order, held }) => ({
      order_id: order.id,
      paid_order_id: paid.id,
      display_id: order.display_id,
      vendor: vendorOf(order.vendor),
      currency: paid.currency_code.toUpperCase(),
      cents: order.items.reduce(
        (cents, { id }) => cents + itemShare(cells, id),
        shared.get(order.id) ?? 0n
      ),
      held,
      is_released: held === null,
    }))
}

/** A refund that no goods explain is a question for a person where several sold. */
function whyHeld({ paid, order, refunded }) {
  if (order.canceled_at) return "canceled"
  if (refunded > 0n) return "unallocated_refund"
  const captured = capturedState(paid)
  if (captured === "none") return "not_captured"
  if (captured === "partial") return "partially_captured"
  const isCompleted = [order, paid].some(({ status }) => status === "completed")
  return isCompleted ? null : "not_released"
}

function itemShare(cells, id) {
  const goods = cells.get(`item:${id}:net`)
  const { numerator, denominator } = COMMISSION
  const commission = amounts.partOf(goods, numerator, denominator)
  return goods - commission + cells.get(`item:${id}:tax`)
}

/**
 * The paid order's total in whole cents, divided once among all that it is made
 * of; what was `refunded` without a reason in its lines stays out of it. Shipping is then shared by what each vendor's goods are worth: every
 * vendor order repeats it in full, but it was paid once.
 */
function centsOf(paid, vendorOrders) {
  const parts = [
    ...vendorOrders.flatMap(({ items }) => items.flatMap(itemParts)),
    ...paid.shipping_methods.flatMap(shippingParts),
  ]
  const exact = amounts.sum(parts.map(({ weight }) => weight))
  const refunded = unexplainedRefund(paid, exact)
  const cells = amounts.divide(amounts.toCents(exact), parts)
  return {
    cells,
    shared: shareShipping(cells, paid, vendorOrders),
    refunded: amounts.toCents(refunded),
  }
}

/** What the lines are worth beyond the total. More than went back can be no refund. */
function unexplainedRefund(paid, exact) {
  const total = amounts.decimal(paid.total)
  const missing = amounts.sum([exact, amounts.negative(total)])
  const refunds = paymentsOf(paid).flatMap(({ refunds }) => refunds)
  const rest = amounts.sum([
    ...refunds.map(({ amount }) => amounts.decimal(amount)),
    amounts.negative(missing),
  ])
  if (amounts.signOf(missing) < 0 || amounts.signOf(rest) < 0) {
    throw new Error(`The lines of order #${paid.display_id} miss its total`)
  }
  return missing
}

function itemParts(item) {
  const left = item.quantity - (item.detail.return_received_quantity ?? 0)
  if (item.adjustments.length > 0) {
    throw new Error("The demo's sums know nothing of discounts")
  }
  const net = amounts.times(
    amounts.decimal(item.unit_price),
    amounts.decimal(left)
  )
  return withTax(`item:${item.id}`, net, item.tax_lines)
}

const shippingParts = (method) =>
  withTax(
    `shipping:${method.id}`,
    amounts.decimal(method.amount),
    method.tax_lines
  )

function withTax(key, net, taxLines) {
  const percent = amounts.sum(taxLines.map(({ rate }) => amounts.decimal(rate)))
  const tax = amounts.times(net, { ...percent, scale: percent.scale + 2 })
  return [
    { key: `${key}:net`, weight: net },
    { key: `${key}:tax`, weight: tax },
  ]
}

function shareShipping(cells, paid, vendorOrders) {
  const goods = vendorOrders.map(({ id, items }) => ({
    key: id,
    weight: {
      units: items.reduce(
        (cents, item) => cents + cells.get(`item:${item.id}:net`),
        0n
      ),
      scale: 2,
    },
  }))
  const shared = new Map(goods.map(({ key }) => [key, 0n]))
  for (const { id } of paid.shipping_methods) {
    for (const part of ["net", "tax"]) {
      const shares = amounts.divide(cells.get(`shipping:${id}:${part}`), goods)
      for (const [key, cents] of shares) {
        shared.set(key, shared.get(key) + cents)
      }
    }
  }
  return shared
}

const paymentsOf = (paid) =>
  paid.payment_collections.flatMap(({ payments }) => payments ?? [])

/** Whether what was captured, and not given back, covers what the order costs now. */
function capturedState(paid) {
  const payments = paymentsOf(paid)
  const signed = payments.flatMap(({ captures, refunds }) => [
    ...captures.map(({ amount }) => amounts.decimal(amount)),
    ...refunds.map(({ amount }) => amounts.negative(amounts.decimal(amount))),
  ])
  const total = amounts.negative(amounts.decimal(paid.total))
  if (amounts.signOf(amounts.sum([...signed, total])) >= 0) return "full"
  const isAnything = payments.some(({ captures }) => captures.length > 0)
  return isAnything ? "partial" : "none"
}

function vendorOf({ id, name, country_code, admins }) {
  return { id, name, country_code, email: admins?.[0]?.email ?? null }
}
