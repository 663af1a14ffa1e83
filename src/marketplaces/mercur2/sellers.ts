import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { VendorFacts } from "../../domain/facts"
import { countryFrom } from "../country"
import { fieldsOf } from "../links"
import { textFrom } from "../order-rows"
import type { VendorPage } from "../types"
import { type FoundRows, pageOf, vendorFrom } from "../vendor-facts"

const SELLER = { module_key: "seller", name: "seller" }
const RELATIONS = ["address", "members", "professional_details"]

const Text = z.looseObject({}).nullish()
const SellerRow = z.looseObject({
  id: z.string(),
  address: Text,
  professional_details: Text,
  members: z.unknown(),
})

/**
 * The sellers with these ids, as far as they exist. The e-mail is the seller's;
 * her names come from her address, then from her longest-serving member.
 */
export async function readSellers(
  container: MedusaContainer,
  ids: string[]
): Promise<VendorFacts[]> {
  if (ids.length === 0) return []
  return findSellers(container, { filters: { id: ids } })
}

/** All sellers, page by page. */
export async function listSellers(
  container: MedusaContainer,
  page: VendorPage
): Promise<VendorFacts[]> {
  return findSellers(container, pageOf(page))
}

async function findSellers(
  container: MedusaContainer,
  found: FoundRows
): Promise<VendorFacts[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: SELLER.name,
    fields: [
      "*",
      ...fieldsOf(SELLER, RELATIONS).map((relation) => `${relation}.*`),
    ],
    pagination: { order: { id: "ASC" } },
    ...found,
  })
  return z.array(SellerRow).parse(data).map(sellerFacts)
}

function sellerFacts(row: z.infer<typeof SellerRow>): VendorFacts {
  const address = row.address ?? {}
  const known = vendorFrom(row, row.members)
  const [first_name, last_name] = ["first_name", "last_name"].map((key) =>
    textFrom(address, key)
  )
  // Of one person: two halves of two people's names are nobody's.
  const isNamed = Boolean(first_name && last_name)
  return {
    ...known,
    ...(isNamed && {
      first_name: first_name ?? null,
      last_name: last_name ?? null,
    }),
    business_name:
      textFrom(row.professional_details ?? {}, "corporate_name") ??
      textFrom(address, "company") ??
      known.business_name,
    country_code: countryFrom(address) ?? known.country_code,
  }
}
