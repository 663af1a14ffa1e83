import { z } from "@medusajs/framework/zod"

import { DuplicateClientIdError } from "../errors"
import type { LoadAnswer, Transport } from "../types"
import { LoadStatus } from "./loads"
import { NewToken, parseWrite } from "./parse"

const LoadCreated = z.object({ load_token: NewToken, status: LoadStatus })
const Duplicate = z.object({ load_token: z.literal("DUPLICATE") })

/**
 * Moves money: from the marketplace's funding wallet to a payee's wallet.
 *
 * `request_text` is sent byte for byte under `idempotency_key`; both must have
 * been stored before. Sends one request and never repeats it. Throws a
 * `GatewayError`; only its disposition says whether money may have moved. An
 * answer is a success only if its status says so.
 */
export async function createLoad(
  transport: Transport,
  load: {
    user_token: string
    request_text: string
    idempotency_key: string
    is_too_late?: () => boolean
  }
): Promise<LoadAnswer> {
  const response = await transport.send({
    method: "POST",
    path: ["load", load.user_token],
    body: load.request_text,
    idempotency_key: load.idempotency_key,
    not_found_means: "payee",
    lane: "dispatch",
    ...(load.is_too_late && { is_too_late: load.is_too_late }),
  })
  if (Duplicate.safeParse(response.body).success) {
    throw new DuplicateClientIdError("MassPay knows this load already", {
      http_status: response.status,
      burns_key: true,
    })
  }
  const { load_token, status } = parseWrite(LoadCreated, response, "load")
  return { load_token, status, http_status: response.status }
}
