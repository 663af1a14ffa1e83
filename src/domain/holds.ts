import { BASIS_POINTS_WHOLE, formatMajor } from "./money"

/** Why money must wait. A reserve keeps an amount, or a share, back; the others hold all of it. */
export const HOLD_KINDS = ["dispute", "manual", "reserve"] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

/** What is said of a hold that stands. */
export type HoldFacts = {
  kind: HoldKind
  reason: string
  /** Its end; `null`: until somebody releases it. */
  until: Date | null
}

/** For the operator: what the hold is, how long it lasts, and why. */
export function holdWords({ kind, reason, until }: HoldFacts): string {
  const end = until ? ` until ${until.toISOString()}` : ""
  return `On hold (${kind})${end}: ${reason.replace(/\.$/, "")}.`
}

/** A reserve that is a share of each new earning: 1 to 10 000 basis points, for that many days. */
export const RESERVE_DAYS_MAX = 365

/** Rounded down: a share is never more than what it is of. */
export function shareOf(earned: bigint, basis_points: number): bigint {
  return (earned * BigInt(basis_points)) / BigInt(BASIS_POINTS_WHOLE)
}

/** What reserves keep of what a vendor has open: never more than that, and nothing of a debt. */
export function reservedPart(reserved: bigint, open: bigint): bigint {
  if (open <= 0n) return 0n
  return reserved < open ? reserved : open
}

export function reserveWords(reserved: bigint, currency_code: string): string {
  return `At least ${formatMajor(reserved, currency_code)} ${currency_code} is kept back as a reserve.`
}
