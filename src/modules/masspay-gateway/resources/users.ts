import { z } from "@medusajs/framework/zod"

import { missingOf } from "../../../domain/profile"
import {
  GatewayRejectedError,
  OffContractError,
  PayeeUnusableError,
} from "../errors"
import type {
  NewUser,
  RemoteUser,
  RemoteUserRef,
  Transport,
  TransportRequest,
  TransportResponse,
} from "../types"
import { alpha3Of } from "./countries"
import { parseRead, parseWrite, Token, wordOf } from "./parse"

const UserRef = z.object({ user_token: Token, internal_user_id: z.string() })
const User = UserRef.extend({
  status: wordOf(["ACTIVE", "LOCKED", "DEACTIVE"]),
})
// The profile ends here: what goes further is which fields it lacks.
const UserWithProfile = z
  .looseObject(User.shape)
  .transform((body): RemoteUser => {
    const { user_token, internal_user_id, status } = body
    const profile_missing = missingOf(body)
    return { user_token, internal_user_id, status, profile_missing }
  })

/** The user with this e-mail and name, or this id of ours; `null` when there is none. */
export async function lookupUser(
  transport: Transport,
  query: { internal_user_id: string; email: string; first_name: string }
): Promise<RemoteUserRef | null> {
  const { internal_user_id, email, first_name } = query
  const response = await sendOrNull(transport, {
    method: "GET",
    path: ["user", "lookup"],
    query: { email, first_name, internal_user_id },
    not_found_means: "payee",
    lane: "lookup",
  })
  if (response === null) return null
  const body = onlyRowOf(response)
  if (body === null) return null
  return parseRead(UserRef, { ...response, body }, "user look-up")
}

/** `null` when MassPay does not know the token. */
export async function getUser(
  transport: Transport,
  user_token: string
): Promise<RemoteUser | null> {
  const response = await sendOrNull(transport, {
    method: "GET",
    path: ["user", user_token],
    not_found_means: "payee",
    lane: "lookup",
  })
  return response && parseRead(UserWithProfile, response, "user")
}

/**
 * Creates a user who is not written to. MassPay does not promise to honour the
 * key here: look up before, and again after any error whose disposition is
 * `lookup`.
 */
export async function createUser(
  transport: Transport,
  user: NewUser,
  idempotency_key: string
): Promise<RemoteUser> {
  const country = alpha3Of(user.country_code)
  if (country === null) {
    throw new GatewayRejectedError(
      "Not sent: the country is not an ISO 3166-1 alpha-2 code",
      { block: "config" }
    )
  }
  const response = await transport.send({
    method: "POST",
    path: ["user"],
    body: JSON.stringify({
      internal_user_id: user.internal_user_id,
      country,
      first_name: user.first_name,
      last_name: user.last_name,
      email: user.email,
      ...(user.business_name !== undefined && {
        business_name: user.business_name,
      }),
      notify_user: false,
    }),
    idempotency_key,
    lane: "lookup",
  })
  return parseWrite(UserWithProfile, response, "new user")
}

export async function sendOrNull(
  transport: Transport,
  request: TransportRequest
): Promise<TransportResponse | null> {
  try {
    return await transport.send(request)
  } catch (error) {
    const is_missing =
      error instanceof PayeeUnusableError && error.http_status === 404
    if (is_missing) return null
    throw error
  }
}

/** Nobody is told as nothing, `null`, `{}` or `[]`; somebody alone or as a list of one. */
function onlyRowOf({ status, body }: TransportResponse): unknown {
  const rows: unknown[] = Array.isArray(body) ? body : [body ?? {}]
  if (rows.length > 1) {
    // Choosing one of them could pay the wrong person.
    throw new OffContractError(
      "MassPay's user look-up is not as agreed: several users",
      { http_status: status }
    )
  }
  const [row] = rows
  const is_empty =
    typeof row === "object" && row !== null && Object.keys(row).length === 0
  return row === undefined || is_empty ? null : row
}
