import { type Catalogue, type Good } from "./journeys-catalogue"
import type { Http } from "./plugin"

/** Whoever deals with the shop over its own HTTP API: customers at the storefront, staff in the admin. */

type Item = {
  id: string
  title: string
  variant_id: string
  quantity: number
}
type Payment = { id: string }
type Order = {
  id: string
  total: number
  items: Item[]
  fulfillments: { id: string }[]
  payment_collections: { payments: Payment[] }[]
}
type Headers = Record<string, string>

export type Customer = ReturnType<typeof openCustomer>
export type Staff = ReturnType<typeof openStaff>

export function openCustomer(http: Http, catalogue: Catalogue) {
  const store = caller(http, "/store", {
    "x-publishable-api-key": catalogue.publishable_key,
  })

  /** A cart with everything that checking out needs. */
  async function fillCart(goods: Partial<Record<Good, number>>) {
    const address = {
      first_name: "Dana",
      last_name: "Reed",
      address_1: "12 Cedar Street",
      city: "Portland",
      postal_code: "97201",
      country_code: "us",
    }
    const { cart } = await store.post<{ cart: { id: string } }>("carts", {
      region_id: catalogue.region_id,
      email: "dana.reed@example.com",
      shipping_address: address,
      billing_address: address,
    })
    for (const [good, quantity] of Object.entries(goods)) {
      await store.post(`carts/${cart.id}/line-items`, {
        variant_id: catalogue.variant_ids[good as Good],
        quantity,
      })
    }
    const { shipping_options } = await store.get<{
      shipping_options: { id: string }[]
    }>(`shipping-options?cart_id=${cart.id}`)
    await store.post(`carts/${cart.id}/shipping-methods`, {
      option_id: shipping_options[0]?.id,
    })
    const { payment_collection } = await store.post<{
      payment_collection: { id: string }
    }>("payment-collections", { cart_id: cart.id })
    await store.post(
      `payment-collections/${payment_collection.id}/payment-sessions`,
      { provider_id: "pp_system_default" }
    )
    return cart.id
  }

  /** Medusa's own way from a cart to an order. */
  async function completeCart(cart_id: string): Promise<string> {
    const { order } = await store.post<{ order: { id: string } }>(
      `carts/${cart_id}/complete`
    )
    return order.id
  }

  return { fillCart, completeCart }
}

const ORDER_FIELDS = [
  ...["id", "total", "*items", "*fulfillments"],
  "*payment_collections.payments",
].join(",")

export function openStaff(http: Http, { headers }: { headers: Headers }) {
  const admin = caller(http, "/admin", headers)

  async function order(order_id: string): Promise<Order> {
    const { order } = await admin.get<{ order: Order }>(
      `orders/${order_id}?fields=${ORDER_FIELDS}`
    )
    return order
  }

  async function paymentOf(order_id: string): Promise<Payment> {
    const { payment_collections } = await order(order_id)
    const [payment] = payment_collections.flatMap(({ payments }) => payments)
    if (!payment) throw new Error(`Order ${order_id} has no payment`)
    return payment
  }

  async function itemOf(order_id: string, good: Good): Promise<Item> {
    const { items } = await order(order_id)
    const item = items.find(({ title }) => title === good)
    if (!item) throw new Error(`Order ${order_id} has no ${good}`)
    return item
  }

  async function capture(order_id: string): Promise<void> {
    const { id } = await paymentOf(order_id)
    await admin.post(`payments/${id}/capture`)
  }

  /** Packs and delivers everything of one order. */
  async function deliver(order_id: string): Promise<void> {
    const { items } = await order(order_id)
    await admin.post(`orders/${order_id}/fulfillments`, {
      items: items.map(({ id, quantity }) => ({ id, quantity })),
    })
    const { fulfillments } = await order(order_id)
    for (const { id } of fulfillments) {
      await admin.post(
        `orders/${order_id}/fulfillments/${id}/mark-as-delivered`
      )
    }
  }

  async function complete(order_id: string): Promise<void> {
    await admin.post(`orders/${order_id}/complete`)
  }

  async function cancel(order_id: string): Promise<void> {
    await admin.post(`orders/${order_id}/cancel`)
  }

  /** Gives money back, whether or not the order says that it is owed. */
  async function refund(order_id: string, amount: number): Promise<void> {
    const { id } = await paymentOf(order_id)
    await admin.post(`payments/${id}/refund`, { amount })
  }

  /** One piece shall come back. Answers the return's id. */
  async function requestReturn(order_id: string, good: Good): Promise<string> {
    const { id } = await itemOf(order_id, good)
    const { return: made } = await admin.post<{ return: { id: string } }>(
      "returns",
      { order_id }
    )
    await admin.post(`returns/${made.id}/request-items`, {
      items: [{ id, quantity: 1 }],
    })
    await admin.post(`returns/${made.id}/request`)
    return made.id
  }

  /** Everything that a return asks for is here. */
  async function receiveReturn(return_id: string): Promise<void> {
    const { return: asked } = await admin.get<{
      return: { items: { item_id: string; quantity: number }[] }
    }>(`returns/${return_id}?fields=id,*items`)
    await admin.post(`returns/${return_id}/receive`)
    await admin.post(`returns/${return_id}/receive-items`, {
      items: asked.items.map(({ item_id: id, quantity }) => ({ id, quantity })),
    })
    await admin.post(`returns/${return_id}/receive/confirm`)
  }

  /** An edit that takes a good out of the order, confirmed. */
  async function takeOut(order_id: string, good: Good): Promise<void> {
    const { id } = await itemOf(order_id, good)
    await admin.post("order-edits", { order_id })
    const edit = `order-edits/${order_id}`
    await admin.post(`${edit}/items/item/${id}`, { quantity: 0 })
    await admin.post(`${edit}/request`)
    await admin.post(`${edit}/confirm`)
  }

  /** One piece of `back` comes back for one piece of `out`. Answers the id of its return. */
  async function requestExchange(
    order_id: string,
    { back, variant_id }: { back: Good; variant_id: string }
  ): Promise<string> {
    const { id } = await itemOf(order_id, back)
    const { exchange: made } = await admin.post<{ exchange: { id: string } }>(
      "exchanges",
      { order_id }
    )
    const base = `exchanges/${made.id}`
    await admin.post(`${base}/inbound/items`, { items: [{ id, quantity: 1 }] })
    await admin.post(`${base}/outbound/items`, {
      items: [{ variant_id, quantity: 1 }],
    })
    await admin.post(`${base}/request`)
    const { exchange } = await admin.get<{ exchange: { return_id: string } }>(
      `${base}?fields=id,return_id`
    )
    return exchange.return_id
  }

  /** The customer claims one piece and wants her money for it. */
  async function requestRefundClaim(
    order_id: string,
    good: Good
  ): Promise<void> {
    const { id } = await itemOf(order_id, good)
    const { claim } = await admin.post<{ claim: { id: string } }>("claims", {
      order_id,
      type: "refund",
    })
    await admin.post(`claims/${claim.id}/claim-items`, {
      items: [{ id, quantity: 1 }],
    })
    await admin.post(`claims/${claim.id}/request`)
  }

  return {
    order,
    capture,
    deliver,
    complete,
    cancel,
    refund,
    requestReturn,
    receiveReturn,
    takeOut,
    requestExchange,
    requestRefundClaim,
  }
}

/** Calls one part of the API; a refusal is an error that says what was refused and why. */
function caller(http: Http, base: string, headers: Headers) {
  const config = { headers, validateStatus: () => true }
  const read = (
    what: string,
    { status, data }: { status: number; data: unknown }
  ): unknown => {
    if (status === 200) return data
    throw new Error(`${what}: ${status} ${JSON.stringify(data)}`)
  }
  return {
    get: async <Answer>(path: string): Promise<Answer> => {
      const answer = await http.get(`${base}/${path}`, config)
      return read(`GET ${path}`, answer) as Answer
    },
    post: async <Answer>(path: string, body: object = {}): Promise<Answer> => {
      const answer = await http.post(`${base}/${path}`, body, config)
      return read(`POST ${path}`, answer) as Answer
    },
  }
}
