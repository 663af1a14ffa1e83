import type { ClockState } from "./clock"
import type { FaultPlanState } from "./fault-plan"
import type { ArmedFault } from "./faults"
import type { PayoutView } from "./payouts/views"
import type { Settings } from "./settings"
import type { IfSpent } from "./store"
import type { LoadView, SpendbackView, UserView, WalletView } from "./views"
import type { WebhookState } from "./webhooks/state"

export type Page = {
  /** Leaves out everything up to this number. Default 0. */
  after?: number
  /** Default: all there is. */
  limit?: number
}

export type ClockInput = {
  advance_ms?: number
  /** ISO 8601, not before the present of the virtual clock. */
  now?: string
  is_frozen?: boolean
}

export type MoneyInput = { currency_code: string; amount: number | string }

export type StateView = {
  generation: number
  clock: ClockState
  settings: Settings
  faults: readonly ArmedFault[]
  fault_plan: FaultPlanState | null
  funding_wallets: WalletView[]
  /** The latest first, at most as many as were asked for. */
  users: UserView[]
  user_count: number
  /** The latest first, at most as many as were asked for. */
  loads: LoadView[]
  load_count: number
  /** The latest first, at most as many as were asked for. */
  spendbacks: SpendbackView[]
  spendback_count: number
  /** Direct payouts and quotes, the latest first, at most as many as were asked for. */
  payouts: PayoutView[]
  payout_count: number
  webhooks: WebhookState
  last_seq: number
}

export type LoadPage = { loads: LoadView[]; load_count: number }

export type SpendbackPage = {
  spendbacks: SpendbackView[]
  spendback_count: number
}

/** Which load, by its token or by its client id, becomes what, and when. */
export type FlipInput = (
  | { load_token: string; client_load_id?: undefined }
  | {
      /** Need not be there yet: it is looked for when the time has come. */
      client_load_id: string
      load_token?: undefined
    }
) & {
  status: "COMPLETED" | "CANCELLED"
  /** From now, on the virtual clock. */
  in_ms: number
  /**
   * What becomes of a completed load whose money the user no longer holds. With
   * `overdraw` the funding wallet gets it all, and her wallet goes below zero: she
   * owes the rest, and her next loads fill it up. With `keep` nothing changes.
   */
  if_spent?: IfSpent
}
