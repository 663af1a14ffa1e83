import type { AttemptReport } from "../modules/masspay/queries/dispatch-evidence"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type {
  CommitAnswer,
  LoadAnswer,
  SpendbackAnswer,
} from "../modules/masspay-gateway/types"

/** Kept from the wire by ourselves. */
export type WhyNotSent = "shutdown" | "self_fence" | "halted" | "quote_expired"

export function notSent(code: WhyNotSent): AttemptReport {
  return {
    outcome: { kind: "not_sent" },
    code,
    http_status: null,
    remote_token: null,
    details: [],
  }
}

export function answered(
  answer: LoadAnswer | SpendbackAnswer | CommitAnswer
): AttemptReport {
  const isMade = MADE.includes(answer.status)
  return {
    outcome: { kind: "answered", status: answer.status },
    // A 2xx is no success unless its own status says so.
    code: isMade ? "ok" : `answered_${answer.status.toLowerCase()}`,
    http_status: answer.http_status,
    remote_token: tokenOf(answer),
    details: [],
  }
}

const MADE = ["COMPLETED", "SCHEDULED", "PROCESSING"]

function tokenOf(
  answer: LoadAnswer | SpendbackAnswer | CommitAnswer
): string | null {
  if ("load_token" in answer) return answer.load_token
  return "payout_token" in answer ? answer.payout_token : answer.spendback_token
}

/** MassPay answered a request to take a load back, which says nothing yet. */
export function acknowledged(answer: { http_status: number }): AttemptReport {
  return {
    outcome: { kind: "answered", status: "UNRECOGNISED" },
    code: "acknowledged",
    http_status: answer.http_status,
    remote_token: null,
    details: [],
  }
}

/** Whatever is not recognised is an outcome nobody can tell. */
export function failed(error: unknown): AttemptReport {
  if (!(error instanceof GatewayError)) {
    const code = "masspay.unrecognised_failure"
    return {
      outcome: {
        kind: "failed",
        disposition: "lookup",
        code,
        burns_key: false,
      },
      code,
      http_status: null,
      remote_token: null,
      details: [],
    }
  }
  const { disposition, code, burns_key, block, retry_after_ms } = error
  return {
    outcome: {
      kind: "failed",
      disposition,
      code,
      burns_key,
      ...(block !== undefined && { block }),
      ...(retry_after_ms !== undefined && { retry_after_ms }),
    },
    code,
    http_status: error.http_status ?? null,
    remote_token: null,
    details: error.details,
  }
}
