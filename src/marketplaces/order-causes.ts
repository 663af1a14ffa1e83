import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { ChangeCause } from "../domain/facts"
import { exact, isZero } from "./decimals"

/** What exchanges and claims did to orders, by the id of the item or shipping method. */
export type OrderCauses = {
  brought: ReadonlyMap<string, ChangeCause>
  came_back: ReadonlyMap<string, ChangeCause>
}
const NO_CAUSES: OrderCauses = {
  brought: new Map(),
  came_back: new Map(),
}

const ItemRef = z.object({
  item_id: z.string(),
  /** Of a claim: sent to the customer, rather than claimed by her. */
  is_additional_item: z.boolean().nullish(),
})
const ChangeRow = z.object({
  additional_items: z.array(ItemRef).nullish(),
  shipping_methods: z
    .array(z.object({ shipping_method_id: z.string().nullish() }))
    .nullish(),
  return: z
    .object({
      items: z
        .array(
          z.object({
            item_id: z.string(),
            raw_received_quantity: z
              .object({ value: z.union([z.string(), z.number()]) })
              .nullish(),
          })
        )
        .nullish(),
    })
    .nullish(),
})
type ChangeRow = z.infer<typeof ChangeRow>

const FIELDS = [
  "id",
  "additional_items.item_id",
  "shipping_methods.shipping_method_id",
  "return.items.item_id",
  "return.items.raw_received_quantity",
]
const ENTITIES = [
  {
    cause: "exchange",
    entity: "order_exchange",
    fields: FIELDS,
  },
  {
    cause: "claim",
    entity: "order_claim",
    // What was claimed stands in the same table as what is sent for it.
    fields: [...FIELDS, "additional_items.is_additional_item"],
  },
] as const satisfies readonly {
  cause: ChangeCause
  entity: string
  fields: readonly string[]
}[]

/** What the exchanges and claims of these orders brought, and what came back for them. */
export async function readCauses(
  container: MedusaContainer,
  order_ids: readonly string[]
): Promise<OrderCauses> {
  if (order_ids.length === 0) return NO_CAUSES
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const brought = new Map<string, ChangeCause>()
  const came_back = new Map<string, ChangeCause>()
  for (const { cause, entity, fields } of ENTITIES) {
    const { data } = await query.graph({
      entity,
      fields: [...fields],
      filters: { order_id: [...order_ids] },
      pagination: { order: { id: "ASC" } },
    })
    for (const change of z.array(ChangeRow).parse(data)) {
      for (const id of broughtBy(change)) brought.set(id, cause)
      for (const id of cameBackFor(change)) came_back.set(id, cause)
    }
  }
  return { brought, came_back }
}

function broughtBy({
  additional_items,
  shipping_methods,
}: ChangeRow): string[] {
  return [
    ...(additional_items ?? [])
      .filter(({ is_additional_item }) => is_additional_item !== false)
      .map(({ item_id }) => item_id),
    ...(shipping_methods ?? []).flatMap(
      ({ shipping_method_id }) => shipping_method_id ?? []
    ),
  ]
}

function cameBackFor(change: ChangeRow): string[] {
  return (change.return?.items ?? [])
    .filter(
      ({ raw_received_quantity: received }) =>
        received != null && !isZero(exact(received.value))
    )
    .map(({ item_id }) => item_id)
}
