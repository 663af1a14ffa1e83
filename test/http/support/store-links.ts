import { defineLink } from "@medusajs/framework/utils"
import OrderModule from "@medusajs/medusa/order"
import ProductModule from "@medusajs/medusa/product"
import StoreModule from "@medusajs/medusa/store"

/** How a shop with a Medusa store for each vendor links them. */
defineLink(
  { linkable: ProductModule.linkable.product, isList: true },
  { linkable: StoreModule.linkable.store }
)
// Lists on both sides, although an order has one: so it is done out there.
defineLink(
  { linkable: OrderModule.linkable.order, isList: true },
  { linkable: StoreModule.linkable.store, isList: true }
)
