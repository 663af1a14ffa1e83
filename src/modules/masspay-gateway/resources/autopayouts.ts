import { z } from "@medusajs/framework/zod"

import type { DestinationWire } from "../destination-types"
import type { RemoteAutopayout, Transport } from "../types"
import { NewToken, parseRead, parseWrite, Token } from "./parse"
import { sendOrNull } from "./users"

type Of<Method extends keyof DestinationWire> = Parameters<
  DestinationWire[Method]
>[0]

const Rule = z.object({
  token: Token,
  destination_token: Token,
  percentage: z.number().min(0).max(100),
})
const Rules = z.array(Rule)
const NewRule = Rule.extend({ token: NewToken })

/** The rules by which MassPay pays a payee's wallet out by itself, whenever something comes in. */
export async function listAutopayouts(
  transport: Transport,
  { user_token, wallet_token }: { user_token: string; wallet_token: string }
): Promise<RemoteAutopayout[]> {
  const response = await transport.send({
    method: "GET",
    path: ["wallet", user_token, wallet_token, "autopayout"],
    not_found_means: "payee",
  })
  return parseRead(Rules, response, "list of autopayout rules").map(ruleOf)
}

/** Makes a rule. It moves nothing now: MassPay pays by it from the next load on. */
export async function addAutopayout(
  transport: Transport,
  {
    user_token,
    wallet_token,
    destination_token,
    attr_set_token,
    percentage,
    idempotency_key,
    is_too_late,
  }: Of<"addAutopayout">
): Promise<RemoteAutopayout> {
  const response = await transport.send({
    method: "POST",
    path: ["wallet", user_token, wallet_token, "autopayout"],
    body: JSON.stringify({ destination_token, percentage, attr_set_token }),
    idempotency_key,
    not_found_means: "payee",
    ...(is_too_late && { is_too_late }),
  })
  return ruleOf(parseWrite(NewRule, response, "new autopayout rule"))
}

/** Ends a rule; one that is gone already has ended. */
export async function deleteAutopayout(
  transport: Transport,
  { user_token, wallet_token, token, idempotency_key }: Of<"deleteAutopayout">
): Promise<void> {
  await sendOrNull(transport, {
    method: "DELETE",
    path: ["wallet", user_token, wallet_token, "autopayout"],
    query: { token },
    idempotency_key,
    not_found_means: "payee",
  })
}

function ruleOf({
  token,
  destination_token,
  percentage,
}: z.infer<typeof Rule>): RemoteAutopayout {
  return { token, destination_token, percentage }
}
