import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { compareKeys } from "../../domain/allocate"
import type { VendorFacts } from "../../domain/facts"
import type { VendorPage } from "../types"
import { vendorFrom } from "../vendor-facts"

const CONTACTS_KEY = "masspay_vendors"

const StoreRow = z.object({
  metadata: z.record(z.string(), z.unknown()).nullish(),
})
const ContactsRow = z.record(z.string(), z.record(z.string(), z.unknown()))

/** What the store's metadata says of vendors, by id. Nothing of it was checked. */
export type Contacts = z.infer<typeof ContactsRow>

/**
 * Contacts from `store.metadata.masspay_vendors`, which only admins can write:
 *
 * `{ "<vendor id>": { "name", "email", "first_name", "last_name",
 * "business_name", "country_code" } }`
 *
 * An order's metadata would not do: customers can write it, and with it the
 * e-mail that the money goes to.
 */
export async function readContacts(
  container: MedusaContainer
): Promise<Contacts> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "store",
    fields: ["metadata"],
    pagination: { take: 1, order: { created_at: "ASC" } },
  })
  const [store] = z.array(StoreRow).parse(data)
  return ContactsRow.safeParse(store?.metadata?.[CONTACTS_KEY]).data ?? {}
}

/** The vendors whose contacts are there, page by page. */
export function pageOfContacts(
  contacts: Contacts,
  { after, limit }: VendorPage
): VendorFacts[] {
  const ids = Object.keys(contacts)
    .filter((id) => after === null || compareKeys(id, after) > 0)
    .sort(compareKeys)
    .slice(0, limit)
  return contactsOf(contacts, ids)
}

/**
 * The vendors with these ids. One without an entry is returned with nothing but
 * her id; her money then waits for the missing contact.
 */
export function contactsOf(
  contacts: Contacts,
  ids: readonly string[]
): VendorFacts[] {
  return ids.map((id) => vendorFrom({ ...contacts[id], id }))
}
