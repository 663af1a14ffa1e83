import { formatMajor } from "../domain/money"
import {
  DEFAULT_DIRECT,
  type DirectPolicy,
  type QuoteProblem,
} from "../domain/quotes"
import type { ClaimedPayout } from "../modules/masspay/queries/dispatch"
import type { AttemptReport } from "../modules/masspay/queries/dispatch-record"
import type { QuoteAnswer } from "../modules/masspay-gateway/types"

/** MassPay: a quote expires two minutes after it was made. */
const LIFE_MAX_MS = 2 * 60_000

/** What leaves the wallet at most, where the fee comes out of the payout; `null`: no cap. */
export function limitOf(
  { quote }: ClaimedPayout,
  { fees_borne_by }: DirectPolicy = DEFAULT_DIRECT
): string | null {
  return quote && fees_borne_by === "vendor"
    ? formatMajor(quote.amount, quote.currency_code)
    : null
}

/**
 * How long a quote may still be committed. Its length is told by MassPay's clock
 * alone, where its answer says what that is, and counted from before it was asked
 * for; a request's time is kept off it, so that the commit is there before the
 * quote has expired. An answer that was saved earlier tells of no life any more.
 */
export function lifeOf(
  { expires_at, answered_at }: QuoteAnswer,
  {
    asked_at_ms,
    now_ms,
    deadline_ms,
  }: { asked_at_ms: number; now_ms: number; deadline_ms: number }
): { until_ms: number; lives_ms: number } {
  const answered_ms = answered_at?.getTime() ?? Date.now()
  const told_ms = expires_at ? expires_at.getTime() - answered_ms : 0
  const life_ms = Math.min(Math.max(told_ms, 0), LIFE_MAX_MS)
  return {
    until_ms: asked_at_ms + life_ms - Math.min(deadline_ms, life_ms / 4),
    // For those who ask later what may have become of it: never too short.
    lives_ms: Math.max(asked_at_ms + life_ms - now_ms, 0) + 1_000,
  }
}

/** It was quoted, and is not committed on these terms. */
export function unwanted(
  { code, detail }: QuoteProblem,
  { http_status }: QuoteAnswer
): AttemptReport {
  return {
    outcome: {
      kind: "failed",
      disposition: "stop",
      code,
      block: "limit",
      burns_key: false,
    },
    code,
    http_status,
    remote_token: null,
    details: [detail],
  }
}

/** MassPay gave a token that another payout has: nobody knows what this is. */
export function contradictory({ http_status }: QuoteAnswer): AttemptReport {
  const code = "masspay.duplicate_client_id"
  return {
    outcome: {
      kind: "failed",
      disposition: "lookup",
      code,
      burns_key: true,
    },
    code,
    http_status,
    remote_token: null,
    details: [],
  }
}
