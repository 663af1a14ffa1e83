import { readFileSync } from "node:fs"
import path from "node:path"

import { type AdapterHost, describeAdapterContract } from "./contract"
import { ORDER_ID, wholeOrders } from "./hosts/whole-order"
import { memoryShop } from "./memory-shop"
import { ORDER_RELATIONS } from "./order-row"
import adapter from "./own-adapter"
import { SELLERS } from "./sale"

const host: AdapterHost = {
  adapter,
  ships: "together",
  splits: false,
  lists: false,
  lay: (sale) => ({
    order_ids: [ORDER_ID],
    shop: memoryShop({
      entities: {
        ...wholeOrders(sale),
        product_variant: sale.items.map(({ id, seller }) => ({
          id: `variant_${id}`,
          metadata: { consignor_id: seller },
          deleted_at: null,
        })),
        customer: SELLERS.map((id) => ({ id, email: `${id}@example.com` })),
      },
      relations: { order: ORDER_RELATIONS },
    }),
  }),
}

describeAdapterContract("the adapter that the guide shows", host)

describe("the guide to adapters", () => {
  it("shows the adapter that is tested here, to the letter", () => {
    const read = (...name: string[]) => readFileSync(path.join(...name), "utf8")
    const guide = read(__dirname, "../../../docs/marketplaces.md")
    const shown = /```ts\n\/\/ src\/masspay-adapter\.ts\n([^]*?)```/.exec(guide)

    expect(shown?.[1]).toBe(
      read(__dirname, "own-adapter.ts").replace(
        "../../../src/marketplaces",
        "medusa-plugin-masspay/marketplaces"
      )
    )
  })
})
