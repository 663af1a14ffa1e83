import { z } from "@medusajs/framework/zod"

import {
  KYC_SESSION_STATUSES,
  type KycProvider,
  type KycSession,
} from "../../../domain/kyc"
import type { Transport } from "../types"
import { checkedLink } from "./links"
import { parseRead, parseTime, Token, wordOf } from "./parse"

const NewSession = z.object({ session_url: z.string().min(1) })

const SESSIONS_MAX = 100

const Provider = z
  .string()
  .transform((word) => word.toLowerCase())
  .pipe(wordOf(["veriff", "au10tix"]))

const Sessions = z.array(
  z.object({
    provider: Provider,
    session_id: Token,
    session_time: z.string().nullish(),
    status: wordOf(KYC_SESSION_STATUSES),
  })
)

/**
 * Makes a session in which the payee proves who she is, and returns its link.
 * Every call makes another one, although MassPay calls it a read: once for
 * each wish of a person, never repeated, never ahead of time.
 */
export async function startKycSession(
  transport: Transport,
  { user_token, provider }: { user_token: string; provider: KycProvider }
): Promise<string> {
  const response = await transport.send({
    method: "GET",
    path: ["user", user_token, "kyc", provider],
    not_found_means: "payee",
    lane: "interactive",
  })
  const { session_url } = parseRead(NewSession, response, "identity session")
  return checkedLink(session_url, { transport, what: "identity session" })
}

/** Her sessions so far. Makes none. What MassPay says about the person herself is left out. */
export async function listKycSessions(
  transport: Transport,
  user_token: string
): Promise<KycSession[]> {
  const response = await transport.send({
    method: "GET",
    path: ["user", user_token, "kyc", "id"],
    not_found_means: "payee",
    lane: "lookup",
  })
  const rows = parseRead(
    Sessions,
    { ...response, body: response.body ?? [] },
    "list of identity sessions"
  )
  return rows
    .map(({ session_time, ...session }) => ({
      ...session,
      started_at: parseTime(session_time),
    }))
    .sort((a, b) => time(b) - time(a))
    .slice(0, SESSIONS_MAX)
}

function time({ started_at }: KycSession): number {
  return started_at?.getTime() ?? Infinity
}
