import type { Log, LogFields } from "../runners/log"
import type { Telemetry } from "./index"

/**
 * A log whose events are counted too, so that what is logged and what is
 * measured cannot disagree, and whoever logs need not think of it.
 */
export function countedLog(
  log: Log,
  telemetry: Pick<Telemetry, "count" | "completedBy">
): Log {
  const counting =
    (write: Log["info"]): Log["info"] =>
    (event, fields = {}) => {
      write(event, fields)
      COUNTED[event]?.(telemetry, fields)
    }
  return {
    info: counting((...line) => log.info(...line)),
    warn: counting((...line) => log.warn(...line)),
    error: counting((...line) => log.error(...line)),
  }
}

type Counting = (
  telemetry: Pick<Telemetry, "count" | "completedBy">,
  fields: LogFields
) => void

const COUNTED: Partial<Record<string, Counting>> = {
  "payout.parked": ({ count }) => count("masspay.payout.parked", {}),
  "payout.key_rotated": ({ count }) =>
    count("masspay.payout.key_rotations", {}),
  "payout.flipped": ({ count }, { to }) =>
    count("masspay.payout.flips", { to: wordOf(to) }),
  "payout.resolved": ({ completedBy }, { to, payout_id }) => {
    if (to === "completed" && typeof payout_id === "string") {
      completedBy("look_up", payout_id)
    }
  },
  "recon.discrepancy": ({ count }, fields) =>
    count("masspay.discrepancies", { class: wordOf(fields.class) }),
  // What healed itself is one as well: a rising D01 is a rising crash rate.
  "recon.healed": ({ count }, fields) =>
    count("masspay.discrepancies", { class: wordOf(fields.class) }),
  "funding.unexplained": ({ count }) =>
    count("masspay.discrepancies", { class: "D11" }),
}

function wordOf(value: LogFields[string]): string {
  return typeof value === "string" ? value : "unknown"
}
