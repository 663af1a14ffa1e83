import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { VendorFacts } from "../../domain/facts"
import { vendorFrom } from "../vendor-facts"

const CONTACTS_KEY = "masspay_vendors"

const StoreRow = z.object({
  metadata: z.record(z.string(), z.unknown()).nullish(),
})
const Contacts = z.record(z.string(), z.record(z.string(), z.unknown()))

/**
 * Contacts from `store.metadata.masspay_vendors`, which only admins can write:
 *
 * `{ "<vendor id>": { "name", "email", "first_name", "last_name",
 * "business_name", "country_code" } }`
 *
 * A vendor without an entry is returned with nothing but her id; her money then
 * waits for the missing contact. An order's metadata would not do: customers
 * can write it, and with it the e-mail that the money goes to.
 */
export async function readVendors(
  container: MedusaContainer,
  ids: string[]
): Promise<VendorFacts[]> {
  if (ids.length === 0) return []

  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "store",
    fields: ["metadata"],
    pagination: { take: 1, order: { created_at: "ASC" } },
  })
  const [store] = z.array(StoreRow).parse(data)
  const contacts = Contacts.safeParse(store?.metadata?.[CONTACTS_KEY])
  return ids.map((id) => vendorFrom({ ...contacts.data?.[id], id }))
}
