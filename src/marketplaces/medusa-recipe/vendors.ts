import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { VendorFacts } from "../../domain/facts"
import type { ItemRow } from "../order-rows"
import type { VendorPage } from "../types"
import { type FoundRows, pageOf, vendorFrom } from "../vendor-facts"

const OwnedAdminRow = z.object({
  id: z.string(),
  vendor: z.object({ id: z.string() }).nullish(),
})
const VendorRow = z.looseObject({ id: z.string(), admins: z.unknown() })
const ProductRow = z.object({
  id: z.string(),
  vendor: z.object({ id: z.string() }).nullish(),
})

/**
 * The vendors with these ids, as far as they exist. The recipe's vendor has no
 * e-mail and no names: they come from her longest-serving admin. A host that
 * added fields of these names to the vendor is believed first.
 */
export async function readVendors(
  container: MedusaContainer,
  ids: string[]
): Promise<VendorFacts[]> {
  if (ids.length === 0) return []
  return findVendors(container, { filters: { id: ids } })
}

/** All vendors, page by page. */
export async function listVendors(
  container: MedusaContainer,
  page: VendorPage
): Promise<VendorFacts[]> {
  return findVendors(container, pageOf(page))
}

async function findVendors(
  container: MedusaContainer,
  found: FoundRows
): Promise<VendorFacts[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "vendor",
    fields: ["*", "admins.*"],
    pagination: { order: { id: "ASC" } },
    ...found,
  })
  return z
    .array(VendorRow)
    .parse(data)
    .map((row) => vendorFrom(row, row.admins))
}

/** The vendor of an admin, or `null` when there is no such admin. */
export async function vendorOfAdmin(
  container: MedusaContainer,
  admin_id: string
): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "vendor_admin",
    fields: ["id", "vendor.id"],
    filters: { id: admin_id },
  })
  const [admin] = z.array(OwnedAdminRow).parse(data)
  return admin?.id === admin_id ? (admin.vendor?.id ?? null) : null
}

/**
 * The products among `items` that exist and belong to no vendor. With one
 * vendor in the cart the recipe links the whole order to her, the platform's
 * own goods included.
 */
export async function productsWithoutVendor(
  container: MedusaContainer,
  items: ItemRow[]
): Promise<Set<string>> {
  const ids = [...new Set(items.flatMap(({ product_id }) => product_id ?? []))]
  if (ids.length === 0) return new Set()

  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "vendor.id"],
    filters: { id: ids },
  })
  return new Set(
    z
      .array(ProductRow)
      .parse(data)
      .filter(({ vendor }) => !vendor)
      .map(({ id }) => id)
  )
}
