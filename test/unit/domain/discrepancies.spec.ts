import { readFileSync } from "node:fs"
import path from "node:path"

import {
  DISCREPANCY_ACTIONS,
  DISCREPANCY_CLASSES,
  DISCREPANCY_SEVERITIES,
  DISCREPANCY_STATES,
  REMOTE_TYPES,
  RUN_KINDS,
  RUN_PHASES,
  RUN_STATUSES,
  SEVERITY_OF,
} from "../../../src/domain/discrepancies"

const migration = readFileSync(
  path.join(
    __dirname,
    "../../../src/modules/masspay/migrations/Migration20261128220000.ts"
  ),
  "utf8"
)

/** The words that the database takes for a column. */
function wordsOfColumn(column: string): string[] {
  const listed = new RegExp(`"${column}" in\\s*\\(([^)]*)\\)`).exec(migration)
  return [...(listed?.[1] ?? "").matchAll(/'(\w+)'/g)].map(
    (word) => word[1] ?? ""
  )
}

it.each([
  ["type", REMOTE_TYPES],
  ["kind", RUN_KINDS],
  ["status", RUN_STATUSES],
  ["phase", RUN_PHASES],
  ["severity", DISCREPANCY_SEVERITIES],
  ["state", DISCREPANCY_STATES],
])("has the words that the database takes for the %s", (column, words) => {
  expect(words).toEqual(wordsOfColumn(column))
})

// The column takes any text: nothing but this keeps the words that rows have.
it("has the words for what was done about it that rows already have", () => {
  expect(DISCREPANCY_ACTIONS).toEqual([
    "flagged",
    "truth_applied",
    "may_be_sent_again",
    "adopted_and_paused",
    "vendor_paused",
    "payout_frozen_and_vendor_paused",
    "netted_by_next_payouts",
    "vendor_read_again",
    "mirror_updated",
    "dispatch_stopped",
  ])
})

it("has fifteen classes, numbered in two digits as rows have them", () => {
  const numbered = Array.from(
    { length: 15 },
    (_, index) => `D${String(index + 1).padStart(2, "0")}`
  )
  expect(DISCREPANCY_CLASSES).toEqual(numbered)
  expect(Object.keys(SEVERITY_OF)).toEqual(numbered)
})

it.each([
  ["an outcome that was not known, and is now", "D01", "info"],
  ["an outcome that was not known: MassPay does not have it", "D02", "info"],
  ["paid here, cancelled there", "D03", "warn"],
  ["given up here, paid there", "D04", "high"],
  ["paid here, not to be found there", "D05", "critical"],
  ["sent with this shop's tag by nobody known", "D06", "critical"],
  ["paid by hand in MassPay's dashboard", "D07", "info"],
  ["another amount, currency or user than asked for", "D08", "critical"],
  ["paid twice", "D09", "critical"],
  ["given up, and still with the vendor", "D10", "high"],
  // Money may have left, unless the finder knows that it came.
  ["a funding wallet that moved", "D11", "high"],
  ["a user whose lock nobody told of", "D12", "info"],
  ["a withdrawal with another status", "D13", "info"],
  ["a spendback or a reversal that differs", "D14", "high"],
  ["books that contradict themselves", "D15", "critical"],
] as const)("%s (%s) is %s", (_, name, severity) => {
  expect(SEVERITY_OF[name]).toBe(severity)
})
