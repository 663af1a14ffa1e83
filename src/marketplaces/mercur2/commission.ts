import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { LineFacts } from "../../domain/facts"
import { add, exact } from "../decimals"
import type { OrderRow } from "../order-rows"

const COMMISSION_MODULE = "commission"

/** By the id of the item or shipping method. */
export type Commissions = ReadonlyMap<
  string,
  NonNullable<LineFacts["commission"]>
>

const Exact = z.union([z.string(), z.number()]).transform(exact)
const CommissionRow = z.object({
  id: z.string(),
  item_id: z.string().nullish(),
  shipping_method_id: z.string().nullish(),
  raw_amount: z.object({ value: Exact }),
})

/**
 * What Mercur's own rules take of each line. Rows are looked up by line: orders
 * do not lead to those of their shipping. Mercur replaces them whenever an
 * order changes, so what is read here is what holds now.
 */
export async function readCommissions(
  container: MedusaContainer,
  orders: readonly OrderRow[]
): Promise<Commissions> {
  const commissions = new Map<string, { amount: string; source: string }>()
  if (!container.hasRegistration(COMMISSION_MODULE)) return commissions

  const item_id = orders.flatMap(({ items }) => items).map(({ id }) => id)
  const shipping_method_id = orders
    .flatMap(({ shipping_methods }) => shipping_methods)
    .map(({ id }) => id)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "commission_line",
    fields: ["id", "item_id", "shipping_method_id", "raw_amount"],
    filters: { $or: [{ item_id }, { shipping_method_id }] },
    pagination: { order: { id: "ASC" } },
  })
  for (const row of z.array(CommissionRow).parse(data)) {
    const ref = row.item_id ?? row.shipping_method_id
    if (!ref) continue
    const before = commissions.get(ref)?.amount ?? "0"
    commissions.set(ref, {
      source: "mercur",
      amount: add(before, row.raw_amount.value),
    })
  }
  return commissions
}
