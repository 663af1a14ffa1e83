/**
 * What the admin API answers. Amounts are decimal strings in major units of
 * `currency_code` (for example "12.50"); times are ISO 8601 strings in UTC.
 */
import type { AssertedOutcome } from "../domain/action-effects"
import type { ActionRefusal, PayoutAction } from "../domain/actions"
import type { BalanceAction } from "../domain/adjustment"
import type { NotPaidReason } from "../domain/collect"
import type { Decision } from "../domain/decisions"
import type { HoldKind } from "../domain/holds"
import type { KycStatus } from "../domain/kyc"
import type { PayeeAction } from "../domain/payee-action"
import type { PayeeNeed } from "../domain/payee-needs"
import type {
  BlockReason,
  EntryKind,
  OperationKind,
  PayeeStatus,
  PayoutMethod,
  PayoutStatus,
} from "../domain/payout-status"
import type { ProfileField } from "../domain/profile"
import type { HeldReason } from "../domain/settle-types"
import type { AdminDirectPayout } from "./http-destinations"

export type {
  ActionRefusal,
  HeldReason,
  NotPaidReason,
  PayeeNeed,
  PayoutAction,
}

/** One row of `GET /admin/masspay/payouts`. */
export type AdminPayout = {
  id: string
  vendor_id: string
  vendor_name: string | null
  method: PayoutMethod
  status: PayoutStatus
  block_reason: BlockReason | null
  /** Plain words for `blocked` and `needs_review`. */
  detail: string | null
  amount: string
  currency_code: string
  created_at: string
  updated_at: string
  completed_at: string | null
}

/** One ledger entry that a payout takes, with the order it comes from. */
export type AdminPayoutItem = {
  entry_id: string
  kind: EntryKind
  amount: string
  reason: string
  order_id: string | null
  display_id: number | null
  /** Set when the payout ended without paying and the entry became open again. */
  released_at: string | null
}

export type AdminPayoutAttempt = {
  attempt_no: number
  started_at: string
  finished_at: string | null
  /** `null` while nothing is known about it. */
  outcome: string | null
  http_status: number | null
  proof: "executed" | "not_executed" | null
}

export type AdminPayoutOperation = {
  id: string
  kind: OperationKind
  client_id: string
  remote_token: string | null
  remote_status: string | null
  proof: "none" | "executed" | "not_executed"
  attempts: AdminPayoutAttempt[]
}

/** One step of a payout's timeline. */
export type AdminPayoutEvent = {
  id: string
  from_status: PayoutStatus | null
  to_status: PayoutStatus
  event: string
  cause: string | null
  detail: string | null
  actor: string
  created_at: string
}

/** `GET /admin/masspay/payouts/:id` */
export type AdminPayoutDetail = AdminPayout & {
  payee_id: string
  /** `null` of every other method. */
  direct: AdminDirectPayout | null
  items: AdminPayoutItem[]
  operations: AdminPayoutOperation[]
  events: AdminPayoutEvent[]
}

/** `GET /admin/masspay/payouts` */
export type AdminPayoutListResponse = {
  payouts: AdminPayout[]
  count: number
  limit: number
  offset: number
}

export type AdminPayoutResponse = { payout: AdminPayoutDetail }

/**
 * What a `detail` beside a reason says, to be worded in another language. Amounts
 * in major units of the row's currency; what it is not about is left out.
 */
export type ReasonFacts = {
  /** The smallest payout, where what is due does not reach it. */
  minimum?: string
  /** The most that her destination takes at a time. */
  maximum?: string
  /** Kept back as a reserve. */
  reserve?: string
  hold?: { kind: HoldKind; reason: string; until: string | null }
  /** What the shop's record of her lacks, by the fields' names. */
  missing?: string[]
  /** What an operator said when she paused her. */
  note?: string
}

/** One row of `GET /admin/masspay/payouts/preview`: a vendor's open money in one currency. */
export type AdminPayoutPreviewRow = {
  vendor_id: string
  vendor_name: string | null
  currency_code: string
  open: string
  due: string
  /** What the next run pays; "0.00" where it only closes what cancels out, `null` where it makes no payout. */
  pays: string | null
  reason: NotPaidReason
  /** Plain words: what is missing, or when it becomes due. */
  detail: string | null
  facts: ReasonFacts
  /** When the next amount becomes due; for `not_scheduled`, when what is due is paid. */
  next_due_at: string | null
}
type PreviewSum = { vendors: number; open: string; due: string }
/** Of everybody who matches, in one currency. */
export type AdminPayoutPreviewTotal = PreviewSum & {
  currency_code: string
  pays: string
  reasons: ({ reason: NotPaidReason } & PreviewSum)[]
}
export type AdminPayoutPreviewResponse = {
  preview: AdminPayoutPreviewRow[]
  /** Of everybody who matches; none with `totals=false`. */
  totals: AdminPayoutPreviewTotal[]
}

/** One vendor's share of one order, as the order widget shows it. */
export type AdminOrderSettlement = {
  id: string
  order_id: string
  vendor_id: string
  vendor_name: string | null
  currency_code: string
  gross: string
  commission: string
  shipping: string
  tax: string
  net: string
  /**
   * `held`: nothing booked yet, see `reason`. `open`: booked, not in a payout;
   * `reason` says why. `in_transit`, `paid`: see `payouts`. `blocked`: one of them
   * was certainly not executed and waits for something. `nothing_due`: the net is zero.
   */
  state: "held" | "open" | "blocked" | "in_transit" | "paid" | "nothing_due"
  reason: HeldReason | NotPaidReason | null
  detail: string | null
  facts: ReasonFacts
  /** Something an operator should look at, e.g. a line whose vendor changed later. */
  notice: string | null
  available_at: string | null
  payouts: Pick<
    AdminPayout,
    | "id"
    | "method"
    | "status"
    | "block_reason"
    | "detail"
    | "amount"
    | "currency_code"
    | "created_at"
    | "completed_at"
  >[]
}

/** `GET /admin/masspay/orders/:id` */
export type AdminOrderSettlementsResponse = {
  order_id: string
  settlements: AdminOrderSettlement[]
  /** Set when there is no settlement: `no_vendor_lines`, `not_settled_yet`, `ambiguous_marketplace`. */
  reason: string | null
  detail: string | null
}

/** `GET /admin/masspay/dispatch`, and what resuming answers. */
export type AdminDispatchResponse = {
  /** `null` while payouts are being sent. */
  stopped: {
    reason: string
    /** Who stopped it; `system` when an invariant failed. */
    actor: string
    invariant: string | null
    at: string
  } | null
}

/** What an action of an operator did, or would do. */
export type AdminPayoutAction = {
  /** Of the stored request; `null` of a dry run. */
  id: string | null
  request_id: string
  action: PayoutAction
  payout_id: string
  /** `proposed`: a second operator has to confirm. `preview`: a dry run; nothing was changed. */
  state: "done" | "proposed" | "rejected" | "preview"
  /** What it does, in plain words. */
  effect: string
  from: PayoutStatus
  to: PayoutStatus
  /** Major units. */
  amount: string
  currency_code: string
}
/** `POST /admin/masspay/payouts/:id/approve` and its companions. */
export type AdminPayoutActionResponse = { action: AdminPayoutAction }

/** `GET /admin/masspay/payouts/:id/actions` */
export type AdminPayoutActionsResponse = {
  actions: {
    action: PayoutAction
    allowed: boolean
    effect: string | null
    needs_second: boolean
    why_not: { code: ActionRefusal; message: string } | null
  }[]
}

/** One row of `GET /admin/masspay/action-requests`. */
export type AdminActionRequest = {
  id: string
  request_id: string
  action:
    PayoutAction | BalanceAction | PayeeAction | Decision | "allocate_refund"
  payout_id: string | null
  /** Of what is about a vendor and not about one payout. */
  payee_id: string | null
  /** The payee's, or the payout's. */
  vendor_id: string | null
  vendor_name: string | null
  /** Of an assertion: where the payout shall go. */
  outcome: AssertedOutcome | null
  /** What it did; of a proposal, what it will do. */
  effect: string
  /** Major units; of an action on a payout. */
  amount: string | null
  currency_code: string | null
  state: "proposed" | "done" | "rejected"
  maker: string
  maker_reason: string
  /** The second person; `null` also where the maker withdrew it. */
  checker: string | null
  checker_reason: string | null
  created_at: string
  decided_at: string | null
}
export type AdminActionRequestListResponse = {
  action_requests: AdminActionRequest[]
  count: number
  limit: number
  offset: number
}

/** `POST /admin/masspay/invariants`: what a check of the books found just now. */
export type AdminInvariantsResponse = AdminDispatchResponse & {
  invariants: {
    /** I1 to I9. */
    id: string
    holds: boolean
    /** Ids and amounts of what is wrong; at most 20. */
    violations: Record<string, string | number | boolean | null>[]
  }[]
}

/** One row of `GET /admin/masspay/payees`. */
export type AdminPayee = {
  id: string
  vendor_id: string
  name: string | null
  status: PayeeStatus
  status_reason: string | null
  status_detail: string | null
  is_paused: boolean
  email: string | null
  country_code: string | null
  user_token: string | null
  /** Whom MassPay's look-up named and this shop did not create: an operator may confirm her. */
  found_user_token: string | null
  /** Names of the fields that a payout needs and MassPay lacks; `null`: not read yet. */
  profile_missing: ProfileField[] | null
  /** What is known of her papers. */
  kyc_status: KycStatus
  /** MassPay refuses to pay her for want of papers. */
  papers_wanted: boolean
}

/** What a vendor has in one currency, major units. */
export type AdminPayeeSum = {
  currency_code: string
  /** In no payout; negative where she owes. */
  open: string
  in_transit: string
  paid: string
}
export type AdminPayeeListResponse = {
  payees: (AdminPayee & { balances: AdminPayeeSum[] })[]
  count: number
  limit: number
  offset: number
}
