export const PAYOUT_STATUSES = [
  "PENDING",
  "PROCESSING",
  "COMPLETED",
  "CANCELLED",
  "SCHEDULED",
  "READY_FOR_PICKUP",
  "HOLD",
  "ERROR",
] as const
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number]

export const DELIVERY_TYPES = [
  "BANK_DEPOSIT",
  "CASH_PICKUP",
  "MOBILE_WALLET",
  "MASSPAY_CARD",
  "PAPER_CHECK",
] as const
export type DeliveryType = (typeof DELIVERY_TYPES)[number]

/** What a quote promised, and what became of it. */
export type Payout = {
  token: string
  /** Position in order of creation, from 1. */
  number: number
  client_transfer_id: string | null
  user_token: string
  /** The wallet it is drawn from: a funding wallet, or one of the user. */
  source_token: string
  destination_token: string
  attr_set_token: string | null
  source_currency_code: string
  destination_currency_code: string
  /** Without the fee. */
  source_minor: bigint
  fee_minor: bigint
  destination_minor: bigint
  /** The least the payer takes when this was quoted, in the source currency. */
  min_minor: bigint
  /** Units of the destination currency for one of the source currency, as text. */
  exchange_rate: string
  payer_name: string
  delivery_type: DeliveryType
  country_code: string
  status: PayoutStatus
  status_reason: string | null
  pickup_code: string
  trace_code: string | null
  estimated_ms: number
  notify_user: boolean
  statement_description: string | null
  metadata: Record<string, unknown> | null
  created_ms: number
  time_ms: number
  expires_ms: number
  /** Null: a quote only, no money has moved. */
  committed_ms: number | null
  /** What is away from the source wallet now, in its currency. */
  out_minor: bigint
  /** What a cancellation brought back: a late correction takes as much again. */
  returned_minor: bigint
  /** What reversals brought back, in the destination currency. */
  reversed_minor: bigint
}

/** A change of a payout's status that waits for its time. */
export type PayoutStep = {
  token: string
  number: number
  /** One of the two is null. */
  payout_token: string | null
  client_transfer_id: string | null
  status: PayoutStatus
  status_reason: string | null
  /** `life` is the ordinary course of things, which ends when somebody steps in. */
  cause: "life" | "script" | "cancellation"
  time_ms: number
}

export const COMMIT_OUTCOMES = [
  "success",
  "failure",
  "failure_after_commit",
  "addtl_attr_req",
  "ex_rate_expired",
  "nsf",
] as const
export type CommitOutcome = (typeof COMMIT_OUTCOMES)[number]

export const QUOTE_WORDS = ["NSF", "DUPLICATE"] as const
export type QuoteWord = (typeof QUOTE_WORDS)[number]

export const CANCELLATIONS = [
  "CANCELLED",
  "CANCELLATION_REQUESTED",
  "CANCELLATION_FAILED",
] as const
export type Cancellation = (typeof CANCELLATIONS)[number]

export type ScriptStep = {
  status: PayoutStatus
  /** After the commit, on the virtual clock. */
  in_ms: number
  status_reason?: string
}

/** What a script may decide about. */
export const SCRIPT_USES = ["quote", "commit", "steps", "cancellation"] as const
export type ScriptUse = (typeof SCRIPT_USES)[number]

/**
 * What is to happen to payouts that are still to come, or to one that is there. Of
 * several that match, the first that has turns left for what happens is taken.
 */
export type PayoutScriptInput = {
  /** At least one; all that are given must match. */
  payout_token?: string
  client_transfer_id?: string
  user_token?: string
  /** How many quotes, commits, lives and cancellations it decides, of each. Default 1. */
  times?: number
  /** Instead of a quote. */
  quote?: QuoteWord
  commit?: CommitOutcome
  /** For `failure`. */
  errors?: string
  /** Its life after a commit, instead of the usual one. */
  steps?: readonly ScriptStep[]
  cancellation?: Cancellation
}

export type PayoutScript = PayoutScriptInput & {
  id: number
  /** How often it still decides. */
  left: Partial<Record<ScriptUse, number>>
}

/** What a user gave for one destination. Never changed once it is there. */
export type AttributeSet = {
  token: string
  number: number
  user_token: string
  destination_token: string
  currency_code: string
  label: string | null
  /** By attribute token. Not for the journal. */
  values: Record<string, string>
}

export type AttributeSpec = {
  type: string
  label: string
  validation: string
  input_type: "text" | "options" | "date"
  is_optional: boolean
  expected_value?: string
}

/** What becomes of a reversal: all that was asked for, half of it, an entry that says it failed, or a 400. */
export const REVERSAL_OUTCOMES = ["whole", "half", "failed", "refuse"] as const
export type ReversalOutcome = (typeof REVERSAL_OUTCOMES)[number]

export type Reversal = {
  token: string
  number: number
  payout_token: string
  /** What it was over, in the destination currency; with `is_failed`, nothing of it came back. */
  minor: bigint
  is_failed: boolean
  client_transfer_id: string | null
  metadata: Record<string, unknown> | null
  created_ms: number
}

/** A user's own order to pay her wallet out, made through the API. */
export type AutopayoutRule = {
  token: string
  user_token: string
  wallet_token: string
  destination_token: string
  percentage: number
  attr_set_token: string | null
}

/** What a test made of a payer; amounts in cents of a US dollar. */
export type PayerChange = {
  fee_cents?: number
  min_cents?: number
  max_cents?: number
  is_gone?: boolean
}
