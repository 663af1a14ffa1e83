import type { ActionFacts } from "../../../src/domain/actions"

/** A wallet payout that nothing stands in the way of. */
export function facts(overrides: Partial<ActionFacts> = {}): ActionFacts {
  return {
    status: "ready",
    method: "wallet",
    caused_by: ["system"],
    has_user: true,
    has_load: true,
    remote_status: "SCHEDULED",
    was_sent: false,
    is_unproven: false,
    is_executed: false,
    is_looked_up: false,
    is_visible: true,
    was_reversed: false,
    was_cancelled: false,
    is_proposed: false,
    are_books_known: true,
    may_reverse: true,
    may_reverse_direct: true,
    needs_two: false,
    ...overrides,
  }
}
