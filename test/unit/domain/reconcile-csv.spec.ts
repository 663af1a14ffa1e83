import {
  discrepancyHead,
  type DiscrepancyLine,
  discrepancyLine,
  transactionHead,
  type TransactionLine,
  transactionLine,
} from "../../../src/domain/reconcile-csv"

const MARK = "\uFEFF"

/** A row by its column names: what a reader of the file sees. */
function rowOf(head: string, line: string): Record<string, string> {
  const names = head.replace(MARK, "").trimEnd().split(",")
  const cells = line.replace(/\r\n$/, "").split(",")
  expect(cells).toHaveLength(names.length)
  return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""]))
}

const found: DiscrepancyLine = {
  class: "D08",
  severity: "critical",
  state: "resolved",
  vendor_id: "vendor_1",
  payout_id: "mspo_1",
  remote_token: "ld_1",
  ours: { status: "completed", amount: "12.34" },
  theirs: { status: "COMPLETED", amount: "-12.35" },
  currency_code: "USD",
  action: "flagged",
  first_seen_at: "2026-03-01T10:00:00.000Z",
  resolved_by: "user_1",
  resolved_reason: "MassPay corrected it",
}
const told: TransactionLine = {
  token: "ld_1",
  time_of_txn: new Date("2026-03-01T10:00:00Z"),
  type: "load",
  remote_status: "COMPLETED",
  source_amount: "1234",
  source_currency_code: "USD",
  destination_amount: "1500",
  destination_currency_code: "JPY",
  fee: "-50",
  vendor_id: "vendor_1",
  payout_id: "mspo_1",
  payout_status: "completed",
}
const seen = (overrides: Partial<DiscrepancyLine> = {}) =>
  rowOf(discrepancyHead, discrepancyLine({ ...found, ...overrides }))
const shown = (overrides: Partial<TransactionLine> = {}) =>
  rowOf(transactionHead, transactionLine({ ...told, ...overrides }))

it.each([
  ["differences", discrepancyHead, () => discrepancyLine(found)],
  ["transactions", transactionHead, () => transactionLine(told)],
])(
  "a file of %s is marked as UTF-8, its lines end in CRLF",
  (_, head, lineOf) => {
    expect(head).toMatch(/^\uFEFF[a-z_,]+\r\n$/)
    expect(lineOf()).toMatch(/^[^\uFEFF\r\n]+\r\n$/)
  }
)

describe("a difference", () => {
  it("shows both sides under their names, and how it ended", () => {
    expect(seen()).toEqual({
      class: "D08",
      severity: "critical",
      state: "resolved",
      vendor_id: "vendor_1",
      payout_id: "mspo_1",
      masspay_token: "ld_1",
      our_status: "completed",
      our_amount: "12.34",
      masspay_status: "COMPLETED",
      masspay_amount: "-12.35",
      currency: "USD",
      action: "flagged",
      first_seen_at: "2026-03-01T10:00:00.000Z",
      resolved_by: "user_1",
      resolved_reason: "MassPay corrected it",
    })
  })

  it("leaves empty what nobody knows", () => {
    const row = seen({
      vendor_id: null,
      payout_id: null,
      remote_token: null,
      ours: {},
      theirs: { status: null, amount: 12 },
      currency_code: null,
      resolved_by: null,
      resolved_reason: null,
    })
    expect(row).toMatchObject({
      vendor_id: "",
      payout_id: "",
      masspay_token: "",
      our_status: "",
      our_amount: "",
      masspay_status: "",
      masspay_amount: "",
      currency: "",
      resolved_by: "",
      resolved_reason: "",
    })
  })

  it("gives a spreadsheet nothing to compute", () => {
    expect(seen({ resolved_reason: "=1+1" }).resolved_reason).toBe("'=1+1")
    expect(() => seen({ ours: { amount: "=1+1" } })).toThrow()
  })
})

describe("a transaction", () => {
  it("shows each amount in major units of its own currency", () => {
    expect(shown()).toEqual({
      date: "2026-03-01T10:00:00.000Z",
      type: "load",
      masspay_token: "ld_1",
      masspay_status: "COMPLETED",
      amount: "12.34",
      currency: "USD",
      arrived: "1500",
      arrived_currency: "JPY",
      fee: "-0.50",
      vendor_id: "vendor_1",
      payout_id: "mspo_1",
      our_status: "completed",
    })
  })

  it("leaves empty what MassPay does not say and what no payout is known for", () => {
    const row = shown({
      time_of_txn: null,
      source_amount: null,
      source_currency_code: null,
      destination_amount: null,
      destination_currency_code: null,
      fee: null,
      vendor_id: null,
      payout_id: null,
      payout_status: null,
    })
    expect(row).toEqual({
      date: "",
      type: "load",
      masspay_token: "ld_1",
      masspay_status: "COMPLETED",
      amount: "",
      currency: "",
      arrived: "",
      arrived_currency: "",
      fee: "",
      vendor_id: "",
      payout_id: "",
      our_status: "",
    })
  })

  it.each([
    ["no currency", { source_currency_code: null }],
    ["a currency whose decimals are unknown", { source_currency_code: "XYZ" }],
  ])("shows no amount in %s", (_, overrides) => {
    expect(shown(overrides)).toMatchObject({ amount: "", fee: "" })
  })

  it("shows no amount that is not told, though its currency is", () => {
    expect(shown({ source_amount: null }).amount).toBe("")
  })
})
