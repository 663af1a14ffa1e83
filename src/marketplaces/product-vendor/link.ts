import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { AmbiguousMarketplaceError, MarketplaceNotFoundError } from "../errors"
import { type LinkedModel, modelsLinkedTo } from "../links"

export const ORDER = { module_key: Modules.ORDER, id_key: "order_id" }
const PRODUCT = { module_key: Modules.PRODUCT, id_key: "product_id" }

/** What shops call those who sell. A model of any other name may be anything (a brand, a review) and has to be told. */
const KNOWN_NAMES = ["vendor", "seller", "merchant"]

const MEDUSAS_OWN: readonly string[] = Object.values(Modules)

/** The models of the shop's own modules that could be its products' vendors: the named one, or those whose name says so. */
export function vendorLinksOf(
  container: MedusaContainer,
  name: string | undefined
): LinkedModel[] {
  const names = name === undefined ? KNOWN_NAMES : [name]
  return ownModels(container).filter((model) => names.includes(model.name))
}

/** Throws `MarketplaceNotFoundError` or `AmbiguousMarketplaceError`. */
export function vendorLinkOf(
  container: MedusaContainer,
  name: string | undefined
): LinkedModel {
  const [only, ...others] = vendorLinksOf(container, name)
  if (!only) {
    throw new MarketplaceNotFoundError(
      `No module links a model named ${(name === undefined ? KNOWN_NAMES : [name]).join(" or ")} ` +
        `to products. Linked are: ${namesOf(ownModels(container)) || "none"}. Set ` +
        '`marketplace: { model: "product-vendor", vendor: "…" }` to the name of the one that sells.'
    )
  }
  if (others.length > 0) {
    throw new AmbiguousMarketplaceError(
      [only, ...others].map((model) => `product.${model.name}`),
      'Set `marketplace: { model: "product-vendor", vendor: "…" }` to the name of the one that sells.'
    )
  }
  return only
}

function ownModels(container: MedusaContainer): LinkedModel[] {
  return modelsLinkedTo(container, PRODUCT).filter(
    ({ module_key }) => !MEDUSAS_OWN.includes(module_key)
  )
}

function namesOf(models: readonly LinkedModel[]): string {
  return models.map(({ name }) => name).join(", ")
}
