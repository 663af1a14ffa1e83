import { AmbiguousVendorError } from "../errors"
import { isLinked, readLinkedIds } from "../links"
import type { MarketplaceAdapter } from "../types"
import { factsOfWholeOrder } from "../whole-order"
import { ORDER, vendorLinkOf, vendorLinksOf } from "./link"
import { listVendors, readVendors, vendorOfPerson } from "./vendors"

export type ProductVendorOptions = {
  /** Name of the vendor's model, as a product shows it. Default: whichever of `KNOWN_NAMES` is linked. */
  vendor?: string | undefined
  /** Field of the vendor that lists the people behind her. Default "admins", where she has it. */
  people?: string | undefined
}

/**
 * Shops whose products are linked to vendors of a module of their own, and
 * whose orders are not split: every line is its product's vendor's, all of them
 * under the one order that was paid.
 *
 * A line whose product has no vendor, and one without a product, is the
 * platform's. A product with several vendors stops its orders: nothing says
 * who sold it. Shipping is a vendor's only where she sold everything.
 */
export function productVendorAdapter(
  options: ProductVendorOptions = {}
): MarketplaceAdapter {
  return {
    id: "product-vendor",

    // Where orders have vendors too, they say who sold what, and another model reads them.
    async detect(container) {
      const linked = vendorLinksOf(container, options.vendor)
      return (
        linked.length > 0 &&
        !linked.some((vendor) => isLinked(container, vendor, ORDER))
      )
    },

    async assertUsable(container) {
      vendorLinkOf(container, options.vendor)
    },

    async factsForOrder(container, order_id) {
      const linked = vendorLinkOf(container, options.vendor)
      return factsOfWholeOrder(container, order_id, {
        sellers: async ({ items }) => {
          const of_product = await readLinkedIds(container, {
            entity: "product",
            ids: items.flatMap(({ product_id }) => product_id ?? []),
            linked,
          })
          return ({ product_id }) =>
            product_id ? onlyVendorOf(product_id, of_product) : null
        },
        vendors: (ids) =>
          readVendors(container, { linked, people: options.people, ids }),
      })
    },

    async listVendors(container, page) {
      return listVendors(container, {
        linked: vendorLinkOf(container, options.vendor),
        people: options.people,
        page,
      })
    },

    async getVendor(container, vendor_id) {
      const [vendor] = await readVendors(container, {
        linked: vendorLinkOf(container, options.vendor),
        people: options.people,
        ids: [vendor_id],
      })
      return vendor ?? null
    },

    vendorOfActor: (container, actor) =>
      vendorOfPerson(container, {
        linked: vendorLinkOf(container, options.vendor),
        people: options.people,
        actor,
      }),
  }
}

function onlyVendorOf(
  product_id: string,
  of_product: ReadonlyMap<string, string[]>
): string | null {
  const [vendor_id, ...others] = of_product.get(product_id) ?? []
  if (vendor_id !== undefined && others.length > 0) {
    throw new AmbiguousVendorError(`Product ${product_id}`, [
      vendor_id,
      ...others,
    ])
  }
  return vendor_id ?? null
}
