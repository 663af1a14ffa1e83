import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { OrderFacts } from "../../domain/facts"
import { type ItemRow, type OrderRow, textFrom } from "../order-rows"
import type { MarketplaceAdapter } from "../types"
import { factsOfWholeOrders } from "../whole-order"
import {
  type Contacts,
  contactsOf,
  pageOfContacts,
  readContacts,
} from "./vendors"

const VENDOR_KEY = "vendor_id"
const RECENT = 50

const Marked = z.object({
  metadata: z.record(z.string(), z.unknown()).nullish(),
})
const MetadataRow = Marked.extend({ id: z.string() })
const RecentOrderRow = MetadataRow.extend({
  items: z.array(Marked).nullish(),
  cart_link: z.object({ cart_id: z.string() }).nullish(),
})

/**
 * Shops without a vendor model: the vendor's id stands in metadata.
 *
 * `product.metadata.vendor_id` decides. For orders made in the back office or
 * by an import, `metadata.vendor_id` of the line item, then of the order, speaks
 * for lines whose product names nobody. For orders checked out from a cart
 * those two are ignored: the store API lets the customer write them, and a
 * customer who is also a vendor could have other people's sales paid to herself.
 *
 * The vendor's contact is read from the store's metadata; see `readContacts`.
 */
export const metadataAdapter: MarketplaceAdapter = {
  id: "metadata",

  async detect(container) {
    return (
      (await areProductsMarked(container)) || (await areOrdersMarked(container))
    )
  },

  async factsForOrder(container, order_id) {
    return (await readFacts(container, [order_id])).get(order_id) ?? null
  },

  factsForOrders: readFacts,

  async listVendors(container, page) {
    return pageOfContacts(await readContacts(container), page)
  },

  async getVendor(container, vendor_id) {
    const [vendor] = contactsOf(await readContacts(container), [vendor_id])
    return vendor ?? null
  },
}

function readFacts(
  container: MedusaContainer,
  order_ids: readonly string[]
): Promise<Map<string, OrderFacts>> {
  let contacts: Contacts = {}
  return factsOfWholeOrders(container, order_ids, {
    sellers: async (orders) => {
      const items = orders.flatMap((order) => order.items)
      const [of_product, known] = await Promise.all([
        readVendorOfProduct(container, items),
        readContacts(container),
      ])
      contacts = known
      return (order, item) => vendorOf(order, item, of_product)
    },
    vendors: (ids) => Promise.resolve(contactsOf(contacts, ids)),
  })
}

function vendorOf(
  order: OrderRow,
  item: ItemRow,
  of_product: ReadonlyMap<string, string>
): string | null {
  const from_product = item.product_id && of_product.get(item.product_id)
  if (from_product) return from_product
  if (order.cart_link) return null
  return (
    textFrom(item.metadata, VENDOR_KEY) ?? textFrom(order.metadata, VENDOR_KEY)
  )
}

async function readVendorOfProduct(
  container: MedusaContainer,
  items: ItemRow[]
): Promise<Map<string, string>> {
  const ids = [...new Set(items.flatMap(({ product_id }) => product_id ?? []))]
  if (ids.length === 0) return new Map()

  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "metadata"],
    filters: { id: ids },
    // Taking a product off sale must not take the sale from its vendor.
    withDeleted: true,
  })
  return new Map(
    z
      .array(MetadataRow)
      .parse(data)
      .flatMap(({ id, metadata }): [string, string][] => {
        const vendor_id = textFrom(metadata ?? {}, VENDOR_KEY)
        return vendor_id ? [[id, vendor_id]] : []
      })
  )
}

async function areProductsMarked(container: MedusaContainer): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "metadata"],
    pagination: { take: RECENT, order: { created_at: "DESC" } },
  })
  return z.array(MetadataRow).parse(data).some(isMarked)
}

/** Carts do not count: a customer must not be able to change what this shop is taken for. */
async function areOrdersMarked(container: MedusaContainer): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "metadata", "items.metadata", "cart_link.cart_id"],
    pagination: { take: RECENT, order: { created_at: "DESC" } },
  })
  return z
    .array(RecentOrderRow)
    .parse(data)
    .filter(({ cart_link }) => !cart_link)
    .some((order) => [order, ...(order.items ?? [])].some(isMarked))
}

function isMarked({ metadata }: z.infer<typeof Marked>): boolean {
  return textFrom(metadata ?? {}, VENDOR_KEY) !== null
}
