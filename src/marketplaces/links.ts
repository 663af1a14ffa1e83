import { MedusaModule } from "@medusajs/framework/modules-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

/** What a shop linked to what. Read from the links the shop has loaded; no query is needed. */

type Place = { module_key: string; id_key: string }

/** A model of some module, as another module's records show it. */
export type LinkedModel = {
  module_key: string
  /** Its name: the field of a record that gives it, and the entity to query it by. */
  name: string
  /** Field of the records that gives the rows of the link. */
  link_field: string
  /** Column of those rows that holds its id. */
  id_key: string
}

const LINK_SUFFIX = "_link"

/** The models linked to the records that `place` names, in the order of their names. */
export function modelsLinkedTo(
  container: MedusaContainer,
  place: Place
): LinkedModel[] {
  const relations = container
    .resolve(ContainerRegistrationKeys.LINK)
    .getRelationships()
  const linked: LinkedModel[] = []
  for (const side of relations.get(place.module_key)?.get(place.id_key) ?? []) {
    if (!side.isPrimary || !side.alias.endsWith(LINK_SUFFIX)) continue
    for (const [module_key, by_key] of relations) {
      for (const [id_key, others] of by_key) {
        const isItself =
          module_key === place.module_key && id_key === place.id_key
        if (isItself) continue
        if (
          others.some(
            (other) => other.isPrimary && other.serviceName === side.serviceName
          )
        ) {
          linked.push({
            module_key,
            name: side.alias.slice(0, -LINK_SUFFIX.length),
            link_field: side.alias,
            id_key,
          })
        }
      }
    }
  }
  return linked.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Whether a module link joins the two, whichever side it was defined from. */
export function isLinked(
  container: MedusaContainer,
  one: Place,
  other: Place
): boolean {
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const a = [one.module_key, one.id_key] as const
  const b = [other.module_key, other.id_key] as const
  return Boolean(
    link.getLinkModule(...a, ...b) ?? link.getLinkModule(...b, ...a)
  )
}

const Rows = z.array(z.looseObject({ id: z.string() }))
const LinkRow = z.record(z.string(), z.unknown())
const LinkRows = z
  .union([z.array(LinkRow.nullish()), LinkRow])
  .nullish()
  .transform((rows) => (Array.isArray(rows) ? rows : [rows]))

/**
 * The ids that `linked` has for each of these records, sorted. Records that were
 * deleted keep theirs: taking a product off sale must not take the sale from
 * its vendor.
 */
export async function readLinkedIds(
  container: MedusaContainer,
  {
    entity,
    ids,
    linked,
  }: { entity: string; ids: readonly string[]; linked: LinkedModel }
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const { link_field, id_key } = linked
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity,
    fields: ["id", `${link_field}.${id_key}`],
    filters: { id: [...new Set(ids)] },
    withDeleted: true,
  })
  return new Map(
    Rows.parse(data).map((row): [string, string[]] => {
      const found = LinkRows.parse(row[link_field]).flatMap((link) => {
        const id = link?.[id_key]
        return typeof id === "string" ? [id] : []
      })
      return [row.id, [...new Set(found)].sort()]
    })
  )
}

/** Those of `fields` that the model has, as its module describes it. */
export function fieldsOf(
  { module_key, name }: Pick<LinkedModel, "module_key" | "name">,
  fields: readonly string[]
): string[] {
  const config = MedusaModule.getAllJoinerConfigs().find(
    ({ serviceName }) => serviceName === module_key
  )
  const entity = [config?.alias ?? []]
    .flat()
    .find((alias) => [alias.name].flat().includes(name))?.entity
  const body = new RegExp(`type ${entity ?? ""} [^{]*\\{([^}]*)\\}`).exec(
    config?.schema ?? ""
  )?.[1]
  const known = new Set(
    [...(body ?? "").matchAll(/^\s*(\w+)\s*:/gm)].map(([, field]) => field)
  )
  return fields.filter((field) => known.has(field))
}
