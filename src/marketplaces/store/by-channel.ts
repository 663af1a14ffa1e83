import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { readLinkedIds } from "../links"
import type { ItemRow, OrderRow } from "../order-rows"

/** Medusa's own link. */
const CHANNEL_LINK = {
  link_entity: "product_sales_channel",
  record_key: "product_id",
  id_key: "sales_channel_id",
}

/**
 * Who sold each line, by the order's sales channel. A product that is on sale,
 * but not there, was not hers to sell: one key of the store API can open several
 * channels, and the customer picks which. A product that is on sale nowhere any
 * more was sold where it was bought.
 */
export async function vendorByChannel(
  container: MedusaContainer,
  order: OrderRow,
  { isChannel }: { isChannel: boolean }
): Promise<(item: ItemRow) => string | null> {
  const channel_id = order.sales_channel_id ?? null
  const seller = isChannel
    ? channel_id
    : await storeOfChannel(container, channel_id)
  if (channel_id === null || seller === null) return () => null

  const channels_of = await readLinkedIds(container, {
    entity: "product",
    ids: order.items.flatMap(({ product_id }) => product_id ?? []),
    linked: CHANNEL_LINK,
  })
  return ({ product_id }) => {
    const on_sale = (product_id && channels_of.get(product_id)) || []
    return on_sale.length === 0 || on_sale.includes(channel_id) ? seller : null
  }
}

const StoreRow = z.object({ id: z.string() })

/** The only store that has the channel as its default. One that several share is no vendor's. */
async function storeOfChannel(
  container: MedusaContainer,
  channel_id: string | null
): Promise<string | null> {
  if (channel_id === null) return null
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "store",
    fields: ["id"],
    filters: { default_sales_channel_id: channel_id },
    pagination: { take: 2, order: { id: "ASC" } },
    withDeleted: true,
  })
  const [only, ...others] = z.array(StoreRow).parse(data)
  return only && others.length === 0 ? only.id : null
}
