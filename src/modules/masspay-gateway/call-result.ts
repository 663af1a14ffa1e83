import { GatewayError } from "./errors"

/** What one request tells about MassPay's health; nothing about whether money moved. */
export type CallResult =
  | { kind: "success" }
  | { kind: "throttled"; retry_after_ms: number | undefined }
  /** No answer, one that cannot be read, or a 5xx. */
  | { kind: "failure"; failure: "timeout" | "transport" | "server" }
  /** Answered with a no: MassPay works. */
  | { kind: "refused" }
  /** Our key, or this server's address, is not accepted. */
  | { kind: "auth" }
  /** Stopped on our side before it left. */
  | { kind: "not_sent" }

export const SUCCEEDED: CallResult = { kind: "success" }

/** Codes of causes that lie on our side of the socket. */
export const NO_FREE_SLOT = "no free slot"
const TIMEOUTS: readonly unknown[] = ["deadline", "ETIMEDOUT"]

/** From what a call threw. What it does not recognise counts as a failure. */
export function callResultOf(error: unknown): CallResult {
  if (!(error instanceof GatewayError)) return failure("transport")
  const { code, http_status, retry_after_ms } = error
  switch (code) {
    case "masspay.throttled":
      return { kind: "throttled", retry_after_ms }
    case "masspay.unauthorized":
      return { kind: "auth" }
    case "masspay.unreachable":
      return causeCode(error) === NO_FREE_SLOT
        ? { kind: "not_sent" }
        : unanswered(error)
    case "masspay.unavailable":
    case "masspay.off_contract":
    case "masspay.outcome_unknown":
      if (http_status === undefined) return unanswered(error)
      if (http_status >= 500) return failure("server")
      return http_status < 300 ? failure("transport") : { kind: "refused" }
    case "masspay.duplicate_client_id":
    case "masspay.attributes_required":
    case "masspay.quote_expired":
      // A 2xx says so too, by a word in the place of the token.
      return { kind: "refused" }
    case "masspay.key_mismatch":
    case "masspay.misconfigured":
    case "masspay.insufficient_funds":
    case "masspay.documentation_required":
    case "masspay.payee_unusable":
    case "masspay.profile_required":
    case "masspay.rejected":
      return http_status === undefined
        ? { kind: "not_sent" }
        : { kind: "refused" }
    default:
      return failure("transport")
  }
}

function unanswered(error: GatewayError): CallResult {
  return failure(TIMEOUTS.includes(causeCode(error)) ? "timeout" : "transport")
}

function failure(what: "timeout" | "transport" | "server"): CallResult {
  return { kind: "failure", failure: what }
}

function causeCode({ cause }: GatewayError): unknown {
  return typeof cause === "object" && cause !== null && "code" in cause
    ? cause.code
    : undefined
}
