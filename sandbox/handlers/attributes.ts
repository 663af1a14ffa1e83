import { refused } from "../errors"
import { Fields } from "../fields"
import { isJsonObject, type JsonObject } from "../json"
import { COLLECTED_BY_LINK } from "../payouts/attribute-specs"
import {
  idLinkOf,
  isIdMissing,
  lastSetOf,
  problemsOfValues,
  type Route,
} from "../payouts/attributes"
import { attributesOf, findPayer } from "../payouts/catalog"
import type { AttributeSet } from "../payouts/types"
import type { User } from "../store"
import type { World } from "../world"
import { type Operation, type OperationContext, read, userOf } from "./context"

const LABEL_MAX = 100
const LONG_LABEL_MAX = 255

/** What a payer needs to know, with what the user gave before. */
export const getAttributes: Operation = (context) => {
  const user = userOf(context)
  const route = routeOf(context)
  const set = lastSetOf(context.world, user, route)
  return read(shownAttributes(context.world, user, { route, set }))
}

/** One row for each destination and currency she gave something for. */
export const listAttributes: Operation = (context) => {
  const { world } = context
  const user = userOf(context)
  const sets = new Map<string, AttributeSet>()
  for (const set of world.payouts.setsOf(user.token)) {
    sets.set(`${set.destination_token}/${set.currency_code}`, set)
  }
  return read(
    [...sets.values()].flatMap((set) => {
      const payer = findPayer(world.payouts, set.destination_token)
      if (!payer) return []
      const route = { payer, currency_code: set.currency_code }
      return [
        {
          destination_token: payer.destination_token,
          payer_name: payer.payer_name,
          is_dynamic_token: payer.is_dynamic_token,
          additional_description: payer.description,
          attributes: shownAttributes(world, user, { route, set }),
        },
      ]
    })
  )
}

/**
 * Keeps what the user gave. A set is never changed: other values make another set,
 * and the same values name the one that is there.
 */
export const storeAttributes: Operation = (context) => {
  const { world, body } = context
  const fields = new Fields(body)
  const values = readValues(fields, body)
  const named = fields.optionalText("attr_set_token")
  const label = fields.optionalText("label", { max: LABEL_MAX }) ?? null
  fields.assertValid()
  const user = userOf(context)
  const route = routeOf(context)
  const { payer, currency_code } = route
  const known = new Map(
    attributesOf(world.payouts, payer).map(({ token, type }) => [token, type])
  )
  const unknown = Object.keys(values).filter((token) => !known.has(token))
  const problems = [
    ...unknown.map((token) => `There is no attribute ${token} here`),
    ...problemsOfValues(world, route, values),
  ]
  if (problems.length > 0) throw refused(400, problems)
  const kept = Object.fromEntries(
    Object.entries(values).filter(
      ([token, value]) => known.get(token) !== COLLECTED_BY_LINK && value !== ""
    )
  )
  const same = world.payouts
    .setsOf(user.token)
    .filter(
      (set) =>
        set.destination_token === payer.destination_token &&
        set.currency_code === currency_code &&
        (named === undefined || set.token === named) &&
        isSame(set.values, kept)
    )
    .at(-1)
  if (same) return { ...read({ attr_set_token: same.token }), status: 201 }
  const set: AttributeSet = {
    token: world.tokens.next("attr_set_"),
    number: world.payouts.setCount() + 1,
    user_token: user.token,
    destination_token: payer.destination_token,
    currency_code,
    label,
    values: kept,
  }
  world.payouts.addSet(set)
  return { status: 201, body: { attr_set_token: set.token }, executed: true }
}

/** Where the path is and what the field is called is the sandbox's guess. */
export const labelAttributes: Operation = (context) => {
  const { world, body, params } = context
  const fields = new Fields(body)
  const label = fields.text("label", { max: LONG_LABEL_MAX })
  fields.assertValid()
  const user = userOf(context)
  const set = world.payouts.set(params.attr_set_token ?? "")
  const isHers =
    set?.user_token === user.token &&
    set.destination_token === params.destination_token
  if (!set || !isHers) throw refused(404, ["This user has no such set"])
  set.label = label
  return {
    status: 200,
    body: { attr_set_token: set.token, label },
    executed: true,
  }
}

function routeOf({ world, params }: OperationContext): Route {
  const payer = findPayer(world.payouts, params.destination_token ?? "")
  if (!payer) throw refused(404, ["There is no such destination"])
  const currency_code = params.currency ?? ""
  if (!payer.currencies.includes(currency_code)) {
    throw refused(400, [
      `This destination does not pay ${currency_code}, only ${payer.currencies.join(", ")}`,
    ])
  }
  return { payer, currency_code }
}

function readValues(fields: Fields, body: JsonObject): Record<string, string> {
  const given: unknown[] = Array.isArray(body.values) ? body.values : []
  if (!Array.isArray(body.values)) fields.problem("values", "must be an array")
  const pairs: [string, string][] = []
  for (const [index, item] of given.entries()) {
    const { token, value } = isJsonObject(item) ? item : {}
    if (typeof token === "string" && typeof value === "string") {
      pairs.push([token, value])
    } else {
      fields.problem(
        `values[${index}]`,
        "must have a token and a value as text"
      )
    }
  }
  return Object.fromEntries(pairs)
}

function isSame(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>
): boolean {
  const other = new Map(Object.entries(b))
  const entries = Object.entries(a)
  return (
    entries.length === other.size &&
    entries.every(([token, value]) => other.get(token) === value)
  )
}

function shownAttributes(
  world: World,
  user: User,
  { route, set }: { route: Route; set: AttributeSet | undefined }
): JsonObject[] {
  const values = new Map(Object.entries(set?.values ?? {}))
  const { payer } = route
  return attributesOf(world.payouts, payer).map((attribute) => {
    const { token, label, validation, is_optional, type, input_type } =
      attribute
    const isLink = type === COLLECTED_BY_LINK && isIdMissing(world, user, payer)
    const hint = isLink ? idLinkOf(world, user) : attribute.expected_value
    return {
      token,
      label,
      validation,
      is_optional,
      type,
      input_type,
      value: values.get(token) ?? null,
      ...(hint != null && { expected_value: hint }),
      ...(set && {
        attr_set_token: set.token,
        last_attr_value_used:
          lastSetOf(world, user, route)?.token === set.token,
      }),
    }
  })
}
