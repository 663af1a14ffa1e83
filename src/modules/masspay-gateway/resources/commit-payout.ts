import { z } from "@medusajs/framework/zod"

import {
  AttributesRequiredError,
  GatewayOutcomeUnknownError,
  InsufficientFundsError,
  QuoteExpiredError,
} from "../errors"
import type { CommitAnswer, Transport } from "../types"
import { parseWrite, Token } from "./parse"

const Committed = z.object({
  payout_token: Token.nullish(),
  status: z.enum([
    "success",
    "failure",
    "addtl_attr_req",
    "ex_rate_expired",
    "nsf",
  ]),
})

/**
 * Moves money: lets MassPay carry out a quoted payout.
 *
 * There is no body; the payout's token stands in the path and is stored with
 * the attempt. Sends one request and never repeats it. Throws a `GatewayError`;
 * only its disposition says whether money may have moved. MassPay's "failure"
 * proves nothing: only the payout's own status does. Its error text may repeat
 * account data, and is not kept.
 */
export async function commitPayout(
  transport: Transport,
  commit: {
    user_token: string
    payout_token: string
    idempotency_key: string
    is_too_late?: () => boolean
  }
): Promise<CommitAnswer> {
  const response = await transport.send({
    method: "PUT",
    path: [commit.user_token, commit.payout_token],
    idempotency_key: commit.idempotency_key,
    not_found_means: "payee",
    lane: "dispatch",
    ...(commit.is_too_late && { is_too_late: commit.is_too_late }),
  })
  const { status, payout_token } = parseWrite(Committed, response, "commit")
  const known = { http_status: response.status, burns_key: true }
  switch (status) {
    case "success":
      if (payout_token != null && payout_token !== commit.payout_token) {
        throw new GatewayOutcomeUnknownError(
          "MassPay says that it committed another payout",
          known
        )
      }
      return {
        payout_token: commit.payout_token,
        status: "PROCESSING",
        http_status: response.status,
      }
    case "failure":
      throw new GatewayOutcomeUnknownError(
        "MassPay calls the commit a failure",
        known
      )
    case "addtl_attr_req":
      throw new AttributesRequiredError(
        "MassPay needs more details for this destination",
        known
      )
    case "ex_rate_expired":
      throw new QuoteExpiredError("The quote had expired", known)
    case "nsf":
      throw new InsufficientFundsError("The funding wallet is short", known)
  }
}
