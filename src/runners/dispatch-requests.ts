import type { ClaimedPayout } from "../modules/masspay/queries/dispatch"
import type { AttemptReport } from "../modules/masspay/queries/dispatch-record"
import type { ClaimedTakeBack } from "../modules/masspay/queries/take-back"
import { requestCancellation } from "../modules/masspay-gateway/resources/cancel-payout"
import { commitPayout } from "../modules/masspay-gateway/resources/commit-payout"
import { createLoad } from "../modules/masspay-gateway/resources/create-load"
import { createSpendback } from "../modules/masspay-gateway/resources/create-spendback"
import { quotePayout } from "../modules/masspay-gateway/resources/quote-payout"
import { reversePayout } from "../modules/masspay-gateway/resources/reverse-payout"
import { takeLoadBack } from "../modules/masspay-gateway/resources/take-back"
import type { QuoteAnswer } from "../modules/masspay-gateway/types"
import {
  acknowledged,
  answered,
  failed,
  notSent,
  type WhyNotSent,
} from "./attempt-report"
import type { RunnerDeps } from "./deps"
import { limitOf } from "./dispatch-quote"
import { missingPapers } from "./kyc-papers"

/** Until when a quote may be committed: half a lease, and before it expires. */
export type CommitDeadline = { claimed_at_ms: number; expires_at_ms: number }

type Fence = {
  /** Milliseconds that only move forward. */
  now(): number
  /** Nothing more may leave. */
  isHalted(): boolean
}

/**
 * The requests that move money, and the only calls of them in this plugin. Each
 * sends what is written down in the attempt it is given, once, and nothing when
 * that was too long ago. None throws: what is not recognised is an outcome that
 * nobody can tell.
 */
export class DispatchRequests {
  constructor(
    private readonly deps: RunnerDeps,
    private readonly fence: Fence
  ) {}

  /** A load, or a spendback. */
  async pay(
    payout: ClaimedPayout,
    claimed_at_ms: number
  ): Promise<AttemptReport> {
    const { deps } = this
    await deps.failpoint?.("dispatch.claimed")
    const why = this.whyNotSent(claimed_at_ms)
    if (why) return notSent(why)
    const create = payout.kind === "load" ? createLoad : createSpendback
    try {
      const [answer] = await Promise.all([
        create(deps.wire.transport, {
          user_token: payout.user_token,
          request_text: payout.request_text,
          idempotency_key: payout.idempotency_key,
          is_too_late: () => this.isTooLate(claimed_at_ms),
        }),
        deps.failpoint?.("dispatch.sending"),
      ])
      return answered(answer)
    } catch (error) {
      return this.failedFor(payout, error)
    }
  }

  /** The first of the two requests for a direct payout, which moves nothing. */
  async quote(
    payout: ClaimedPayout,
    claimed_at_ms: number
  ): Promise<QuoteAnswer | AttemptReport> {
    const { deps } = this
    await deps.failpoint?.("dispatch.claimed")
    const why = this.whyNotSent(claimed_at_ms)
    if (why) return notSent(why)
    try {
      const [answer] = await Promise.all([
        quotePayout(deps.wire.transport, {
          user_token: payout.user_token,
          request_text: payout.request_text,
          limit: limitOf(payout, deps.direct),
          idempotency_key: payout.idempotency_key,
          is_too_late: () => this.isTooLate(claimed_at_ms),
        }),
        deps.failpoint?.("dispatch.quoting"),
      ])
      return answer
    } catch (error) {
      return this.failedFor(payout, error)
    }
  }

  /** The second, which moves the money. */
  async commit(
    payout: ClaimedPayout,
    { claimed_at_ms, expires_at_ms }: CommitDeadline
  ): Promise<AttemptReport> {
    const { deps } = this
    const isTooLate = () =>
      this.isTooLate(claimed_at_ms) || this.fence.now() >= expires_at_ms
    await deps.failpoint?.("dispatch.commit_claimed")
    const why = this.whyNotSent(claimed_at_ms)
    if (why) return notSent(why)
    if (isTooLate()) return notSent("quote_expired")
    try {
      const [answer] = await Promise.all([
        commitPayout(deps.wire.transport, {
          user_token: payout.user_token,
          payout_token: payout.request_text,
          idempotency_key: payout.idempotency_key,
          is_too_late: isTooLate,
        }),
        deps.failpoint?.("dispatch.sending"),
      ])
      return answered(answer)
    } catch (error) {
      return this.failedFor(payout, error)
    }
  }

  /** Asks for what was sent to be taken back. */
  async takeBack(
    taken: ClaimedTakeBack,
    claimed_at_ms: number
  ): Promise<AttemptReport> {
    const { deps } = this
    await deps.failpoint?.("take_back.claimed")
    const why = this.whyNotSent(claimed_at_ms)
    if (why) return notSent(why)
    try {
      const [answer] = await Promise.all([
        this.askBack(taken, () => this.isTooLate(claimed_at_ms)),
        deps.failpoint?.("take_back.sending"),
      ])
      return acknowledged(answer)
    } catch (error) {
      return failed(error)
    }
  }

  private askBack(
    { user_token, idempotency_key, of, token, body }: ClaimedTakeBack,
    is_too_late: () => boolean
  ): Promise<{ http_status: number }> {
    const { transport } = this.deps.wire
    const asked = { user_token, idempotency_key, is_too_late }
    if (of === "load") {
      return takeLoadBack(transport, { ...asked, load_token: token })
    }
    const payout = { ...asked, payout_token: token }
    return body === null
      ? requestCancellation(transport, payout)
      : reversePayout(transport, { ...payout, body })
  }

  /** With the papers that MassPay wants, where it refused for want of them. */
  private failedFor(
    { vendor_id }: ClaimedPayout,
    error: unknown
  ): AttemptReport {
    const { links } = this.deps
    const missing_papers = missingPapers(error, { links, vendor_id })
    return { ...failed(error), ...(missing_papers && { missing_papers }) }
  }

  /** Asked when the slot is there, and once more by the wire before the first byte. */
  private whyNotSent(claimed_at_ms: number): WhyNotSent | null {
    if (this.deps.signal?.aborted) return "shutdown"
    if (this.fence.isHalted()) return "halted"
    return this.isTooLate(claimed_at_ms) ? "self_fence" : null
  }

  /**
   * A request that left later could still be under way when the lease is over
   * and somebody else asks what became of it.
   */
  private isTooLate(claimed_at_ms: number): boolean {
    return this.fence.now() - claimed_at_ms > this.deps.limits.lease_ms / 2
  }
}
