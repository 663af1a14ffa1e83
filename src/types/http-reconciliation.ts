import type {
  DiscrepancyAction,
  DiscrepancyClass,
  DiscrepancySeverity,
  DiscrepancyState,
  RunKind,
  RunPhase,
  RunStatus,
} from "../domain/discrepancies"

/** One comparison of the books with MassPay. */
export type AdminReconciliation = {
  id: string
  kind: RunKind
  status: RunStatus
  /** Days of MassPay's history, whole and in UTC, both included; `null` where vendors are read and not days. */
  from_date: string | null
  to_date: string | null
  progress: {
    phase: RunPhase
    pages: number
    rows: number
    payees: number
    /** Vendors that could not be read: nothing is concluded from what was not seen. */
    payees_unread: number
    requests: number
  }
  /** By class; of a run that is under way, so far. */
  counts: Partial<Record<DiscrepancyClass, { found: number; healed: number }>>
  /** Stable code: what it stumbled over. */
  problem: string | null
  started_at: string
  progressed_at: string
  finished_at: string | null
  /** Id of the operator who started it; `null` where it began by itself. */
  actor: string | null
  reason: string | null
}

export type AdminReconciliationListResponse = {
  reconciliations: AdminReconciliation[]
  count: number
  limit: number
  offset: number
}

export type AdminReconciliationResponse = {
  reconciliation: AdminReconciliation
}

export type AdminStartReconciliationResponse = AdminReconciliationResponse & {
  /** What it does, in plain words. */
  effect: string
}

/** A difference between the books and MassPay. */
export type AdminDiscrepancy = {
  id: string
  class: DiscrepancyClass
  severity: DiscrepancySeverity
  state: DiscrepancyState
  payout_id: string | null
  payee_id: string | null
  vendor_id: string | null
  remote_token: string | null
  currency_code: string | null
  /** What either side says; amounts are decimal texts beside their currency. */
  ours: Record<string, unknown>
  theirs: Record<string, unknown>
  action: DiscrepancyAction
  /** The run that found it; `null` where something else did. */
  run_id: string | null
  first_seen_at: string
  last_seen_at: string
  resolved_by: string | null
  resolved_reason: string | null
  resolved_at: string | null
  /** Since when it does not show any more. */
  gone_at: string | null
}

export type AdminDiscrepancyListResponse = {
  discrepancies: AdminDiscrepancy[]
  count: number
  limit: number
  offset: number
}

export type AdminDiscrepancyDecisionResponse = {
  discrepancy: AdminDiscrepancy
  /** What it does, in plain words. */
  effect: string
}
