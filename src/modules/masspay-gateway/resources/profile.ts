import { randomUUID } from "node:crypto"

import { z } from "@medusajs/framework/zod"

import {
  missingOf,
  missingToChange,
  type ProfileInput,
} from "../../../domain/profile"
import type { ProfileAnswer, Transport } from "../types"
import { alpha3Of } from "./countries"
import { parseRead, parseWrite, Token, wordOf } from "./parse"
import { sendOrNull } from "./users"

/** Everything that MassPay lets a profile say. What is left out of a change is gone. */
const WRITABLE = [
  "internal_user_id",
  "country",
  "first_name",
  "middle_name",
  "last_name",
  "email",
  "address1",
  "address2",
  "city",
  "state_province",
  "postal_code",
  "language",
  "mobile_number",
  "business_name",
  "date_of_birth",
  "metadata",
] as const

const Profile = z.looseObject({
  user_token: Token,
  status: wordOf(["ACTIVE", "LOCKED", "DEACTIVE"]),
})

/**
 * Changes what is given of a user's profile and keeps the rest: MassPay replaces
 * the whole, so it is read first. Only an active user is written to. MassPay
 * wants the status back with every change: a locked one cannot be given back,
 * and an active one given for a deactivated user would bring her back, for a fee.
 *
 * Values go from the caller to MassPay in memory, and none comes back.
 */
export async function changeProfile(
  transport: Transport,
  {
    user_token,
    country_code,
    profile,
  }: {
    user_token: string
    country_code: string | null
    profile: ProfileInput
  }
): Promise<ProfileAnswer> {
  const response = await sendOrNull(transport, {
    method: "GET",
    path: ["user", user_token],
    not_found_means: "payee",
    lane: "lookup",
  })
  if (response === null) return { did: "unknown_user" }
  const now = parseRead(Profile, response, "user")
  if (now.status !== "ACTIVE") return { did: "not_active", status: now.status }

  const country = country_code === null ? null : alpha3Of(country_code)
  const merged: Record<string, unknown> = {
    ...(country !== null && { country }),
    ...writableOf(now),
    ...profile,
  }
  const missing = missingToChange(merged)
  if (missing.length > 0) return { did: "incomplete", missing }

  const written = await transport.send({
    method: "PUT",
    path: ["user", user_token],
    body: JSON.stringify({ ...merged, status: now.status }),
    // Of its own for each: what is written was read a moment ago, and an answer
    // that was saved under an older key would tell of an older profile.
    idempotency_key: `profile-${randomUUID()}`,
    not_found_means: "payee",
    lane: "lookup",
  })
  const user = parseWrite(Profile, written, "changed user")
  return { did: "changed", missing: missingOf(user) }
}

function writableOf(user: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    WRITABLE.flatMap((field) =>
      user[field] === undefined || user[field] === null
        ? []
        : [[field, user[field]]]
    )
  )
}
