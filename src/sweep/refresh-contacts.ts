import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { VendorFacts } from "../domain/facts"
import { failureFields } from "../failure"
import type { Kernel } from "../kernel"
import { upsertPayees } from "../modules/masspay/queries/payee-contact"

const PAGE_SIZE = 100
const PAGES_MAX = 50

const PayeeRow = z.object({ id: z.string(), vendor_id: z.string() })

/**
 * Takes over what the host knows by now about vendors who are not linked yet.
 * Filling in a missing e-mail address changes no order, so nothing else would
 * notice it. A vendor who cannot be read keeps neither the others nor the sweep
 * that comes after from their turn.
 */
export async function refreshContacts(
  kernel: Kernel,
  container: MedusaContainer,
  signal: AbortSignal
): Promise<void> {
  const adapter = await kernel.adapter()
  let after: string | null = null
  for (let page = 0; page < PAGES_MAX && !signal.aborted; page += 1) {
    const payees = await readUnlinked(container, after)
    const vendors: VendorFacts[] = []
    for (const { vendor_id } of payees) {
      try {
        const vendor = await adapter.getVendor(container, vendor_id)
        if (vendor) vendors.push(vendor)
      } catch (error) {
        kernel.log.warn("payee.contact_unreadable", {
          vendor_id,
          ...failureFields(error),
        })
      }
    }
    await kernel.books.tx((sql) =>
      upsertPayees(sql, { vendors, tag: kernel.installation.tag })
    )
    after = payees.at(-1)?.id ?? null
    if (payees.length < PAGE_SIZE) return
  }
}

async function readUnlinked(
  container: MedusaContainer,
  after: string | null
): Promise<z.infer<typeof PayeeRow>[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "masspay_payee",
    fields: ["id", "vendor_id"],
    filters: { user_token: null, ...(after && { id: { $gt: after } }) },
    pagination: { take: PAGE_SIZE, order: { id: "ASC" } },
  })
  return z.array(PayeeRow).parse(data)
}
