import type { Transport } from "../types"

/**
 * Asks MassPay to take a whole load back: a scheduled one is cancelled, one
 * that was executed is pulled out of the payee's wallet, if it is still there.
 *
 * An answer is no proof: MassPay documents none, and only the load's status in
 * the list says what came of it. Sends one request and never repeats it. Throws
 * a `GatewayError`; only its disposition says whether money may have moved.
 */
export async function takeLoadBack(
  transport: Transport,
  load: {
    user_token: string
    load_token: string
    idempotency_key: string
    is_too_late?: () => boolean
  }
): Promise<{ http_status: number }> {
  const { status } = await transport.send({
    method: "DELETE",
    lane: "dispatch",
    path: ["load", load.user_token],
    query: { load_token: load.load_token },
    idempotency_key: load.idempotency_key,
    not_found_means: "payee",
    ...(load.is_too_late && { is_too_late: load.is_too_late }),
  })
  return { http_status: status }
}
