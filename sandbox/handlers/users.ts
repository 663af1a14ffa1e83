import { refused } from "../errors"
import { Fields, parseDay } from "../fields"
import type { JsonObject } from "../json"
import type { User, UserProfile } from "../store"
import { userEvent } from "../webhooks/bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import {
  type Operation,
  type OperationContext,
  type OperationResult,
  read,
  userOf,
} from "./context"

const ADULT_YEARS = 18

/** Optional when a user is created, required when she is updated. */
const ADDRESS_FIELDS = [
  "address1",
  "city",
  "state_province",
  "postal_code",
] as const

export const createUser: Operation = ({ world, body }) => {
  const fields = new Fields(body)
  const profile = readProfile(fields, world.clock.now())
  fields.optionalBoolean("notify_user", false)
  fields.assertValid()
  assertUnique(world, profile, null)

  const user: User = {
    token: world.tokens.next("usr_"),
    created_ms: world.clock.now(),
    profile,
    status: "ACTIVE",
    lock: null,
    reactivations: 0,
    autopayout_percentage: null,
  }
  world.store.addUser(user)
  return { status: 201, body: toUserBody(user), executed: true }
}

export const getUser: Operation = (context) => read(toUserBody(userOf(context)))

/**
 * Replaces the whole profile: an optional field left out is gone afterwards. A
 * locked user stays as she is, since her status cannot be written back.
 */
export const updateUser: Operation = (context) => {
  const { world, body } = context
  const fields = new Fields(body)
  const profile = readProfile(fields, world.clock.now())
  for (const field of ADDRESS_FIELDS) fields.text(field)
  const status = fields.choice("status", ["ACTIVE", "DEACTIVE"])
  fields.assertValid()

  const user = userOf(context)
  if (user.status === "LOCKED") throw refused(400, ["User is locked"])
  assertUnique(world, profile, user)

  world.store.replaceProfile(user, profile)
  if (user.status === "DEACTIVE" && status === "ACTIVE") user.reactivations += 1
  const isOther = status !== undefined && status !== user.status
  if (status) user.status = status
  if (isOther) tell(world, userEvent(user))
  return { status: 200, body: toUserBody(user), executed: true }
}

/** By e-mail and first name when both are given and fit, else by internal id. */
export const lookUpUser: Operation = (context) => {
  const { world, query } = context
  const email = query.get("email")
  const firstName = query.get("first_name")
  const internalUserId = query.get("internal_user_id")
  const fields = new Fields({})
  if (!internalUserId && !email) {
    fields.problem("internal_user_id", "is required without an email")
  } else if (!internalUserId && !firstName) {
    fields.problem("first_name", "is required with an email")
  }
  fields.assertValid()

  const byEmail = email ? world.store.userByEmail(email) : undefined
  const isSamePerson =
    byEmail?.profile.first_name.toLowerCase() === firstName?.toLowerCase()
  const user =
    byEmail && isSamePerson
      ? byEmail
      : world.store.userByInternalId(internalUserId ?? "")
  if (!user) return lookUpMiss(context)
  return read({
    user_token: user.token,
    first_name: user.profile.first_name,
    last_name: user.profile.last_name,
    internal_user_id: user.profile.internal_user_id,
  })
}

function lookUpMiss({ world }: OperationContext): OperationResult {
  switch (world.settings.lookup_miss) {
    case "404":
      throw refused(404, ["No user matches"])
    case "null":
      return read(null)
    case "empty_object":
      return read({})
    case "empty_array":
      return read([])
  }
}

function readProfile(fields: Fields, nowMs: number): UserProfile {
  const internalUserId = {
    max: 75,
    pattern: /^[A-Za-z0-9+,\-./_~|]+$/,
    shape: "letters, digits and + , - . / _ ~ | only",
  }
  const country = {
    pattern: /^[A-Z]{3}$/,
    shape: "an ISO 3166-1 alpha-3 code, such as USA",
  }
  const email = { pattern: /^[^\s@]+@[^\s@]+$/, shape: "an e-mail address" }
  const required = {
    internal_user_id: fields.text("internal_user_id", internalUserId),
    country: fields.text("country", country),
    first_name: fields.text("first_name"),
    last_name: fields.text("last_name"),
    email: fields.text("email", email),
  }
  const optional = {
    middle_name: fields.optionalText("middle_name"),
    address1: fields.optionalText("address1"),
    address2: fields.optionalText("address2"),
    city: fields.optionalText("city"),
    state_province: fields.optionalText("state_province"),
    postal_code: fields.optionalText("postal_code"),
    language: fields.optionalText("language", {
      pattern: /^[A-Za-z]{2}$/,
      shape: "a language code of two letters",
    }),
    mobile_number: fields.optionalText("mobile_number", {
      pattern: /^[0-9]+$/,
      shape: "digits only",
    }),
    business_name: fields.optionalText("business_name"),
    date_of_birth: fields.optionalText("date_of_birth"),
    metadata: fields.optionalObject("metadata"),
  }
  checkBirth(fields, optional.date_of_birth, nowMs)
  return { ...required, ...withoutUndefined(optional) }
}

function checkBirth(
  fields: Fields,
  birth: string | undefined,
  nowMs: number
): void {
  if (birth === undefined) return
  if (parseDay(birth) === null) {
    fields.problem("date_of_birth", "must be a date written YYYY-MM-DD")
    return
  }
  const latest = new Date(nowMs)
  latest.setUTCFullYear(latest.getUTCFullYear() - ADULT_YEARS)
  if (birth > latest.toISOString().slice(0, 10)) {
    fields.problem("date_of_birth", `must be ${ADULT_YEARS} years ago or more`)
  }
}

type Defined<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> }

function withoutUndefined<Shape extends object>(shape: Shape): Defined<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined)
  ) as Defined<Shape>
}

function assertUnique(
  world: World,
  profile: UserProfile,
  self: User | null
): void {
  const details: string[] = []
  const byEmail = world.store.userByEmail(profile.email)
  if (byEmail && byEmail !== self) {
    details.push("email is already used by another user")
  }
  const byId = world.store.userByInternalId(profile.internal_user_id)
  if (byId && byId !== self) {
    details.push("internal_user_id is already used by another user")
  }
  if (details.length > 0) throw refused(400, details)
}

function toUserBody(user: User): JsonObject {
  return {
    ...user.profile,
    language: user.profile.language ?? "en",
    user_token: user.token,
    status: user.status,
    created_on: new Date(user.created_ms).toISOString(),
    timezone: "America/Los_Angeles",
  }
}
