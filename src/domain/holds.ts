import { formatMajor } from "./money"

/** Why money must wait. A reserve keeps an amount back; the others hold all of it. */
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

export function reserveWords(reserved: bigint, currency_code: string): string {
  return `At least ${formatMajor(reserved, currency_code)} ${currency_code} is kept back as a reserve.`
}
