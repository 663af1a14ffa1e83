import { medusaRecipeAdapter } from "../../../../src/marketplaces/medusa-recipe"
import type { AdapterHost } from "../contract"
import {
  type LinkDefinition,
  type MemoryShop,
  memoryShop,
  type Row,
} from "../memory-shop"
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
  boughtFor,
  isAllCanceled,
  millionths,
  type Sale,
  type SaleItem,
  type Seller,
  SELLERS,
} from "../sale"
import { linkedProducts, productLink } from "./product-vendor"
import { wholeOrder } from "./whole-order"

const PARENT_ID = "order_1"

const ORDER_VENDOR: LinkDefinition = {
  entity: "vendor_order",
  ends: [
    { module_key: "marketplace", id_key: "vendor_id", alias: "vendor" },
    { module_key: "order", id_key: "order_id", alias: "order" },
  ],
}

/** As the recipe's checkout leaves it: with one vendor her own order, with several a child each. */
export const recipeHost: AdapterHost = {
  adapter: medusaRecipeAdapter,
  ships: "together",
  splits: true,
  lay: (sale) => {
    const { orders, shop } = recipeShop(sale)
    return { order_ids: orders.map(({ id }) => String(id)), shop }
  },
}

export function recipeShop(
  sale: Sale,
  { orderLink = true }: { orderLink?: boolean } = {}
): { orders: Row[]; shop: MemoryShop } {
  const orders = ordersOf(sale)
  const shop = memoryShop({
    entities: {
      order: orders,
      ...changeRows(sale, orders.length > 1 ? orders.slice(1) : orders),
      ...linkedProducts(sale, "vendor"),
      product: sale.items.map(({ id, seller }) => ({
        id: `prod_${id}`,
        vendor: seller && { id: seller },
        deleted_at: null,
      })),
      vendor: SELLERS.map((id) => ({
        id,
        name: id,
        admins: [{ id: `adm_${id}`, email: `${id}@example.com` }],
      })),
    },
    relations: {
      order: [...ORDER_RELATIONS, ...(orderLink ? ["vendor"] : [])],
      product: ["vendor"],
      vendor: ["admins"],
    },
    links: [
      productLink("vendor", "marketplace"),
      ...(orderLink ? [ORDER_VENDOR] : []),
    ],
    modules: ["marketplace"],
  })
  return { orders, shop }
}

function ordersOf(sale: Sale): Row[] {
  const sellers = SELLERS.filter((one) =>
    sale.items.some(({ seller }) => seller === one)
  )
  const [first] = sellers
  if (sellers.length <= 1) {
    return [{ ...wholeOrder(sale), vendor: first ? { id: first } : null }]
  }
  return [
    parentOf(sale),
    ...sellers.map((seller, index) => childOf(sale, seller, index)),
  ]
}

/** What was checked out, and all the money: it never learns what happens to the children. */
function parentOf(sale: Sale): Row {
  const bought = sale.items.filter(({ is_added }) => !is_added)
  const shipping = millionths(sale.shipping?.together ?? "0")
  const credit = millionths(sale.credit ?? "0")
  const cost = bought.reduce(
    (sum, item) => sum + boughtFor(item).total,
    shipping - credit
  )
  const captured = millionths(sale.captured)
  const refunded = millionths(sale.refunded ?? "0")
  const { total, written_off } = afterRefund({ cost, captured, refunded })
  return {
    ...orderRow({
      id: PARENT_ID,
      display_id: 7,
      currency: sale.currency,
      total,
      written_off,
      credit,
      items: bought.map((item) =>
        itemRow(item, {
          ...boughtFor(item),
          id: `item_${item.id}`,
          quantity: item.quantity,
          returned: 0,
        })
      ),
      shipping_methods: sale.shipping ? [shippingRow("ship_1", shipping)] : [],
      payment_collections: [collectionRow("pc_1", { captured, refunded })],
      is_canceled: isAllCanceled(sale),
      is_completed: sale.is_completed,
    }),
    vendor: null,
  }
}

/** A copy of her items at their full price, with all of the parent's shipping. */
function childOf(sale: Sale, seller: Seller, index: number): Row {
  const id = `order_child_${seller}`
  const items = sale.items
    .filter((item) => item.seller === seller)
    .map((item) => childItem(item, id))
  const later = sale.captured_later
  return {
    ...orderRow({
      id,
      display_id: 8 + index,
      currency: sale.currency,
      total: 0n,
      items,
      shipping_methods: sale.shipping
        ? [shippingRow(`ship_${seller}`, millionths(sale.shipping.together))]
        : [],
      payment_collections:
        later?.seller === seller
          ? [
              collectionRow("pc_later", {
                captured: millionths(later.amount),
                refunded: 0n,
              }),
            ]
          : [],
      is_canceled: sale.canceled?.includes(seller) ?? false,
      is_completed: sale.is_completed,
      metadata: { parent_order_id: PARENT_ID },
      cart_id: null,
    }),
    vendor: { id: seller },
  }
}

function childItem(item: SaleItem, order_id: string): Row {
  const { left = item.quantity, returned = 0 } = item
  const price = millionths(item.unit_price) * BigInt(left - returned)
  return itemRow(item, {
    total: price,
    tax: 0n,
    id: `${order_id}_${item.id}`,
    quantity: left,
    returned,
  })
}
