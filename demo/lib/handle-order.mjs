/** What the shop's staff do with an order, over the admin API. */

const ORDER_FIELDS = [
  "id",
  "*items",
  "*items.detail",
  "*fulfillments",
  "*payment_collections.payments",
  "*payment_collections.payments.captures",
].join(",")

const getOrder = async (shop, id) =>
  (await shop.admin("GET", `/admin/orders/${id}?fields=${ORDER_FIELDS}`)).order

const paymentsOf = (order) =>
  order.payment_collections.flatMap(({ payments }) => payments ?? [])

/** Takes the money that the customer authorised. */
export async function captureOrder(shop, order_id) {
  const order = await getOrder(shop, order_id)
  for (const { id } of paymentsOf(order)) {
    await shop.admin("POST", `/admin/payments/${id}/capture`, {})
  }
}

/** Keeps what an order's vendors earn by it back until somebody releases it. */
export async function holdOrder(shop, order_id, reason) {
  await shop.admin("POST", "/admin/masspay/holds", {
    ...{ order_id, kind: "dispute", reason },
    request_id: `hold-${order_id}`,
  })
}

/** Gives back an amount, whatever for. */
export async function refundOrder(shop, order_id, amount) {
  const [payment] = paymentsOf(await getOrder(shop, order_id))
  await shop.admin("POST", `/admin/payments/${payment.id}/refund`, { amount })
}

/** Packs, ships and delivers everything of one order. */
export async function deliverOrder(shop, order_id) {
  const { items } = await getOrder(shop, order_id)
  const { order } = await shop.admin(
    "POST",
    `/admin/orders/${order_id}/fulfillments?fields=id,*fulfillments`,
    { items: items.map(({ id, quantity }) => ({ id, quantity })) }
  )
  for (const { id } of order.fulfillments) {
    await shop.admin(
      "POST",
      `/admin/orders/${order_id}/fulfillments/${id}/mark-as-delivered`,
      {}
    )
  }
}

/** Declares the order done. This is what releases its vendors' money. */
export async function completeOrder(shop, order_id) {
  await shop.admin("POST", `/admin/orders/${order_id}/complete`, {})
}

/**
 * Takes goods back and gives the customer her money for them.
 *
 * @param {{ order_id: string, handle: string, quantity: number }} input the
 *   order must have been paid, captured and delivered
 */
export async function returnItem(shop, { order_id, handle, quantity }) {
  const order = await getOrder(shop, order_id)
  const item = order.items.find(({ variant_sku }) => variant_sku === handle)
  const items = [{ id: item.id, quantity }]

  const { return: made } = await shop.admin("POST", "/admin/returns", {
    order_id,
  })
  const base = `/admin/returns/${made.id}`
  await shop.admin("POST", `${base}/request-items`, { items })
  await shop.admin("POST", `${base}/request`, {})
  await shop.admin("POST", `${base}/receive`, {})
  await shop.admin("POST", `${base}/receive-items`, { items })
  await shop.admin("POST", `${base}/receive/confirm`, {})

  // What the shop itself says it now owes the customer.
  const { order: after } = await shop.admin(
    "GET",
    `/admin/orders/${order_id}?fields=id,*summary`
  )
  const amount = -after.summary.pending_difference
  await refundOrder(shop, order_id, amount)
  return { amount }
}
