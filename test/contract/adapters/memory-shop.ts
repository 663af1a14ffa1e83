import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  createMedusaContainer,
} from "@medusajs/framework/utils"

export type Row = Record<string, unknown>

type Place = { module_key: string; id_key: string; alias: string }
export type LinkDefinition = {
  /** Entity of its rows. */
  entity: string
  ends: readonly [Place, Place]
}

export type ShopRows = {
  /** Rows by entity, with everything they lead to inside them. */
  entities: Record<string, Row[]>
  /** Which fields of an entity lead to others. What is not here cannot be asked for, as in Medusa. */
  relations: Record<string, readonly string[]>
  links?: readonly LinkDefinition[]
  modules?: readonly string[]
}

export type MemoryShop = {
  container: MedusaContainer
  /** Everything that was reached for beyond reading. */
  trespasses: string[]
  /** The rows as they are now, to compare. */
  snapshot: () => string
}

/**
 * A shop in memory that can only be read. It answers `query.graph` with what was
 * asked for and nothing else, in copies; whatever could write is refused and
 * written down.
 */
export function memoryShop(rows: ShopRows): MemoryShop {
  const trespasses: string[] = []
  const refuse = (what: string): never => {
    trespasses.push(what)
    throw new Error(`An adapter may not reach for ${what}`)
  }
  const query = guarded("query", { graph: graphOver(rows) }, refuse)
  const link = guarded("link", linksOver(rows.links ?? []), refuse)
  const known: Record<string, unknown> = {
    [ContainerRegistrationKeys.QUERY]: query,
    [ContainerRegistrationKeys.LINK]: link,
  }
  const container = new Proxy(createMedusaContainer(), {
    get: (target, property) => {
      if (property === "resolve") {
        return (key: string) => known[key] ?? refuse(key)
      }
      if (property === "hasRegistration") {
        return (key: string) =>
          key in known || (rows.modules ?? []).includes(key)
      }
      // What a promise, or a test's printer, looks for.
      if (typeof property === "symbol" || property === "then") {
        return Reflect.get(target, property) as unknown
      }
      return refuse(`container.${property}`)
    },
  })
  return {
    container,
    trespasses,
    snapshot: () => JSON.stringify(rows.entities),
  }
}

function guarded<Value extends object>(
  name: string,
  value: Value,
  refuse: (what: string) => never
): Value {
  return new Proxy(value, {
    get: (target, property, receiver) => {
      if (typeof property === "symbol" || property in target) {
        return Reflect.get(target, property, receiver) as unknown
      }
      return refuse(`${name}.${property}`)
    },
    set: (_, property) => refuse(`${name}.${String(property)} =`),
  })
}

type GraphInput = {
  entity: string
  fields: string[]
  filters?: Row
  pagination?: { take?: number; order?: Record<string, "ASC" | "DESC"> }
  withDeleted?: boolean
}

/** What every Medusa shop has. */
const MEDUSAS_OWN = {
  order: [],
  order_exchange: [],
  order_claim: [],
  product: [],
  store: [],
  cart: [],
}
const CHANGES = ["additional_items", "shipping_methods", "return"]
const MEDUSAS_RELATIONS: Record<string, readonly string[]> = {
  order_exchange: CHANGES,
  order_claim: CHANGES,
}

function graphOver({ relations, ...shop }: ShopRows) {
  const entities: Record<string, Row[]> = { ...MEDUSAS_OWN, ...shop.entities }
  return async (input: GraphInput): Promise<{ data: Row[] }> => {
    const { entity, fields, filters = {}, pagination = {} } = input
    const rows = entities[entity]
    if (!rows) throw new Error(`There is no entity ${entity}`)
    for (const field of fields) {
      const [relation, ...rest] = field.split(".")
      if (rest.length === 0) continue
      const known = relations[entity] ?? MEDUSAS_RELATIONS[entity] ?? []
      if (!known.includes(relation ?? "")) {
        throw new Error(`${entity} does not have property ${relation ?? ""}`)
      }
    }
    const found = rows
      .filter((row) => input.withDeleted === true || !row.deleted_at)
      .filter((row) => matches(row, filters))
      .sort(byOrder(pagination.order ?? {}))
      .slice(0, pagination.take)
    const paths = fields.map((field) => field.split("."))
    return { data: found.map((row) => structuredClone(pick(row, paths))) }
  }
}

function matches(row: Row, filters: Row): boolean {
  return Object.entries(filters).every(([key, wanted]) => {
    if (key === "$or") {
      return (wanted as Row[]).some((filter) => matches(row, filter))
    }
    const value = row[key]
    if (Array.isArray(wanted)) return wanted.includes(value)
    if (!isRow(wanted)) return value === wanted
    if ("$gt" in wanted) {
      return typeof wanted.$gt === "string"
        ? String(value) > wanted.$gt
        : Number(value) > Number(wanted.$gt)
    }
    const rows = Array.isArray(value) ? value.filter(isRow) : [value]
    return rows.some((one) => isRow(one) && matches(one, wanted))
  })
}

function byOrder(order: Record<string, "ASC" | "DESC">) {
  return (a: Row, b: Row): number => {
    for (const [key, direction] of Object.entries(order)) {
      const [x, y] = [String(a[key]), String(b[key])]
      if (x !== y) return (x < y ? -1 : 1) * (direction === "ASC" ? 1 : -1)
    }
    return 0
  }
}

/** The fields at these paths; `*` is every column, and no relation. */
function pick(row: Row, paths: string[][]): Row {
  const picked: Row = {}
  const deeper = new Map<string, string[][]>()
  for (const [key = "", ...rest] of paths) {
    if (rest.length > 0) {
      deeper.set(key, [...(deeper.get(key) ?? []), rest])
    } else if (key === "*") {
      for (const column of Object.keys(row).filter((one) =>
        isColumn(row, one)
      )) {
        picked[column] = row[column]
      }
    } else if (isColumn(row, key)) picked[key] = row[key]
  }
  for (const [key, rest] of deeper) {
    const value = row[key]
    if (Array.isArray(value)) {
      picked[key] = value.filter(isRow).map((one) => pick(one, rest))
    } else picked[key] = isRow(value) ? pick(value, rest) : value
  }
  return picked
}

function isColumn(row: Row, key: string): boolean {
  const value = row[key]
  if (key.startsWith("raw_") || key === "metadata") return true
  return !Array.isArray(value) && !isRow(value)
}

function isRow(value: unknown): value is Row {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date)
  )
}

function linksOver(links: readonly LinkDefinition[]) {
  const relations = new Map<string, Map<string, Row[]>>()
  for (const { entity, ends } of links) {
    ends.forEach((end, index) => {
      const other = ends[index === 0 ? 1 : 0]
      const by_key = relations.get(end.module_key) ?? new Map<string, Row[]>()
      relations.set(end.module_key, by_key)
      by_key.set(end.id_key, [
        ...(by_key.get(end.id_key) ?? []),
        {
          serviceName: `link_${entity}`,
          alias: `${other.alias}_link`,
          primaryKey: end.id_key,
          isPrimary: true,
        },
      ])
    })
  }
  return {
    getRelationships: () => relations,
    getLinkModule: (...wanted: string[]) => {
      const found = links.find(
        ({ ends }) =>
          ends.flatMap((end) => [end.module_key, end.id_key]).join() ===
          wanted.join()
      )
      return found && { __joinerConfig: { alias: [{ name: [found.entity] }] } }
    },
  }
}
