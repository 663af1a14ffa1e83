/** What may wait for a person. */
export type OverviewAttentionKind =
  | "dispatch_stopped"
  | "incidents"
  | "discrepancies"
  | "payouts_to_review"
  | "payouts_unknown"
  | "payouts_to_approve"
  | "actions_to_confirm"
  | "payouts_blocked"
  | "refunds_to_allocate"
  | "payees_locked"
  | "papers_wanted"
  | "balances_negative"
  | "webhooks_dead"

/** The scheduled jobs, by the names that Medusa knows them by. */
export type OverviewJobName =
  | "masspay-dispatch-payouts"
  | "masspay-resolve-payouts"
  | "masspay-apply-webhooks"
  | "masspay-sweep-orders"
  | "masspay-collect-payouts"
  | "masspay-link-payees"
  | "masspay-mirror-balances"
  | "masspay-watch"
  | "masspay-reconcile"
