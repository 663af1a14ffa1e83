import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  MedusaError,
} from "@medusajs/framework/utils"

import { isKnownCurrency } from "../../../domain/currency"
import { kernelFrom } from "../../../kernel"
import {
  AmbiguousMarketplaceError,
  MarketplaceNotFoundError,
} from "../../../marketplaces/errors"
import type { MarketplaceAdapter } from "../../../marketplaces/types"

type Answer = { reason: string; detail: string }

/**
 * Looks at the order itself and says why nothing is settled for it. Throws
 * `not_found` when the shop has no such order.
 */
export async function whyNoSettlement(
  container: MedusaContainer,
  order_id: string
): Promise<Answer> {
  if (!(await isOrder(container, order_id))) throw notFound(order_id)

  const adapter = await adapterOrAnswer(container)
  if ("reason" in adapter) return adapter

  const facts = await adapter.factsForOrder(container, order_id)
  if (!facts) throw notFound(order_id)
  if (facts.lines.every(({ vendor_id }) => vendor_id === null)) {
    return {
      reason: "no_vendor_lines",
      detail: "No line of this order belongs to a vendor.",
    }
  }
  if (!isKnownCurrency(facts.currency_code)) {
    return {
      reason: "unknown_currency",
      detail: `${facts.currency_code} is not an ISO 4217 currency.`,
    }
  }
  return {
    reason: "not_settled_yet",
    detail: "The next sweep of the orders settles it.",
  }
}

async function isOrder(
  container: MedusaContainer,
  id: string
): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id"],
    filters: { id },
  })
  return data.length > 0
}

function notFound(order_id: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `Order with id: ${order_id} was not found`
  )
}

async function adapterOrAnswer(
  container: MedusaContainer
): Promise<MarketplaceAdapter | Answer> {
  const kernel = await kernelFrom(container)
  try {
    return await kernel.adapter()
  } catch (error) {
    if (error instanceof AmbiguousMarketplaceError) {
      return { reason: "ambiguous_marketplace", detail: error.message }
    }
    if (error instanceof MarketplaceNotFoundError) {
      return { reason: "marketplace_not_found", detail: error.message }
    }
    throw error
  }
}
