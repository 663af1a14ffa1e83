import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { OrderFacts } from "../../domain/facts"
import type { SettlementPolicy } from "../../domain/settle-types"

const ProductRow = z.object({
  id: z.string(),
  categories: z.array(z.object({ id: z.string() })).nullish(),
})

/**
 * The facts with the categories of what was sold, where commissions by category
 * are set and the adapter did not say them. Costs nothing where none are.
 */
export async function withCategories(
  container: MedusaContainer,
  { facts, policy }: { facts: OrderFacts; policy: SettlementPolicy }
): Promise<OrderFacts> {
  if (Object.keys(policy.commission?.categories ?? {}).length === 0) {
    return facts
  }
  const unknown = facts.lines.flatMap(({ product_id, category_ids }) =>
    product_id && !category_ids ? [product_id] : []
  )
  if (unknown.length === 0) return facts

  const categories = await readCategories(container, [...new Set(unknown)])
  return {
    ...facts,
    lines: facts.lines.map((line) => {
      const found = line.product_id && categories.get(line.product_id)
      return found && !line.category_ids
        ? { ...line, category_ids: found }
        : line
    }),
  }
}

async function readCategories(
  container: MedusaContainer,
  ids: string[]
): Promise<Map<string, string[]>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "categories.id"],
    filters: { id: ids },
    // Taking a product off sale must not change what was agreed for it.
    withDeleted: true,
  })
  return new Map(
    z
      .array(ProductRow)
      .parse(data)
      .map(({ id, categories }): [string, string[]] => [
        id,
        (categories ?? []).map((category) => category.id),
      ])
  )
}
