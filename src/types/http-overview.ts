/**
 * What an operator sees first. Amounts are decimal strings in major units of
 * `currency_code`; times are ISO 8601 strings in UTC, dates whole UTC days.
 */
import type { CircuitReason } from "../domain/circuit"
import type { OverviewAttentionKind, OverviewJobName } from "../domain/overview"
import type { PayoutStatus } from "../domain/payout-status"

export type { OverviewAttentionKind, OverviewJobName }

/** Something waits for a person. A kind of which there is nothing is left out. */
export type OverviewAttention = {
  kind: OverviewAttentionKind
  count: number
  /** Since when the oldest of them waits. */
  oldest_at: string
  /** Path of the admin's page that shows them, without `/app`; `null` where there is none. */
  link: string | null
}

/** A funding wallet's currency. `balance` is what MassPay said, less what left since. */
export type OverviewFunding = {
  currency_code: string
  /** `null`: there is no wallet to draw from, or several and nobody said which. */
  balance: string | null
  /** When the balance was read; `null` as long as it was not. */
  as_of: string | null
  /** What is to be paid within the next 24 hours: payouts that wait, and money that becomes due. */
  upcoming: string
  /** `funding.lowBalance` of the options. */
  low_balance: string | null
  /** The balance is below `low_balance` or below `upcoming`. */
  is_low: boolean
}

/**
 * Payouts to vendors (wallet and direct) of one state and currency. Of what is
 * over (`completed`, `void`, `reversed`) those that were made within 30 days.
 */
export type OverviewTotal = {
  status: PayoutStatus
  currency_code: string
  count: number
  amount: string
}

/** One UTC day. Every one of the last 30 days stands in the list for each currency that had any. */
export type OverviewDay = {
  date: string
  currency_code: string
  /** Payouts completed that day and completed still. */
  paid: string
  /** What became due to vendors that day, clawbacks subtracted. */
  due: string
  /** Vendors' shares of orders first seen that day that are not released yet. */
  held: string
}

export type OverviewJob = {
  name: OverviewJobName
  /** Seconds between two runs, as the options say. */
  interval_seconds: number
  /** When it last ran to its end, in any process; `null`: never so far. */
  last_run_at: string | null
  next_run_at: string | null
  /** It has not run for several of its intervals. */
  is_overdue: boolean
}

/** `GET /admin/masspay/overview` */
export type MasspayOverview = {
  as_of: string
  environment: "production" | "staging" | "sandbox"
  /** The most pressing first. */
  needs_attention: OverviewAttention[]
  funding: OverviewFunding[]
  totals: OverviewTotal[]
  /** The oldest day first. */
  per_day: OverviewDay[]
  /** `last_run_at` and `next_run_at` of each job. */
  jobs: OverviewJob[]
  dispatch: {
    stopped: boolean
    reason: string | null
    actor: string | null
    stopped_at: string | null
  }
  circuit: {
    state: "closed" | "open"
    reason: CircuitReason | null
    opened_at: string | null
  }
}
export type AdminOverviewResponse = { overview: MasspayOverview }
