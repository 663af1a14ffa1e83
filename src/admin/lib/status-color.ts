import type { PayoutStatus } from "../../domain/payout-status"
import type {
  AdminOrderSettlement,
  AdminPayoutOperation,
} from "../../types/http"

type Color = "green" | "red" | "blue" | "orange" | "grey" | "purple"

/** Green is kept for what is proven to be with the vendor; red for what waits for a person. */
const COLOR_OF_STATUS = {
  pending: "purple",
  ready: "blue",
  sending: "blue",
  accepted: "blue",
  completed: "green",
  cancelled: "orange",
  unknown: "orange",
  blocked: "red",
  needs_review: "red",
  reversing: "purple",
  reversed: "grey",
  netted: "grey",
  void: "grey",
} satisfies Record<PayoutStatus, Color>

const COLOR_OF_STATE = {
  held: "grey",
  open: "orange",
  blocked: "red",
  in_transit: "blue",
  paid: "green",
  nothing_due: "grey",
} satisfies Record<AdminOrderSettlement["state"], Color>

const COLOR_OF_PROOF = {
  none: "orange",
  executed: "green",
  not_executed: "grey",
} satisfies Record<AdminPayoutOperation["proof"], Color>

/** In the order of a payout's life, as filters list them. */
export const STATUSES = Object.keys(COLOR_OF_STATUS) as PayoutStatus[]

/** These change without anybody touching them, so pages that show them look again. */
const MOVING: readonly string[] = [
  "ready",
  "sending",
  "accepted",
  "cancelled",
  "unknown",
  "blocked",
  "reversing",
] satisfies PayoutStatus[]

export function isMoving(status: string): boolean {
  return MOVING.includes(status)
}

export function statusColor(status: PayoutStatus): Color {
  return colorIn(COLOR_OF_STATUS, status)
}

export function stateColor(state: AdminOrderSettlement["state"]): Color {
  return colorIn(COLOR_OF_STATE, state)
}

export function proofColor(proof: AdminPayoutOperation["proof"]): Color {
  return colorIn(COLOR_OF_PROOF, proof)
}

/** What a newer server says and this version does not know is grey. */
function colorIn(colors: Readonly<Record<string, Color>>, code: string): Color {
  return colors[code] ?? "grey"
}
