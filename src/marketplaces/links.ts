import { MedusaModule } from "@medusajs/framework/modules-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { compareKeys } from "../domain/allocate"
import { textFrom } from "./order-rows"

/** What a shop linked to what. Read from the links the shop has loaded; no query is needed. */

type Place = { module_key: string; id_key: string }

/** A model of some module that is linked to the records of another. */
export type LinkedModel = {
  module_key: string
  /** Its name: the field of a record that gives it, and the entity to query it by. */
  name: string
  /** Entity to query the rows of the link by. */
  link_entity: string
  /** Column of those rows that holds the id of the record. */
  record_key: string
  /** Column of those rows that holds the id of the linked model. */
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
  const sides = relations.get(place.module_key)?.get(place.id_key) ?? []
  return sides
    .filter(({ isPrimary, alias }) => isPrimary && alias.endsWith(LINK_SUFFIX))
    .flatMap(({ serviceName, alias }) =>
      placesOf(relations, serviceName)
        .filter((other) => !isSame(other, place))
        .map(({ module_key, id_key }) => ({
          module_key,
          name: alias.slice(0, -LINK_SUFFIX.length),
          link_entity: linkEntity(container, place, { module_key, id_key }),
          record_key: place.id_key,
          id_key,
        }))
    )
    .sort((a, b) => compareKeys(a.name, b.name))
}

type Relations = ReadonlyMap<
  string,
  ReadonlyMap<string, { isPrimary: boolean; serviceName: string }[]>
>

/** Both ends of a link. */
function placesOf(relations: Relations, link_service: string): Place[] {
  const places: Place[] = []
  for (const [module_key, by_key] of relations) {
    for (const [id_key, sides] of by_key) {
      const isEnd = sides.some(
        (side) => side.isPrimary && side.serviceName === link_service
      )
      if (isEnd) places.push({ module_key, id_key })
    }
  }
  return places
}

function isSame(a: Place, b: Place): boolean {
  return a.module_key === b.module_key && a.id_key === b.id_key
}

function linkBetween(container: MedusaContainer, one: Place, other: Place) {
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const a = [one.module_key, one.id_key] as const
  const b = [other.module_key, other.id_key] as const
  return link.getLinkModule(...a, ...b) ?? link.getLinkModule(...b, ...a)
}

function linkEntity(
  container: MedusaContainer,
  one: Place,
  other: Place
): string {
  const aliases = linkBetween(container, one, other)?.__joinerConfig.alias
  const alias = Array.isArray(aliases) ? aliases[0] : aliases
  const name = Array.isArray(alias?.name) ? alias.name[0] : alias?.name
  if (name === undefined) {
    throw new Error(
      `The link of ${one.module_key} and ${other.module_key} has no name`
    )
  }
  return name
}

/** Whether a module link joins the two, whichever side it was defined from. */
export function isLinked(
  container: MedusaContainer,
  one: Place,
  other: Place
): boolean {
  return Boolean(linkBetween(container, one, other))
}

type Link = Pick<LinkedModel, "link_entity" | "record_key" | "id_key">

/** Links are removed within moments of the record they belong to. */
const GONE_TOGETHER_MS = 60_000

const LinkRow = z.looseObject({ deleted_at: z.coerce.date().nullish() })
type LinkRow = z.infer<typeof LinkRow>
const Record = z.object({
  id: z.string(),
  deleted_at: z.coerce.date().nullish(),
})

/**
 * The ids that `linked` has for each of these records, sorted. A record that was
 * deleted keeps those it had: taking a product off sale must not take the sale
 * from its vendor.
 */
export async function readLinkedIds(
  container: MedusaContainer,
  {
    entity,
    ids,
    linked,
  }: { entity: "order" | "product"; ids: readonly string[]; linked: Link }
): Promise<Map<string, string[]>> {
  const rows = await readLinkRows(container, linked, ids)
  const gone = [...rows].flatMap(([id, links]) =>
    links.some(isLive) ? [] : [id]
  )
  const deleted = await readDeletions(container, entity, gone)
  return new Map(
    [...rows].map(([id, links]): [string, string[]] => {
      const live = links.filter(isLive)
      const held = live.length > 0 ? live : lastOf(links, deleted.get(id))
      const found = held.flatMap((row) => textFrom(row, linked.id_key) ?? [])
      return [id, [...new Set(found)].sort()]
    })
  )
}

function isLive({ deleted_at }: LinkRow): boolean {
  return !deleted_at
}

/** The links that went with their record when it was deleted; none while it was not. */
function lastOf(links: LinkRow[], gone_at: number | undefined): LinkRow[] {
  const removedAt = ({ deleted_at }: LinkRow) => deleted_at?.getTime() ?? 0
  const last = Math.max(...links.map(removedAt))
  if (gone_at === undefined || last < gone_at - GONE_TOGETHER_MS) return []
  return links.filter((link) => removedAt(link) === last)
}

async function readLinkRows(
  container: MedusaContainer,
  { link_entity, record_key, id_key }: Link,
  ids: readonly string[]
): Promise<Map<string, LinkRow[]>> {
  const rows = new Map<string, LinkRow[]>()
  if (ids.length === 0) return rows
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: link_entity,
    fields: [record_key, id_key, "deleted_at"],
    filters: { [record_key]: [...new Set(ids)] },
    withDeleted: true,
  })
  for (const row of z.array(LinkRow).parse(data)) {
    const id = textFrom(row, record_key)
    if (id) rows.set(id, [...(rows.get(id) ?? []), row])
  }
  return rows
}

/** When each of these records was deleted, if it was: milliseconds by id. */
async function readDeletions(
  container: MedusaContainer,
  entity: "order" | "product",
  ids: readonly string[]
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity,
    fields: ["id", "deleted_at"],
    filters: { id: [...ids] },
    withDeleted: true,
  })
  return new Map(
    z
      .array(Record)
      .parse(data)
      .flatMap(({ id, deleted_at }): [string, number][] =>
        deleted_at ? [[id, deleted_at.getTime()]] : []
      )
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
