import type { AdminPayoutActionsResponse, PayoutAction } from "../../types/http"

export type OfferedAction = AdminPayoutActionsResponse["actions"][number]

/** The last part of an action's route. */
export function pathOf(action: PayoutAction): string {
  return action.replaceAll("_", "-")
}

/** What gives money up or takes it back: its button is red. */
const GRAVE: readonly PayoutAction[] = [
  "reject",
  "void",
  "settle_elsewhere",
  "reverse",
  "assert_not_executed",
]

export function isGrave(action: PayoutAction): boolean {
  return GRAVE.includes(action)
}

/** What may be done now, and the rest with what explains most first. */
export function sortActions(actions: readonly OfferedAction[]): {
  now: OfferedAction[]
  notNow: OfferedAction[]
} {
  const now = actions.filter(({ allowed }) => allowed)
  const notNow = actions
    .filter(({ allowed }) => !allowed)
    .sort((a, b) => plainness(a) - plainness(b))
  return { now, notNow }
}

/** That a status or a kind of payout does not allow it says the least. */
const PLAIN: readonly string[] = ["wrong_status", "wrong_method"]

function plainness({ why_not }: OfferedAction): number {
  return why_not ? PLAIN.indexOf(why_not.code) : -1
}

/** The actions that are done to many at once, and which payouts may be chosen for them. */
export const BULK_ACTIONS = { approve: "pending", retry: "blocked" } as const
export type BulkAction = keyof typeof BULK_ACTIONS

export function isBulkStatus(status: string): boolean {
  return Object.values(BULK_ACTIONS).some((one) => one === status)
}
