import type {
  AfterLookupInput,
  FoundLoad,
} from "../../../src/domain/decide-next"

export const NOON = new Date("2026-03-01T12:00:00Z")
export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

export function ago(ms: number): Date {
  return new Date(NOON.getTime() - ms)
}

/** Sent three minutes ago with a fresh key, outcome unknown, not in a complete list. */
export function aLookup(
  overrides: Partial<AfterLookupInput> = {}
): AfterLookupInput {
  return {
    status: "unknown",
    amount: 1250n,
    currency_code: "USD",
    found: null,
    listComplete: true,
    lookup_began_at: NOON,
    now: NOON,
    ever_sent: true,
    attempts_unproven: true,
    last_possible_send_at: ago(3 * MINUTE),
    key_seq: 1,
    key_burnt: false,
    key_first_used_at: ago(4 * MINUTE),
    not_found_count: 0,
    not_found_at: null,
    unknown_since: ago(3 * MINUTE),
    ambiguous_count: 1,
    rotations: 0,
    settle_until: null,
    ...overrides,
  }
}

export function aLoad(overrides: Partial<FoundLoad> = {}): FoundLoad {
  return {
    status: "COMPLETED",
    amount: 1250n,
    currency_code: "USD",
    ...overrides,
  }
}
