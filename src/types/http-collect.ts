/**
 * Vendors with their terms, holds, and paying one now, as the admin API answers. Amounts
 * are decimal strings in major units of `currency_code`; times are ISO 8601
 * strings in UTC.
 */
import type { NotPaidReason } from "../domain/collect"
import type { Schedule } from "../domain/collect-schedule"
import type { Decision } from "../domain/decisions"
import type { PayeeMethod } from "../domain/destinations"
import type { HoldKind } from "../domain/holds"
import type { AdminPayee, ReasonFacts } from "./http"
import type { WalletMirror } from "./http-mirrors"

export type { Decision, HoldKind, Schedule }

/** What a vendor has in one currency, major units. */
export type AdminPayeeBalance = {
  currency_code: string
  /** In no payout; `due` and `held` are parts of it. */
  open: string
  /** Its time has come, and nothing holds it. */
  due: string
  /** Kept back by a hold on her or on an order. */
  held: string
  /** The part of `due` that reserves keep; more stays where no whole entries make it up. */
  reserved: string
  /** When less of it is kept; `null`: when somebody releases it. */
  reserved_until: string | null
  in_transit: string
  paid: string
}

/** `GET /admin/masspay/payees/:id` */
export type AdminPayeeDetail = AdminPayee & {
  pause_reason: string | null
  resumed_at: string | null
  /** How she is paid: her own; `null`: as option `payouts.method` says. */
  method: PayeeMethod | null
  /** Her own; `null`: as option `payouts.schedule` says. */
  schedule: Schedule | null
  /** Her own smallest payouts by currency, major units; `null`: as option `payouts.minimum` says. */
  minimum: Record<string, string> | null
  /** What holds for her, with the shop's options. */
  effective: {
    method: PayeeMethod
    schedule: Schedule
    minimum: Record<string, string>
    /** The next moment of her schedule; `null`: she is paid as soon as something is due. */
    next_payout_at: string | null
  }
  balances: AdminPayeeBalance[]
  /** What is in her MassPay wallet, as last read; `null`: not read yet. */
  wallet: WalletMirror | null
  /** Those that stand on her, or on her part of an order; at most 100. */
  holds: AdminHold[]
  /** What operators decided about her, the latest first; at most 20. */
  decisions: {
    id: string
    decision: Decision
    actor: string
    reason: string
    created_at: string
  }[]
}
export type AdminPayeeResponse = { payee: AdminPayeeDetail }

/** What an operator decided about a vendor. */
export type AdminPayeeDecision = {
  id: string
  decision: Decision
  payee_id: string
  vendor_id: string
  /** What it does, in plain words. */
  effect: string
}
/** `POST /admin/masspay/payees/:id`, `…/pause` and `…/resume` */
export type AdminPayeeDecisionResponse = AdminPayeeResponse & {
  decision: AdminPayeeDecision
}

export type AdminHold = {
  id: string
  order_id: string | null
  /** The number that people know the order by; `null` where nothing of this very order is a vendor's. */
  display_id: number | null
  vendor_id: string | null
  vendor_name: string | null
  kind: HoldKind
  /** Of a reserve of an amount, major units. */
  amount: string | null
  currency_code: string | null
  /** Of a reserve that is a share of each new earning: how much of it, and for how many days. */
  basis_points: number | null
  days: number | null
  until: string | null
  /** Neither released nor over. */
  stands: boolean
  reason: string
  actor: string
  released_at: string | null
  released_by: string | null
  release_reason: string | null
  created_at: string
}
/** `GET /admin/masspay/holds` */
export type AdminHoldListResponse = {
  holds: AdminHold[]
  count: number
  limit: number
  offset: number
}
/** `POST /admin/masspay/holds`, and `…/:id/release` */
export type AdminHoldResponse = {
  hold: AdminHold
  /** What it does, in plain words. */
  effect: string
}

/** What paying one vendor now did, or would do. */
export type AdminPayNow = {
  /** Of the stored decision; `null` of a dry run. */
  id: string | null
  vendor_id: string
  state: "done" | "preview"
  effect: string
  payouts: {
    /** `null` of a dry run. */
    id: string | null
    currency_code: string
    amount: string
    /** `pending`: somebody else has to approve it. */
    status: "ready" | "pending" | "netted"
  }[]
  not_paid: {
    currency_code: string
    open: string
    due: string
    reason: NotPaidReason
    detail: string | null
    facts: ReasonFacts
  }[]
}
/** `POST /admin/masspay/payouts` */
export type AdminPayNowResponse = { pay_now: AdminPayNow }
