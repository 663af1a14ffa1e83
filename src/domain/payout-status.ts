/** The states of a payout and every legal move between them. The database's guarded updates enforce the same. */

export const PAYOUT_STATUSES = [
  "pending",
  "ready",
  "sending",
  "accepted",
  "completed",
  "cancelled",
  "unknown",
  "blocked",
  "needs_review",
  "reversing",
  "reversed",
  "netted",
  "void",
] as const
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number]

export const BLOCK_REASONS = [
  "kyc",
  "funds",
  "vendor",
  "auth",
  "config",
  "limit",
] as const
export type BlockReason = (typeof BLOCK_REASONS)[number]

export const PAYOUT_METHODS = [
  "wallet",
  "direct",
  "spendback",
  "netting",
] as const
export type PayoutMethod = (typeof PAYOUT_METHODS)[number]

export const OPERATION_KINDS = [
  "load",
  "quote",
  "commit",
  "reverse",
  "cancel",
  "spendback",
] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]

export const ENTRY_KINDS = [
  "earning",
  "clawback",
  "correction",
  "adjustment",
  "overpayment",
  "settled_elsewhere",
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

export const PAYEE_STATUSES = [
  "unlinked",
  "linking",
  "active",
  "locked",
  "deactivated",
] as const
export type PayeeStatus = (typeof PAYEE_STATUSES)[number]
