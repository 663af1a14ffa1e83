import { z } from "@medusajs/framework/zod"

import { compareKeys } from "../domain/allocate"
import type { VendorFacts } from "../domain/facts"
import { countryFrom } from "./country"
import { textFrom } from "./order-rows"
import type { VendorPage } from "./types"

type Text = Record<string, unknown>

/** Which rows to read, as `query.graph` takes it. */
export type FoundRows = {
  filters: Record<string, unknown>
  pagination?: { take: number; order: { id: "ASC" } }
}

/** One page of a list by id: no row is missed or seen twice, whatever is added meanwhile. */
export function pageOf({ after, limit }: VendorPage): FoundRows {
  return {
    filters: after === null ? {} : { id: { $gt: after } },
    pagination: { take: limit, order: { id: "ASC" } },
  }
}

const PersonRow = z.looseObject({ created_at: z.coerce.date().nullish() })
const People = z
  .union([z.array(PersonRow), PersonRow])
  .nullish()
  .transform((people) =>
    Array.isArray(people) ? people : people ? [people] : []
  )
const Metadata = z.record(z.string(), z.unknown()).catch({})

/**
 * A vendor as her record describes her. Every field is looked for on the record
 * itself, then in its metadata (both are the host's own words), then on whoever
 * of `people` has been with her longest.
 */
export function vendorFrom(
  row: Text & { id: string },
  people?: unknown
): VendorFacts {
  const metadata = Metadata.parse(row.metadata)
  const person = oldestOf(People.parse(people))
  const ownText = (key: string) => textFrom(row, key) ?? textFrom(metadata, key)
  const contact = (key: string) => ownText(key) ?? textFrom(person, key)
  return {
    id: row.id,
    name: ownText("name"),
    email: contact("email"),
    first_name: contact("first_name"),
    last_name: contact("last_name"),
    business_name: ownText("business_name"),
    country_code: countryFrom(row) ?? countryFrom(metadata),
  }
}

function oldestOf(people: z.infer<typeof PersonRow>[]): Text {
  const [oldest] = [...people].sort(
    (a, b) => ageOf(a) - ageOf(b) || compareKeys(idOf(a), idOf(b))
  )
  return oldest ?? {}
}

function ageOf({ created_at }: z.infer<typeof PersonRow>): number {
  return created_at?.getTime() ?? 0
}

function idOf(person: Text): string {
  return textFrom(person, "id") ?? ""
}
