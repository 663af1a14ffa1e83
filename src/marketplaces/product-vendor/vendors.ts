import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { VendorFacts } from "../../domain/facts"
import { type Actor, vendorAmong } from "../actors"
import { fieldsOf, type LinkedModel } from "../links"
import type { VendorPage } from "../types"
import { type FoundRows, pageOf, vendorFrom } from "../vendor-facts"

const PEOPLE_FIELD = "admins"

const VendorRow = z.looseObject({ id: z.string() })

/** The vendors with these ids, as far as they exist, with the contact of the person who is with each the longest. */
export async function readVendors(
  container: MedusaContainer,
  {
    linked,
    people = PEOPLE_FIELD,
    ids,
  }: { linked: LinkedModel; people: string | undefined; ids: string[] }
): Promise<VendorFacts[]> {
  if (ids.length === 0) return []
  return findVendors(container, {
    linked,
    people,
    found: { filters: { id: ids } },
  })
}

/** All vendors, page by page. */
export async function listVendors(
  container: MedusaContainer,
  {
    linked,
    people = PEOPLE_FIELD,
    page,
  }: { linked: LinkedModel; people: string | undefined; page: VendorPage }
): Promise<VendorFacts[]> {
  return findVendors(container, { linked, people, found: pageOf(page) })
}

async function findVendors(
  container: MedusaContainer,
  {
    linked,
    people,
    found,
  }: { linked: LinkedModel; people: string; found: FoundRows }
): Promise<VendorFacts[]> {
  const people_fields = fieldsOf(linked, [people])
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: linked.name,
    fields: ["*", ...people_fields.map((field) => `${field}.*`)],
    pagination: { order: { id: "ASC" } },
    ...found,
  })
  return z
    .array(VendorRow)
    .parse(data)
    .map((row) => vendorFrom(row, row[people]))
}

const OwnedRow = z.looseObject({ id: z.string() })
const Person = z.object({ id: z.string() })
const People = z
  .union([z.array(Person), Person])
  .nullish()
  .transform((people) => [people ?? []].flat())

/**
 * The vendor among whose people somebody is who is signed in. A vendor without
 * people signs in herself. Throws `forbidden` when she is with several.
 */
export async function vendorOfPerson(
  container: MedusaContainer,
  {
    linked,
    people = PEOPLE_FIELD,
    actor,
  }: { linked: LinkedModel; people: string | undefined; actor: Actor }
): Promise<string | null> {
  const { actor_id } = actor
  const [field] = fieldsOf(linked, [people])
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: linked.name,
    fields: ["id", ...(field === undefined ? [] : [`${field}.id`])],
    filters:
      field === undefined ? { id: actor_id } : { [field]: { id: actor_id } },
  })
  const own = z
    .array(OwnedRow)
    .parse(data)
    .filter((row) =>
      field === undefined
        ? row.id === actor_id
        : People.parse(row[field]).some(({ id }) => id === actor_id)
    )
  return vendorAmong(
    own.map(({ id }) => id),
    actor
  )
}
