import type { VendorFacts } from "../../../domain/facts"
import { internalUserId } from "../../../domain/ids"
import type { Sql } from "./db"
import { newId } from "./new-id"

/** What MassPay needs of a vendor before it can create her user. */
export const CONTACT_FIELDS = [
  "email",
  "first_name",
  "last_name",
  "country_code",
] as const

type Contact = {
  name: string | null
  email: string | null
  first_name: string | null
  last_name: string | null
  business_name: string | null
  country_code: string | null
}
type KnownPayee = Contact & { vendor_id: string; user_token: string | null }

/**
 * Makes sure that every vendor has a payee, and that the payee of a vendor who
 * is not linked yet has the contact the host knows now. A linked payee keeps
 * the contact she was linked with; only her name follows. Writes nothing when
 * nothing differs; rows are written in the order of their vendor ids.
 */
export async function upsertPayees(
  sql: Sql,
  { vendors, tag }: { vendors: readonly VendorFacts[]; tag: string }
): Promise<void> {
  const ids = vendors.map((vendor) => vendor.id)
  const known = await sql.rows<KnownPayee>(
    `select vendor_id, user_token, name, email, first_name, last_name,
            business_name, country_code
       from masspay_payee where vendor_id = any(?)`,
    [ids]
  )
  const byVendor = new Map(known.map((payee) => [payee.vendor_id, payee]))
  const changed = vendors
    .map((vendor) => ({ vendor_id: vendor.id, ...contactOf(vendor) }))
    .filter((wanted) => differs(wanted, byVendor.get(wanted.vendor_id)))
  if (changed.length === 0) return

  await sql.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, name, email, first_name, last_name,
        business_name, country_code, status_reason, status_detail)
     select v.id, v.vendor_id, v.internal_user_id, v.name, v.email,
            v.first_name, v.last_name, v.business_name, v.country_code,
            v.status_reason, v.status_detail
       from jsonb_to_recordset(?::jsonb) v
         (id text, vendor_id text, internal_user_id text, name text, email text,
          first_name text, last_name text, business_name text,
          country_code text, status_reason text, status_detail text)
      order by v.vendor_id
     on conflict (vendor_id) do update set
       name = excluded.name,
       updated_at = masspay_now(),
       ${[...CONTACT_COLUMNS].map((column) => `${column} = ${unlessLinked(`excluded.${column}`, column)}`).join(",\n       ")},
       next_link_at = ${unlessLinked("masspay_now()", "next_link_at")},
       ${["status_reason", "status_detail"].map((column) => `${column} = ${unlessLinked(reasonAfter(column), column)}`).join(",\n       ")}`,
    [
      JSON.stringify(
        changed.map((contact) => ({
          id: newId("mspye"),
          internal_user_id: internalUserId({
            tag,
            vendor_id: contact.vendor_id,
          }),
          ...contact,
          ...incompleteness(contact),
        }))
      ),
    ]
  )
}

const CONTACT_COLUMNS = [
  "email",
  "first_name",
  "last_name",
  "business_name",
  "country_code",
] as const

function unlessLinked(expression: string, column: string): string {
  return `case when masspay_payee.user_token is null then ${expression} else masspay_payee.${column} end`
}

/** A complete contact clears the complaint about an incomplete one, and no other. */
function reasonAfter(column: string): string {
  return `case
    when excluded.status_reason is not null
      or masspay_payee.status_reason = 'contact_incomplete'
    then excluded.${column} else masspay_payee.${column} end`
}

/** Which fields MassPay needs of a vendor and the shop's record of her lacks. */
export function missingContactOf(vendor: VendorFacts): string[] {
  const contact = contactOf(vendor)
  return CONTACT_FIELDS.filter((field) => contact[field] === null)
}

function incompleteness(contact: Contact): {
  status_reason: "contact_incomplete" | null
  status_detail: string | null
} {
  const missing = CONTACT_FIELDS.filter((field) => contact[field] === null)
  if (missing.length === 0) return { status_reason: null, status_detail: null }
  return {
    status_reason: "contact_incomplete",
    status_detail: `The vendor's record has no ${missing.join(", ").replace(/_/g, " ")}.`,
  }
}

function contactOf(vendor: VendorFacts): Contact {
  const country = vendor.country_code?.trim().toUpperCase() ?? ""
  return {
    name: textOrNull(vendor.name),
    email: textOrNull(vendor.email),
    first_name: textOrNull(vendor.first_name),
    last_name: textOrNull(vendor.last_name),
    business_name: textOrNull(vendor.business_name),
    country_code: /^[A-Z]{2}$/.test(country) ? country : null,
  }
}

function textOrNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? ""
  return trimmed === "" ? null : trimmed
}

function differs(wanted: Contact, known: KnownPayee | undefined): boolean {
  if (!known || known.name !== wanted.name) return true
  if (known.user_token !== null) return false
  return CONTACT_COLUMNS.some((column) => known[column] !== wanted[column])
}
