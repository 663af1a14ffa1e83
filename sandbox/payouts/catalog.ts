import { createHash } from "node:crypto"

import { SPECS } from "./attribute-specs"
import type { PayoutBook } from "./book"
import { COUNTRIES, type Country, type PayerData, PAYERS } from "./catalog-data"
import type { AttributeSpec } from "./types"

/** A way to be paid, with whatever a test made of it. */
export type Payer = PayerData & {
  destination_token: string
  currencies: readonly string[]
}

export type Attribute = AttributeSpec & { token: string }

/** The same in every run, so that a test may know it beforehand. */
function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex")
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-")
}

const BY_TOKEN: ReadonlyMap<string, Payer> = new Map(
  PAYERS.map((data) => {
    const name = `${data.country_code}/${data.payer_name}`
    const destination_token = `dest_${uuidOf(name)}`
    const own = findCountry(data.country_code)?.currency_code ?? "USD"
    const currencies = [own, ...data.also]
    return [destination_token, { ...data, destination_token, currencies }]
  })
)

export function findCountry(code: string): Country | undefined {
  return COUNTRIES.find(({ three_letter_code }) => three_letter_code === code)
}

export function countryList(): readonly Country[] {
  return COUNTRIES
}

/** Undefined when there is none, or a test took it away. */
export function findPayer(book: PayoutBook, token: string): Payer | undefined {
  const payer = BY_TOKEN.get(token)
  const change = book.payerChanges.get(token)
  if (!payer || change?.is_gone === true) return undefined
  return { ...payer, ...change }
}

export function payersOf(book: PayoutBook, countryCode: string): Payer[] {
  return [...BY_TOKEN.values()].flatMap(
    ({ country_code, destination_token }) =>
      country_code === countryCode
        ? (findPayer(book, destination_token) ?? [])
        : []
  )
}

/** Whether there ever was such a payer. */
export function isDestination(token: string): boolean {
  return BY_TOKEN.has(token)
}

/** What a payer asks for, with what a test added. */
export function attributesOf(book: PayoutBook, payer: Payer): Attribute[] {
  const specs: AttributeSpec[] = [
    ...payer.asks.map((name) => SPECS[name]),
    ...(book.addedAttributes.get(payer.destination_token) ?? []),
  ]
  return specs.map((spec) => ({
    ...spec,
    token: `attr_${uuidOf(`${payer.destination_token}/${spec.type}/${spec.label}`)}`,
  }))
}
