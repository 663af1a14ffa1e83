import type { MedusaContainer } from "@medusajs/framework/types"

import type { OrderRow } from "../order-rows"
import type { MarketplaceAdapter } from "../types"
import { factsOfWholeOrder } from "../whole-order"
import { vendorByChannel } from "./by-channel"
import { vendorByLink } from "./by-link"
import { isLinkedToStores, isOneChannelAStore, platformOf } from "./platform"
import { listNamed, readChannels, readStores } from "./vendors"

export type StoreOptions = {
  /** What a vendor is. Default "store"; "sales_channel" for one store with a sales channel for each vendor. */
  vendor?: "store" | "sales_channel" | undefined
  /** Id of the store (or sales channel) that is the platform's own. Default: the oldest store (or its default sales channel). */
  platform?: string | undefined
}

/**
 * Shops that give each vendor a Medusa store of her own, or a sales channel.
 *
 * Where stores are linked to products or orders, the product's store sold the
 * line; the order's store speaks for products without one. Where they are not,
 * the order's sales channel says it: whose store has it as default, or with
 * `vendor: "sales_channel"` the channel itself. The platform's own store or
 * channel is nobody's to be paid.
 */
export function storeAdapter(options: StoreOptions = {}): MarketplaceAdapter {
  const isChannel = options.vendor === "sales_channel"
  const readVendors = isChannel ? readChannels : readStores

  return {
    id: "store",

    // Every shop has sales channels (web, till), so they say nothing about vendors by themselves.
    async detect(container) {
      return isLinkedToStores(container) ? true : isOneChannelAStore(container)
    },

    async factsForOrder(container, order_id) {
      return factsOfWholeOrder(container, order_id, {
        sellers: async (order) => {
          const platform = await platformOf(container, options)
          const sellerOf = await reading(container, order)
          return (item) => {
            const seller = sellerOf(item)
            return seller === platform ? null : seller
          }
        },
        vendors: (ids) => readVendors(container, ids),
      })
    },

    async listVendors(container, page) {
      return listNamed(container, {
        entity: isChannel ? "sales_channel" : "store",
        platform: await platformOf(container, options),
        page,
      })
    },

    async getVendor(container, vendor_id) {
      const [vendor] = await readVendors(container, [vendor_id])
      return vendor ?? null
    },
  }

  function reading(container: MedusaContainer, order: OrderRow) {
    return !isChannel && isLinkedToStores(container)
      ? vendorByLink(container, order)
      : vendorByChannel(container, order, { isChannel })
  }
}
