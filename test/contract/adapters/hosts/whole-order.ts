import type { Row } from "../memory-shop"
import {
  changeRows,
  collectionRow,
  itemRow,
  orderRow,
  shippingRow,
} from "../order-row"
import {
  afterRefund,
  isAllCanceled,
  millionths,
  type Sale,
  worthNow,
} from "../sale"

export const ORDER_ID = "order_1"

/** A sale as one order that nobody split: Medusa's own shape. */
export function wholeOrder(sale: Sale): Row {
  const priced = sale.items.map((item) => ({ item, now: worthNow(item) }))
  const shipping = millionths(sale.shipping?.together ?? "0")
  const cost =
    priced.reduce((sum, { now }) => sum + now.total, shipping) -
    millionths(sale.credit ?? "0")
  const captured =
    millionths(sale.captured) + millionths(sale.captured_later?.amount ?? "0")
  const refunded = millionths(sale.refunded ?? "0")
  const { total, written_off } = afterRefund({ cost, captured, refunded })
  return orderRow({
    id: ORDER_ID,
    display_id: 7,
    currency: sale.currency,
    total,
    written_off,
    credit: millionths(sale.credit ?? "0"),
    items: priced.map(({ item, now }) =>
      itemRow(item, {
        ...now,
        id: `item_${item.id}`,
        quantity: item.left ?? item.quantity,
        returned: item.returned ?? 0,
      })
    ),
    shipping_methods: sale.shipping ? [shippingRow("ship_1", shipping)] : [],
    payment_collections: [collectionRow("pc_1", { captured, refunded })],
    is_canceled: isAllCanceled(sale),
    is_completed: sale.is_completed,
  })
}

/** The rows of a shop that sold nothing else. */
export function wholeOrders(sale: Sale): Record<string, Row[]> {
  const order = [wholeOrder(sale)]
  return { order, ...changeRows(sale, order) }
}
