import { chance } from "./chance"
import {
  appliesTo,
  type FaultInput,
  type FaultLayer,
  type FaultName,
  type FaultTarget,
  isMeant,
  layerOf,
} from "./faults"

/** What a plan draws from unless it is told otherwise: the common ways to fail. */
export const DEFAULT_PLAN_KINDS: readonly FaultName[] = [
  "drop_before_execute",
  "execute_then_drop",
  "execute_then_500",
  "500_without_executing",
  "delay_then_execute",
  "reset_mid_body",
  "truncated_json",
  "429",
  "429_retry_after",
  "502_html",
  "503_html",
  "504_html",
  "502_html_after_execute",
  "503_html_after_execute",
  "504_html_after_execute",
  "slow_trickle",
  "list_lag",
  "list_cap",
]

export type FaultPlanInput = {
  /** The same seed and the same order of requests give the same faults. */
  seed: number
  /** From 0 to 1: the share of the matching requests that meet a fault. */
  rate: number
  /** Default: DEFAULT_PLAN_KINDS. A kind named twice is drawn twice as often. */
  kinds?: readonly FaultName[]
  /** Only requests with this method. */
  method?: string | null
  /** Only requests whose path contains this text. */
  path?: string | null
  /** After so many matching requests there are no more faults. */
  until_requests?: number | null
  /** After so many faults there are no more. */
  max_faults?: number | null
  /** In real time, for all kinds that take it. Default 2000. */
  delay_ms?: number
  /** On the virtual clock, for `list_lag`. Default 60000. */
  lag_ms?: number
  /** For `list_cap`. Default 1. */
  max_rows?: number
  /** For `429_retry_after`. Default 1. */
  retry_after_seconds?: number
}

export type FaultPlanOrder = Required<FaultPlanInput>

export type FaultPlanState = FaultPlanOrder & {
  /** Matching requests so far. */
  requests: number
  /** Requests so far that met a fault. */
  faults: number
}

/** What a plan holds for one request. */
export type PlannedTurn = {
  /** Which request of the plan it is, from 1. */
  number: number
  /** Its fault, if it has one and it is of this layer. Counts as having hit. */
  take: (layer: FaultLayer) => FaultInput | null
}

const WHETHER = 1
const WHICH = 2

/**
 * Draws a fault, or none, for each request to the payout API that it matches. What
 * it draws depends on its seed, the number of the request and the operation, and
 * on nothing else: not on time, nor on what became of earlier requests.
 */
export class FaultPlan {
  constructor(
    private readonly order: FaultPlanOrder,
    private requests = 0,
    private faults = 0
  ) {}

  static restore({ requests, faults, ...order }: FaultPlanState): FaultPlan {
    return new FaultPlan(order, requests, faults)
  }

  /** The turn of a request that has arrived, or null when it is none of the plan's. */
  draw(target: FaultTarget): PlannedTurn | null {
    if (!isMeant(this.order, target)) return null
    this.requests += 1
    const number = this.requests
    const kind = this.kindOf(number, target)
    return {
      number,
      take: (layer) => {
        const { max_faults } = this.order
        const isOver = max_faults !== null && this.faults >= max_faults
        if (kind === null || layerOf(kind) !== layer || isOver) return null
        this.faults += 1
        const { delay_ms, lag_ms, max_rows, retry_after_seconds } = this.order
        return {
          fault: kind,
          delay_ms,
          lag_ms,
          max_rows,
          ...(kind === "429_retry_after" && { retry_after_seconds }),
        }
      },
    }
  }

  state(): FaultPlanState {
    const { order, requests, faults } = this
    return { ...order, kinds: [...order.kinds], requests, faults }
  }

  private kindOf(number: number, target: FaultTarget): FaultName | null {
    const { seed, rate, kinds, until_requests } = this.order
    if (until_requests !== null && number > until_requests) return null
    if (chance(seed, number, WHETHER) >= rate) return null
    const possible = kinds.filter((kind) => appliesTo(kind, target.operation))
    const place = Math.floor(chance(seed, number, WHICH) * possible.length)
    return possible[place] ?? null
  }
}
