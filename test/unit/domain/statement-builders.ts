import type { Statement, StatementLine } from "../../../src/domain/statement"

export function aLine(overrides: Partial<StatementLine> = {}): StatementLine {
  return {
    id: "mslen_1",
    at: "2026-01-02T03:04:05.678Z",
    kind: "earning",
    reason: "completed",
    order_id: "order_1",
    display_id: 42,
    payout_id: null,
    amount: "90.00",
    balance: "100.00",
    ...overrides,
  }
}

export function aStatement(overrides: Partial<Statement> = {}): Statement {
  return {
    vendor_id: "ven_1",
    vendor_name: "Ada's Atelier",
    currency_code: "USD",
    from: "2026-01-01T00:00:00.000Z",
    to: "2026-02-01T00:00:00.000Z",
    is_final: true,
    opening_balance: "10.00",
    lines: [
      aLine(),
      aLine({
        id: "mspev_9",
        kind: "payout",
        reason: null,
        order_id: null,
        display_id: null,
        payout_id: "mspo_1",
        amount: "-100.00",
        balance: "0.00",
      }),
    ],
    totals: [
      { kind: "earning", count: 1, amount: "90.00" },
      { kind: "payout", count: 1, amount: "-100.00" },
    ],
    closing_balance: "0.00",
    ...overrides,
  }
}
