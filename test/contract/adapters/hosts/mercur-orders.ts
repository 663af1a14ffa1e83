import { memoryShop, type Row } from "../memory-shop"
import { mercurLinks, mercurRelations, type MercurVersion } from "./mercur"

/**
 * Orders as each version of Mercur leaves them, written out: a cart of 20.00 of
 * ada's with 4.00 shipping and 10.00 of bob's, paid by one payment of 34.00.
 */

export const amount = (value: string) => ({ value })
const NO_PIECES = {
  raw_fulfilled_quantity: amount("0"),
  raw_delivered_quantity: amount("0"),
  raw_return_received_quantity: amount("0"),
  raw_return_dismissed_quantity: amount("0"),
}

function anItem(id: string, total: string, overrides: Row = {}): Row {
  return {
    id,
    title: id,
    product_id: `prod_${id}`,
    raw_unit_price: amount(total),
    raw_quantity: amount("1"),
    raw_total: amount(total),
    raw_tax_total: amount("0"),
    detail: NO_PIECES,
    ...overrides,
  }
}

function anOrder(id: string, overrides: Row): Row {
  return {
    id,
    display_id: 1,
    status: "completed",
    canceled_at: null,
    created_at: "2026-03-01T10:00:00.000Z",
    currency_code: "eur",
    cart_link: { cart_id: "cart_1" },
    order_group: { id: "og_1" },
    items: [],
    shipping_methods: [],
    credit_lines: [],
    payment_collections: [],
    ...overrides,
  }
}

export function aPayment({ refunds = [] }: { refunds?: string[] } = {}): Row {
  return {
    id: "pay_col_1",
    payments: [
      {
        captures: [{ raw_amount: amount("34") }],
        refunds: refunds.map((value, index) => ({
          id: `ref_${index}`,
          created_at: "2026-03-03T10:00:00.000Z",
          raw_amount: amount(value),
        })),
      },
    ],
  }
}

const PARCEL = {
  id: "ship_ada",
  name: "Parcel",
  raw_total: amount("4"),
  raw_tax_total: amount("0"),
}

/** 2.1: the product says who sells, every order is linked to the payment. */
export function shopOf21(overrides: ShopOverrides = {}) {
  const payment = overrides.payment ?? aPayment()
  return shopOf("2.1", overrides, [
    anOrder("order_a", {
      items: [anItem("bowl", "20")],
      shipping_methods: [PARCEL],
      seller: { id: "sel_ada" },
      raw_total: amount("24"),
      payment_collections: [payment],
    }),
    anOrder("order_b", {
      items: [anItem("cup", "10")],
      seller: { id: "sel_bob" },
      raw_total: amount("10"),
      payment_collections: [payment],
    }),
  ])
}

/** 2.2: the line's offer says who sells, the payment is linked to one of the orders. */
export function shopOf22(overrides: ShopOverrides = {}) {
  return shopOf("2.2", overrides, [
    anOrder("order_a", {
      items: [offered(anItem("bowl", "20"), "sel_ada")],
      shipping_methods: [PARCEL],
      seller: { id: "sel_ada" },
      raw_total: amount("24"),
    }),
    anOrder("order_b", {
      items: [offered(anItem("cup", "10"), "sel_bob")],
      seller: { id: "sel_bob" },
      raw_total: amount("10"),
      payment_collections: [overrides.payment ?? aPayment()],
    }),
  ])
}

/** 2.3: as 2.2, and no order is linked to the payment. */
export function shopOf23(overrides: ShopOverrides = {}) {
  return shopOf("2.3", overrides, [
    anOrder("order_a", {
      items: [offered(anItem("bowl", "20"), "sel_ada")],
      shipping_methods: [PARCEL],
      seller: { id: "sel_ada" },
      raw_total: amount("24"),
    }),
    anOrder("order_b", {
      items: [offered(anItem("cup", "10"), "sel_bob")],
      seller: { id: "sel_bob" },
      raw_total: amount("10"),
    }),
  ])
}

function offered(item: Row, seller_id: string): Row {
  return { ...item, offer: { id: `offer_${String(item.id)}`, seller_id } }
}

type ShopOverrides = {
  payment?: Row
  /** By order. */
  orders?: Record<string, Row>
  commission_lines?: Row[]
  sellers?: Row[]
  product_sellers?: Record<string, string[]>
  modules?: string[]
}

function shopOf(
  version: MercurVersion,
  overrides: ShopOverrides,
  orders: Row[]
) {
  return memoryShop({
    entities: {
      order: orders.map((order) => ({
        ...order,
        ...overrides.orders?.[String(order.id)],
      })),
      order_group: [{ id: "og_1", orders: orders.map(({ id }) => ({ id })) }],
      cart: [
        { id: "cart_1", payment_collection: overrides.payment ?? aPayment() },
      ],
      commission_line: overrides.commission_lines ?? [],
      seller: overrides.sellers ?? [
        { id: "sel_ada", name: "Ada", email: "ada@example.com" },
        { id: "sel_bob", name: "Bob", email: "bob@example.com" },
      ],
      seller_product: Object.entries(overrides.product_sellers ?? {}).flatMap(
        ([product_id, sellers]) =>
          sellers.map((seller_id) => ({
            product_id,
            seller_id,
            deleted_at: null,
          }))
      ),
    },
    relations: mercurRelations(version),
    links: mercurLinks(version),
    modules: overrides.modules ?? ["seller", "commission"],
  })
}

export function aCommission(
  id: string,
  { value, ...of }: { value: string } & Row
): Row {
  return { id, code: "default", rate: 5, raw_amount: amount(value), ...of }
}
