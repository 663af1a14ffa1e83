import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { VendorFacts } from "../../domain/facts"
import type { VendorPage } from "../types"
import { type FoundRows, pageOf, vendorFrom } from "../vendor-facts"

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

/** All stores or channels but the platform's own, page by page. */
export async function listNamed(
  container: MedusaContainer,
  {
    entity,
    platform,
    page: { after, limit },
  }: {
    entity: "store" | "sales_channel"
    platform: string | null
    page: VendorPage
  }
): Promise<VendorFacts[]> {
  // One more than was asked for stands in for the platform's.
  const found = pageOf({ after, limit: limit + 1 })
  const named = await findNamed(container, entity, found)
  return named.filter(({ id }) => id !== platform).slice(0, limit)
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
  return findNamed(container, entity, { filters: { id: ids } })
}

async function findNamed(
  container: MedusaContainer,
  entity: "store" | "sales_channel",
  found: FoundRows
): Promise<VendorFacts[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity,
    fields: ["id", "name", "metadata"],
    pagination: { order: { id: "ASC" } },
    ...found,
  })
  return z
    .array(Row)
    .parse(data)
    .map((row) => vendorFrom(row))
}
