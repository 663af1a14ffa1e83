import { z } from "@medusajs/framework/zod"

import { GatewayRejectedError } from "../errors"
import type { Transport } from "../types"
import { parseWrite } from "./parse"
import { ReversalRow } from "./reversals"

/**
 * Asks MassPay to call a completed direct payout back, as far as it is still
 * there. What came of it only its list of reversals says; that it failed, the
 * answer may say. Sends one request, with the bytes it is given, and never
 * repeats it. Throws a `GatewayError`; only its disposition says whether money
 * may have moved.
 */
export async function reversePayout(
  transport: Transport,
  reversal: {
    user_token: string
    payout_token: string
    body: string
    idempotency_key: string
    is_too_late?: () => boolean
  }
): Promise<{ http_status: number }> {
  const response = await transport.send({
    method: "POST",
    lane: "dispatch",
    path: [reversal.user_token, reversal.payout_token, "reversal"],
    body: reversal.body,
    idempotency_key: reversal.idempotency_key,
    not_found_means: "payee",
    ...(reversal.is_too_late && { is_too_late: reversal.is_too_late }),
  })
  const { status } = parseWrite(Answer, response, "reversal")
  if (status === "FAILED") {
    throw new GatewayRejectedError("MassPay could not call this payout back", {
      http_status: response.status,
      burns_key: true,
      block: "limit",
    })
  }
  return { http_status: response.status }
}

/** Names of MassPay's that nobody has seen in print are not asked for. */
const Answer = z.object({
  payout_reversal_token: ReversalRow.shape.payout_reversal_token,
  status: ReversalRow.shape.status.nullish(),
})
