import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { type Actor, vendorAmong } from "../actors"
import { fieldsOf } from "../links"

const SELLER = { module_key: "seller", name: "seller" }
const MEMBERSHIP = { module_key: "seller", name: "seller_member" }

const MembershipRow = z.object({ seller_id: z.string(), member_id: z.string() })
const SellerRow = z.object({
  id: z.string(),
  members: z.array(z.object({ id: z.string() })).nullish(),
})

/**
 * The seller whose member is signed in. Where members may belong to several
 * sellers a row of its own says so; before, a member was one seller's.
 */
export async function sellerOfMember(
  container: MedusaContainer,
  actor: Actor
): Promise<string | null> {
  const { actor_id } = actor
  if (fieldsOf(MEMBERSHIP, ["member"]).length > 0) {
    const rows = await read(container, MembershipRow, {
      entity: MEMBERSHIP.name,
      fields: ["seller_id", "member_id"],
      filters: { member_id: actor_id },
    })
    return vendorAmong(
      rows
        .filter(({ member_id }) => member_id === actor_id)
        .map(({ seller_id }) => seller_id),
      actor
    )
  }
  if (fieldsOf(SELLER, ["members"]).length === 0) return null
  const sellers = await read(container, SellerRow, {
    entity: SELLER.name,
    fields: ["id", "members.id"],
    filters: { members: { id: actor_id } },
  })
  return vendorAmong(
    sellers
      .filter(({ members }) => members?.some(({ id }) => id === actor_id))
      .map(({ id }) => id),
    actor
  )
}

async function read<Row>(
  container: MedusaContainer,
  schema: z.ZodType<Row>,
  asked: { entity: string; fields: string[]; filters: Record<string, unknown> }
): Promise<Row[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph(asked)
  return z.array(schema).parse(data)
}
