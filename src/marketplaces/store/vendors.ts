import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { VendorFacts } from "../../domain/facts"
import { vendorFrom } from "../vendor-facts"

const Row = z.looseObject({ id: z.string() })

/**
 * Vendors that are stores, as far as they exist. A store has but a name; the
 * rest stands in its metadata (`email`, `first_name`, `last_name`,
 * `business_name`, `country_code`), which only admins can write.
 */
export async function readStores(
  container: MedusaContainer,
  ids: string[]
): Promise<VendorFacts[]> {
  return readNamed(container, "store", ids)
}

/** Vendors that are sales channels: as stores, a name and metadata. */
export async function readChannels(
  container: MedusaContainer,
  ids: string[]
): Promise<VendorFacts[]> {
  return readNamed(container, "sales_channel", ids)
}

async function readNamed(
  container: MedusaContainer,
  entity: "store" | "sales_channel",
  ids: string[]
): Promise<VendorFacts[]> {
  if (ids.length === 0) return []

  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity,
    fields: ["id", "name", "metadata"],
    filters: { id: ids },
    pagination: { order: { id: "ASC" } },
  })
  return z
    .array(Row)
    .parse(data)
    .map((row) => vendorFrom(row))
}
