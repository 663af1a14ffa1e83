import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  generateJwtToken,
  Modules,
} from "@medusajs/framework/utils"
import {
  cancelOrderWorkflow,
  completeOrderWorkflow,
  createOrderPaymentCollectionWorkflow,
  createOrderWorkflow,
  createRegionsWorkflow,
  createUserAccountWorkflow,
  markPaymentCollectionAsPaid,
  refundPaymentWorkflow,
} from "@medusajs/medusa/core-flows"

/** What a test does in the shop, as its people would through the admin. */

type NewItem = {
  title: string
  unit_price: number | string
  quantity?: number
  vendor_id?: string
  variant_id?: string
  product_id?: string
}

type NewOrder = {
  items: NewItem[]
  shipping?: number
  /** Paid with a gift card when the order is placed. */
  gift_card?: number
  currency_code?: string
  sales_channel_id?: string
  metadata?: Record<string, unknown>
}

type Headers = { headers: { authorization: string } }

export type Shop = ReturnType<typeof openShop>

export function openShop(getContainer: () => MedusaContainer) {
  const container = () => getContainer()
  const query = () => container().resolve(ContainerRegistrationKeys.QUERY)

  async function region(currency_code: string): Promise<string> {
    const { data } = await query().graph({
      entity: "region",
      fields: ["id"],
      filters: { currency_code },
    })
    const [known] = data as { id: string }[]
    if (known) return known.id
    const { result } = await createRegionsWorkflow(container()).run({
      input: {
        regions: [{ name: currency_code, currency_code, countries: [] }],
      },
    })
    const [created] = result
    if (!created) throw new Error("No region was created")
    return created.id
  }

  async function place(order: NewOrder): Promise<string> {
    const currency_code = order.currency_code ?? "usd"
    const { result } = await createOrderWorkflow(container()).run({
      input: {
        region_id: await region(currency_code),
        email: "customer@example.com",
        currency_code,
        ...(order.sales_channel_id && {
          sales_channel_id: order.sales_channel_id,
        }),
        ...(order.metadata && { metadata: order.metadata }),
        items: order.items.map(({ vendor_id, quantity = 1, ...item }) => ({
          ...item,
          // Medusa's type says number; its big numbers take exact text.
          unit_price: item.unit_price as number,
          quantity,
          ...(vendor_id && { metadata: { vendor_id } }),
        })),
        ...(order.gift_card !== undefined && {
          credit_lines: [
            {
              order_id: "",
              amount: order.gift_card,
              reference: "gift_card",
              reference_id: "gc_test",
            },
          ],
        }),
        ...(order.shipping !== undefined && {
          shipping_methods: [
            {
              name: "Parcel",
              amount: order.shipping,
              shipping_option_id: "so_test",
            },
          ],
        }),
      },
    })
    return result.id
  }

  async function pay(order_id: string): Promise<void> {
    const { data } = await query().graph({
      entity: "order",
      fields: ["id", "total"],
      filters: { id: order_id },
    })
    const [order] = data as { total: number }[]
    const { result } = await createOrderPaymentCollectionWorkflow(
      container()
    ).run({ input: { order_id, amount: order?.total ?? 0 } })
    const [collection] = result
    if (!collection) throw new Error("No payment collection was created")
    await markPaymentCollectionAsPaid(container()).run({
      input: { payment_collection_id: collection.id, order_id },
    })
  }

  /** Pays at the cart that the order came from; the order itself is linked to no payment. Returns the payment. */
  async function payAtCart(order_id: string): Promise<string> {
    const cart_id = await checkOut(order_id)
    const payments = container().resolve(Modules.PAYMENT)
    const collection = await payments.createPaymentCollections({
      currency_code: "usd",
      amount: 10,
    })
    await container()
      .resolve(ContainerRegistrationKeys.LINK)
      .create({
        [Modules.CART]: { cart_id },
        [Modules.PAYMENT]: { payment_collection_id: collection.id },
      })
    const session = await payments.createPaymentSession(collection.id, {
      provider_id: "pp_system_default",
      currency_code: "usd",
      amount: 10,
      data: {},
    })
    const payment = await payments.authorizePaymentSession(session.id, {})
    if (!payment) throw new Error("The payment was not authorised")
    await payments.capturePayment({ payment_id: payment.id, amount: 10 })
    return payment.id
  }

  async function complete(order_id: string): Promise<void> {
    await completeOrderWorkflow(container()).run({
      input: { orderIds: [order_id] },
    })
  }

  async function cancel(order_id: string): Promise<void> {
    await cancelOrderWorkflow(container()).run({ input: { order_id } })
  }

  async function refund(order_id: string, amount: number): Promise<void> {
    const { data } = await query().graph({
      entity: "order",
      fields: ["payment_collections.payments.id"],
      filters: { id: order_id },
    })
    const [order] = data as {
      payment_collections: { payments: { id: string }[] }[]
    }[]
    const payment_id = order?.payment_collections[0]?.payments[0]?.id
    if (!payment_id) throw new Error(`Order ${order_id} has no payment`)
    await refundPaymentWorkflow(container()).run({
      input: { payment_id, amount },
    })
  }

  /** Marks the order as one that came out of a customer's cart. Returns the cart. */
  async function checkOut(order_id: string): Promise<string> {
    const carts = container().resolve(Modules.CART)
    const cart = await carts.createCarts({ currency_code: "usd" })
    await container()
      .resolve(ContainerRegistrationKeys.LINK)
      .create({
        [Modules.ORDER]: { order_id },
        [Modules.CART]: { cart_id: cart.id },
      })
    return cart.id
  }

  /** Contacts for the `metadata` model. */
  async function registerVendors(
    vendors: Record<string, Record<string, string>>
  ): Promise<void> {
    const stores = container().resolve(Modules.STORE)
    const [store] = await stores.listStores({}, { take: 1 })
    if (!store) throw new Error("The shop has no store")
    await stores.updateStores(store.id, {
      metadata: { masspay_vendors: vendors },
    })
  }

  /** Headers of a signed-in admin. */
  async function adminHeaders(email = "admin@example.com"): Promise<Headers> {
    const auth = container().resolve(Modules.AUTH)
    const identity = await auth.createAuthIdentities({
      provider_identities: [{ provider: "emailpass", entity_id: email }],
    })
    const { result: user } = await createUserAccountWorkflow(container()).run({
      input: {
        authIdentityId: identity.id,
        userData: { email, first_name: "Ada" },
      },
    })
    const token = generateJwtToken(
      {
        actor_id: user.id,
        actor_type: "user",
        auth_identity_id: identity.id,
        app_metadata: { user_id: user.id },
      },
      { secret: "test", expiresIn: "1d" }
    )
    return { headers: { authorization: `Bearer ${token}` } }
  }

  /** Headers of whoever signed in as this, of any actor type. */
  function actorHeaders(actor: {
    actor_type: string
    actor_id: string
  }): Headers {
    const token = generateJwtToken(
      { ...actor, auth_identity_id: "authid_test", app_metadata: {} },
      { secret: "test", expiresIn: "1d" }
    )
    return { headers: { authorization: `Bearer ${token}` } }
  }

  /** Headers of a program that has one of the shop's secret keys. */
  async function keyHeaders(): Promise<Headers> {
    const keys = container().resolve(Modules.API_KEY)
    const { token } = await keys.createApiKeys({
      title: "A program",
      type: "secret",
      created_by: "user_test",
    })
    const basic = Buffer.from(`${token}:`).toString("base64")
    return { headers: { authorization: `Basic ${basic}` } }
  }

  return {
    container,
    query,
    place,
    pay,
    payAtCart,
    complete,
    cancel,
    refund,
    checkOut,
    registerVendors,
    adminHeaders,
    actorHeaders,
    keyHeaders,
  }
}

/** A vendor whom MassPay can have as a user. */
export function aContact(
  overrides: Record<string, string> = {}
): Record<string, string> {
  return {
    name: "Ada's Atelier",
    email: "ada@example.com",
    first_name: "Ada",
    last_name: "Lovelace",
    country_code: "us",
    ...overrides,
  }
}
