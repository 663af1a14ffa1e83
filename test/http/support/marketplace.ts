import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type MarketplaceModuleService from "../../../demo/src/modules/marketplace/service"
import type { Shop } from "./shop"

const MARKETPLACE = "marketplace"

type Family = {
  parent: string
  /** By the handle of the vendor. */
  children: Record<string, string>
  vendors: Record<string, string>
}

/** What the recipe's checkout and its people do. */
export function openMarketplace(getContainer: () => MedusaContainer) {
  const service = () =>
    getContainer().resolve<MarketplaceModuleService>(MARKETPLACE)
  const links = () => getContainer().resolve(ContainerRegistrationKeys.LINK)

  async function vendor(
    handle: string,
    contact: { email?: string; country_code?: string | null } = {}
  ): Promise<string> {
    const { country_code = "us" } = contact
    const created = await service().createVendors({
      handle,
      name: handle,
      country_code,
    })
    await service().createVendorAdmins({
      email: contact.email ?? `${handle}@example.com`,
      first_name: handle,
      last_name: "Vendor",
      vendor_id: created.id,
    })
    return created.id
  }

  async function link(order_id: string, vendor_id: string): Promise<void> {
    await links().create({
      [MARKETPLACE]: { vendor_id },
      [Modules.ORDER]: { order_id },
    })
  }

  /** A parent and one child for each vendor, as the recipe's checkout leaves them. Prices by handle. */
  async function family(
    shop: Shop,
    order: {
      vendors: Record<string, string[]>
      platform: string[]
      shipping?: number
    }
  ): Promise<Family> {
    const itemsOf = (prices: string[]) =>
      prices.map((unit_price) => ({ title: `Item ${unit_price}`, unit_price }))
    const shipping =
      order.shipping === undefined ? {} : { shipping: order.shipping }
    const made: Family = {
      parent: await shop.place({
        items: [...Object.values(order.vendors), order.platform].flatMap(
          itemsOf
        ),
        ...shipping,
      }),
      children: {},
      vendors: {},
    }
    for (const [handle, prices] of Object.entries(order.vendors)) {
      const vendor_id = await vendor(handle)
      const child = await shop.place({
        items: itemsOf(prices),
        ...shipping,
        metadata: { parent_order_id: made.parent },
      })
      await link(child, vendor_id)
      made.vendors[handle] = vendor_id
      made.children[handle] = child
    }
    return made
  }

  /** Takes `amount` off the item of that title, on this order only. */
  async function discount(
    order_id: string,
    title: string,
    amount: string
  ): Promise<void> {
    const orders = getContainer().resolve(Modules.ORDER)
    const [item] = await orders.listOrderLineItems({ title }, {})
    const order = await orders.retrieveOrder(order_id, { relations: ["items"] })
    const own = order.items?.find((one) => one.title === title) ?? item
    if (!own) throw new Error(`No item ${title}`)
    await orders.createOrderLineItemAdjustments([
      { item_id: own.id, code: "SALE", amount: Number(amount) },
    ])
  }

  return { vendor, link, family, discount }
}
