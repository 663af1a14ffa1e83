import { metadataAdapter } from "../../../../src/marketplaces/metadata"
import type { AdapterHost } from "../contract"
import { memoryShop } from "../memory-shop"
import { ORDER_RELATIONS } from "../order-row"
import { ORDER_ID, wholeOrders } from "./whole-order"

export const metadataHost: AdapterHost = {
  adapter: metadataAdapter,
  ships: "together",
  splits: false,
  lay: (sale) => ({
    order_ids: [ORDER_ID],
    shop: memoryShop({
      entities: {
        ...wholeOrders(sale),
        product: sale.items.map(({ id, seller }) => ({
          id: `prod_${id}`,
          metadata: seller && { vendor_id: seller },
          deleted_at: null,
        })),
        store: [
          {
            id: "store_1",
            created_at: "2026-01-01",
            metadata: {
              masspay_vendors: {
                ada: { email: "ada@example.com" },
                bob: { email: "bob@example.com" },
              },
            },
          },
        ],
      },
      relations: { order: ORDER_RELATIONS },
    }),
  }),
}
