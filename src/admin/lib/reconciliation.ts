import type {
  DiscrepancySeverity,
  DiscrepancyState,
  RunStatus,
} from "../../domain/discrepancies"
import type { AdminReconciliation } from "../../types/http-reconciliation"

type Color = "green" | "red" | "blue" | "orange" | "grey"

const COLOR_OF_SEVERITY = {
  info: "blue",
  warn: "orange",
  high: "red",
  critical: "red",
} satisfies Record<DiscrepancySeverity, Color>

const COLOR_OF_STATE = {
  open: "orange",
  resolved: "grey",
  healed: "green",
} satisfies Record<DiscrepancyState, Color>

const COLOR_OF_RUN = {
  running: "blue",
  complete: "green",
  incomplete: "orange",
  failed: "red",
} satisfies Record<RunStatus, Color>

/** What a newer server says and this version does not know is grey. */
export function reconciliationColor(code: string): Color {
  const colors: Record<string, Color> = {
    ...COLOR_OF_SEVERITY,
    ...COLOR_OF_STATE,
    ...COLOR_OF_RUN,
  }
  return colors[code] ?? "grey"
}

/** All that a run found, whatever the class, and how much of it healed by itself. */
export function foundBy({ counts }: Pick<AdminReconciliation, "counts">): {
  found: number
  healed: number
} {
  return Object.values(counts).reduce(
    (sum, { found, healed }) => ({
      found: sum.found + found,
      healed: sum.healed + healed,
    }),
    { found: 0, healed: 0 }
  )
}

type Fact = { name: string; value: string }

/** One side's facts in their order, for people: nothing nested, nothing that is not there. */
export function factsOf(side: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(side).flatMap(([name, value]) => {
    if (value === null || value === undefined || value === "") return []
    if (Array.isArray(value)) {
      const plain = value.filter((one) => typeof one !== "object").map(String)
      return plain.length === 0 ? [] : [{ name, value: plain.join(", ") }]
    }
    return typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "boolean"
      ? [{ name, value: String(value) }]
      : []
  })
}
