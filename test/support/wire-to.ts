import type { Wire } from "../../src/modules/masspay-gateway/types"
import { createWire } from "../../src/modules/masspay-gateway/wire"

/** The wire to a running sandbox, without Medusa and its options. */
export function wireTo(
  sandbox: { url: string; apiKey: string },
  { deadline_ms, in_flight }: { deadline_ms: number; in_flight: number }
): Wire {
  return createWire({
    environment: "sandbox",
    baseUrl: `${sandbox.url}/v1.0.0`,
    apiKey: sandbox.apiKey,
    auth: { header: "Authorization", scheme: "Bearer" },
    inFlight: in_flight,
    deadlineMs: deadline_ms,
  })
}
