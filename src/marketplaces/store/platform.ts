import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { type LinkedModel, modelsLinkedTo } from "../links"

export const ORDER = { module_key: Modules.ORDER, id_key: "order_id" }
export const PRODUCT = { module_key: Modules.PRODUCT, id_key: "product_id" }

const STORES_LOOKED_AT = 50

const StoreRow = z.object({
  id: z.string(),
  default_sales_channel_id: z.string().nullish(),
})

/** How Medusa's stores are linked to orders or products, if they are. */
export function storeLinkOf(
  container: MedusaContainer,
  place: typeof ORDER | typeof PRODUCT
): LinkedModel | null {
  return (
    modelsLinkedTo(container, place).find(
      ({ module_key }) => module_key === Modules.STORE
    ) ?? null
  )
}

export function isLinkedToStores(container: MedusaContainer): boolean {
  return [PRODUCT, ORDER].some((place) => storeLinkOf(container, place))
}

/** Whether there are several stores and at least two sell through channels of their own. */
export async function isOneChannelAStore(
  container: MedusaContainer
): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "store",
    fields: ["id", "default_sales_channel_id"],
    pagination: { take: STORES_LOOKED_AT, order: { created_at: "ASC" } },
  })
  const channels = z
    .array(StoreRow)
    .parse(data)
    .flatMap(({ default_sales_channel_id }) => default_sales_channel_id ?? [])
  const own = channels.filter(
    (id) => channels.indexOf(id) === channels.lastIndexOf(id)
  )
  return own.length > 1
}

/**
 * The platform's own store, or with vendors by sales channel its channel: what
 * the options say, else of the store that Medusa made when the shop began. A
 * store that was deleted since counts, or its successor's sales would be lost.
 */
export async function platformOf(
  container: MedusaContainer,
  options: { vendor?: string | undefined; platform?: string | undefined }
): Promise<string | null> {
  if (options.platform !== undefined) return options.platform

  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "store",
    fields: ["id", "default_sales_channel_id"],
    pagination: { take: 1, order: { created_at: "ASC", id: "ASC" } },
    withDeleted: true,
  })
  const [oldest] = z.array(StoreRow).parse(data)
  if (!oldest) return null
  return options.vendor === "sales_channel"
    ? (oldest.default_sales_channel_id ?? null)
    : oldest.id
}
