import { linkOf } from "../kyc/links"
import { isOpen, startSession } from "../kyc/rules"
import type { User } from "../store"
import type { World } from "../world"
import { COLLECTED_BY_LINK } from "./attribute-specs"
import { type Attribute, attributesOf, type Payer } from "./catalog"
import type { AttributeSet } from "./types"

/** A destination as a user sees it: the payer, and the currency she is paid in. */
export type Route = { payer: Payer; currency_code: string }

/** The set that is taken where none is named: the latest. */
export function lastSetOf(
  { payouts }: World,
  user: User,
  { payer, currency_code }: Route
): AttributeSet | undefined {
  return payouts
    .setsOf(user.token)
    .filter(
      (set) =>
        set.destination_token === payer.destination_token &&
        set.currency_code === currency_code
    )
    .at(-1)
}

function fitsPattern(attribute: Attribute, value: string): boolean {
  if (!new RegExp(attribute.validation, "u").test(value)) return false
  if (attribute.input_type !== "date") return true
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

/** One sentence per attribute that is missing or wrong, with no value in it. */
export function problemsOfValues(
  world: World,
  { payer }: Route,
  values: Readonly<Record<string, string>>
): string[] {
  return attributesOf(world.payouts, payer).flatMap((attribute) => {
    if (attribute.type === COLLECTED_BY_LINK) return []
    const value = new Map(Object.entries(values)).get(attribute.token)
    if (value === undefined || value === "") {
      return attribute.is_optional ? [] : [`${attribute.label} is required`]
    }
    return fitsPattern(attribute, value)
      ? []
      : [`Not a valid ${attribute.type}: ${attribute.label}`]
  })
}

/** Whether this payer wants to see an ID, and has not yet. */
export function isIdMissing(world: World, user: User, payer: Payer): boolean {
  const isAsked = attributesOf(world.payouts, payer).some(
    ({ type }) => type === COLLECTED_BY_LINK
  )
  const isApproved = world.papers
    .sessionsOf(user.token)
    .some(({ asks, status }) => asks === "identity" && status === "Approved")
  return isAsked && !isApproved
}

/** Where she shows her ID: the link she has already, or a new one. */
export function idLinkOf(world: World, user: User): string | null {
  const open = world.papers
    .sessionsOf(user.token)
    .filter(
      (session) =>
        session.asks === "identity" &&
        session.secret !== null &&
        isOpen(session)
    )
    .at(-1)
  const wanted = {
    provider: "Veriff",
    asks: "identity",
    hasLink: true,
  } as const
  return linkOf(world, open ?? startSession(world, user, wanted))
}

/** The types and values of a set, as the API shows them with a payout. */
export function shownValues(
  world: World,
  payer: Payer,
  set: AttributeSet | undefined
): Record<string, string> {
  const values = new Map(Object.entries(set?.values ?? {}))
  return Object.fromEntries(
    attributesOf(world.payouts, payer).flatMap(({ token, type }) => {
      const value = values.get(token)
      return value === undefined ? [] : [[type, value]]
    })
  )
}
