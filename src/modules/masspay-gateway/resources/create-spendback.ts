import { z } from "@medusajs/framework/zod"

import {
  DuplicateClientIdError,
  GatewayRejectedError,
  InsufficientFundsError,
} from "../errors"
import type { SpendbackAnswer, Transport } from "../types"
import { NewToken, parseWrite, Token } from "./parse"

const SpendbackCreated = z.discriminatedUnion("status", [
  z.object({
    spendback_token: NewToken,
    client_spendback_id: z.string(),
    status: z.literal("success"),
  }),
  z.object({
    spendback_token: Token.nullish(),
    client_spendback_id: z.string(),
    status: z.literal("failure"),
  }),
])
const Duplicate = z.object({ spendback_token: z.literal("DUPLICATE") })

/**
 * Moves money: from a payee's wallet back to the marketplace's funding wallet.
 *
 * Stored bytes, stored key, one request, never repeated, exactly as `createLoad`.
 * Throws a `GatewayError`; only its disposition says whether money may have
 * moved. An answer is a success only if its status says so, and a failure is a
 * word that a look-up has to confirm.
 */
export async function createSpendback(
  transport: Transport,
  spendback: {
    user_token: string
    request_text: string
    idempotency_key: string
    is_too_late?: () => boolean
  }
): Promise<SpendbackAnswer> {
  const response = await sendSpendback(transport, spendback)
  if (Duplicate.safeParse(response.body).success) {
    throw new DuplicateClientIdError("MassPay knows this spendback already", {
      http_status: response.status,
      burns_key: true,
    })
  }
  const answer = parseWrite(SpendbackCreated, response, "spendback")
  return {
    spendback_token: answer.spendback_token ?? null,
    status: answer.status === "success" ? "COMPLETED" : "CANCELLED",
    http_status: response.status,
  }
}

async function sendSpendback(
  transport: Transport,
  {
    user_token,
    request_text,
    idempotency_key,
    is_too_late,
  }: Parameters<typeof createSpendback>[1]
): ReturnType<Transport["send"]> {
  try {
    return await transport.send({
      method: "POST",
      path: ["spendback", user_token],
      body: request_text,
      idempotency_key,
      not_found_means: "payee",
      lane: "dispatch",
      ...(is_too_late && { is_too_late }),
    })
  } catch (error) {
    if (!(error instanceof InsufficientFundsError)) throw error
    // It is the payee's wallet that is short: no funding wallet waits for anything.
    throw new GatewayRejectedError("The payee's wallet holds less than that", {
      ...(error.http_status !== undefined && {
        http_status: error.http_status,
      }),
      details: error.details,
      burns_key: error.burns_key,
      block: "limit",
      cause: error,
    })
  }
}
