import { z } from "@medusajs/framework/zod"

import { GatewayRejectedError } from "../errors"
import type { Transport } from "../types"

/** The page and the example spell it differently: both are read. */
const Cancellation = z.object({
  cancellation_status: z.string().nullish(),
  cancelation_status: z.string().nullish(),
})

/**
 * Asks MassPay to cancel a committed payout. Whether it did, only the payout's
 * own status says; that it is too late, the answer may say. Sends one request
 * and never repeats it. Throws a `GatewayError`.
 */
export async function requestCancellation(
  transport: Transport,
  payout: {
    user_token: string
    payout_token: string
    idempotency_key: string
    is_too_late?: () => boolean
  }
): Promise<{ http_status: number }> {
  const { status, body } = await transport.send({
    method: "DELETE",
    lane: "dispatch",
    path: [payout.user_token, payout.payout_token],
    idempotency_key: payout.idempotency_key,
    not_found_means: "payee",
    ...(payout.is_too_late && { is_too_late: payout.is_too_late }),
  })
  const answer = Cancellation.safeParse(body).data
  const word = answer?.cancellation_status ?? answer?.cancelation_status
  if (word?.toUpperCase() === "CANCELLATION_FAILED") {
    throw new GatewayRejectedError("It is too late to cancel this payout", {
      http_status: status,
      burns_key: true,
      block: "limit",
    })
  }
  return { http_status: status }
}
