/** Behaviour that MassPay does not document, so that both readings can be tried. */
export type Settings = {
  /** A `client_load_id` seen before: answer 400, or load again. */
  duplicate_client_load_id: "refuse" | "allow"
  /** The same for a `client_spendback_id`. */
  duplicate_client_spendback_id: "refuse" | "allow"
  /** A load the funding wallet cannot pay: 400, or 200 with status CANCELLED. */
  insufficient_funds: "refuse" | "cancel"
  /** A spendback of more than the user's wallet holds: 400, or 200 with `failure`. */
  insufficient_wallet: "refuse" | "failure"
  /** The status for a key that comes back with another request. */
  idempotency_mismatch_status: 400 | 409 | 422
  /** How a user look-up says that there is nobody. */
  lookup_miss: "404" | "null" | "empty_object" | "empty_array"
  /** A silent cap on the load list, which then shows the latest ones only. */
  load_list_max_rows: number | null
  /** The same for the spendback list. */
  spendback_list_max_rows: number | null
  /** So much of each load leaves its user's wallet at once, as with a payout rule. */
  autopayout_percentage: number
  /** Also take the key from a header called `apiKey`. */
  accept_api_key_header: boolean
  /** How long each call waits before it is executed, in real time. */
  latency_ms: number
}

export const DEFAULT_SETTINGS: Settings = {
  duplicate_client_load_id: "refuse",
  duplicate_client_spendback_id: "refuse",
  insufficient_funds: "refuse",
  insufficient_wallet: "refuse",
  idempotency_mismatch_status: 400,
  lookup_miss: "404",
  load_list_max_rows: null,
  spendback_list_max_rows: null,
  autopayout_percentage: 0,
  accept_api_key_header: false,
  latency_ms: 0,
}

const LATENCY_MS_MAX = 60_000

type Check = { accepts: (value: unknown) => boolean; allowed: string }

function oneOf(...values: readonly (string | number | boolean)[]): Check {
  return {
    accepts: (value) => values.some((allowed) => allowed === value),
    allowed: values.map((value) => JSON.stringify(value)).join(", "),
  }
}

function isIntegerWithin(value: unknown, min: number, max: number): boolean {
  return (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max
  )
}

const LIST_CAP: Check = {
  accepts: (value) => value === null || isIntegerWithin(value, 1, 100_000),
  allowed: "null, or a whole number from 1 to 100000",
}

const CHECKS: Record<keyof Settings, Check> = {
  duplicate_client_load_id: oneOf("refuse", "allow"),
  duplicate_client_spendback_id: oneOf("refuse", "allow"),
  insufficient_funds: oneOf("refuse", "cancel"),
  insufficient_wallet: oneOf("refuse", "failure"),
  idempotency_mismatch_status: oneOf(400, 409, 422),
  lookup_miss: oneOf("404", "null", "empty_object", "empty_array"),
  load_list_max_rows: LIST_CAP,
  spendback_list_max_rows: LIST_CAP,
  autopayout_percentage: {
    accepts: (value) => isIntegerWithin(value, 0, 100),
    allowed: "a whole number from 0 to 100",
  },
  accept_api_key_header: oneOf(true, false),
  latency_ms: {
    accepts: (value) => isIntegerWithin(value, 0, LATENCY_MS_MAX),
    allowed: `a whole number from 0 to ${LATENCY_MS_MAX}`,
  },
}

/** One sentence for the first thing wrong with a change of settings, or null. */
export function problemWithSettings(
  change: Record<string, unknown>
): string | null {
  for (const [name, value] of Object.entries(change)) {
    const check = new Map(Object.entries(CHECKS)).get(name)
    if (!check) {
      const names = Object.keys(CHECKS).join(", ")
      return `There is no setting "${name}". There are: ${names}`
    }
    if (!check.accepts(value)) {
      return `The setting "${name}" cannot be ${JSON.stringify(value)}. Allowed: ${check.allowed}`
    }
  }
  return null
}
