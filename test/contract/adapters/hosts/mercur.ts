import { mercur2Adapter } from "../../../../src/marketplaces/mercur2"
import type { AdapterHost } from "../contract"
import { type LinkDefinition, memoryShop, type Row } from "../memory-shop"
import {
  changeRows,
  collectionRow,
  itemRow,
  ORDER_RELATIONS,
  orderRow,
  shippingRow,
} from "../order-row"
import {
  afterRefund,
  isAllCanceled,
  millionths,
  type Sale,
  type Seller,
  SELLERS,
  worthNow,
} from "../sale"
import { linkedProducts, productLink } from "./product-vendor"

export type MercurVersion = "2.1" | "2.2" | "2.3"

const ORDER_SELLER: LinkDefinition = {
  entity: "order_seller",
  ends: [
    { module_key: "order", id_key: "order_id", alias: "order" },
    { module_key: "seller", id_key: "seller_id", alias: "seller" },
  ],
}
const ORDER_GROUP: LinkDefinition = {
  entity: "order_group_order",
  ends: [
    { module_key: "seller", id_key: "order_group_id", alias: "order_group" },
    { module_key: "order", id_key: "order_id", alias: "order" },
  ],
}
const LINE_OFFER: LinkDefinition = {
  entity: "order_line_item_offer",
  ends: [
    {
      module_key: "order",
      id_key: "order_line_item_id",
      alias: "order_line_item",
    },
    { module_key: "offer", id_key: "offer_id", alias: "offer" },
  ],
}

export function mercurLinks(version: MercurVersion): LinkDefinition[] {
  return [
    ORDER_SELLER,
    ORDER_GROUP,
    version === "2.1" ? productLink("seller", "seller") : LINE_OFFER,
  ]
}

export function mercurRelations(version: MercurVersion) {
  return {
    order: [...ORDER_RELATIONS, "seller", "order_group"],
    order_group: ["orders"],
    cart: ["payment_collection"],
    seller: ["address", "members", "professional_details"],
    ...(version === "2.1" && { product: ["sellers"] }),
  }
}

/** One checkout as Mercur leaves it: an order for each seller, one payment at the cart. */
export function mercurHost(version: MercurVersion): AdapterHost {
  return {
    adapter: mercur2Adapter,
    ships: "each",
    splits: true,
    lay: (sale) => {
      const paid = {
        captured: millionths(sale.captured),
        refunded: millionths(sale.refunded ?? "0"),
      }
      const payment = collectionRow("pc_1", paid)
      const orders = ordersOf(sale, version, payment, paid)
      return {
        order_ids: orders.map(({ id }) => String(id)),
        shop: memoryShop({
          entities: {
            order: orders,
            ...changeRows(sale, orders),
            order_group: [
              { id: "og_1", orders: orders.map(({ id }) => ({ id })) },
            ],
            cart: [{ id: "cart_1", payment_collection: payment }],
            commission_line: [],
            seller: SELLERS.map((id) => ({
              id,
              name: id,
              email: `${id}@example.com`,
            })),
            ...linkedProducts(sale, "seller"),
          },
          relations: mercurRelations(version),
          links: mercurLinks(version),
          modules: ["seller", "commission"],
        }),
      }
    },
  }
}

function ordersOf(
  sale: Sale,
  version: MercurVersion,
  payment: Row,
  paid: { captured: bigint; refunded: bigint }
): Row[] {
  const owners = [...SELLERS, null].filter((owner) =>
    sale.items.some(({ seller }) => seller === owner)
  )
  return owners.map((owner, index) => {
    const isFirst = index === 0
    // 2.1 links all orders to the one payment, newer Medusa lets one have it, 2.3 links none.
    const isLinked = version === "2.1" || (version === "2.2" && isFirst)
    const items = sale.items.filter(({ seller }) => seller === owner)
    const shipping = owner && sale.shipping?.each[owner]
    const credit = isFirst ? millionths(sale.credit ?? "0") : 0n
    const cost = items.reduce(
      (sum, item) => sum + worthNow(item).total,
      millionths(shipping ?? "0") - credit
    )
    // Medusa books the whole payment on one of the orders, and writes refunds off there.
    const { total, written_off } =
      isLinked && isFirst
        ? afterRefund({ cost, ...paid })
        : { total: cost, written_off: 0n }
    return {
      ...orderRow({
        id: `order_${index + 1}`,
        display_id: 7 + index,
        currency: sale.currency,
        total,
        written_off,
        credit,
        items: items.map((item) => ({
          ...itemRow(item, {
            ...worthNow(item),
            id: `item_${item.id}`,
            quantity: item.left ?? item.quantity,
            returned: item.returned ?? 0,
          }),
          ...(version !== "2.1" &&
            owner && { offer: { id: `offer_${item.id}`, seller_id: owner } }),
        })),
        shipping_methods: shipping
          ? [shippingRow(`ship_${owner}`, millionths(shipping))]
          : [],
        payment_collections: [
          ...(isLinked ? [payment] : []),
          ...laterPayment(sale, owner),
        ],
        is_canceled: owner
          ? (sale.canceled?.includes(owner) ?? false)
          : isAllCanceled(sale),
        is_completed: sale.is_completed,
      }),
      seller: owner && { id: owner },
      order_group: { id: "og_1" },
    }
  })
}

/** What an edit made dearer has a collection of its own, at its order. */
function laterPayment({ captured_later }: Sale, owner: Seller | null): Row[] {
  if (!captured_later || captured_later.seller !== owner) return []
  const captured = millionths(captured_later.amount)
  return [collectionRow("pc_later", { captured, refunded: 0n })]
}
