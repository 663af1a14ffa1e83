import { chartOf, currenciesOf, percentOf } from "../../../src/admin/lib/chart"
import { factsOf } from "../../../src/admin/lib/facts"
import { formatMoneyShort } from "../../../src/admin/lib/money"
import {
  canPayNow,
  REASONS,
  wantsPapers,
} from "../../../src/admin/lib/not-paid"
import { NOT_PAID_REASONS } from "../../../src/domain/collect"
import type {
  AdminOrderSettlement,
  AdminPayoutPreviewRow,
} from "../../../src/types/http"
import type { OverviewDay } from "../../../src/types/http-overview"

const day = (overrides: Partial<OverviewDay>): OverviewDay => ({
  date: "2026-01-01",
  currency_code: "USD",
  paid: "0.00",
  due: "0.00",
  held: "0.00",
  ...overrides,
})

describe("the chart", () => {
  it("offers only currencies that there is something of, the busiest first", () => {
    expect(
      currenciesOf([
        day({ currency_code: "EUR", due: "1.00" }),
        day({ paid: "5.00", held: "1.00" }),
        day({ currency_code: "GBP" }),
      ])
    ).toEqual(["USD", "EUR"])
  })

  it("keeps the exact amounts beside the heights that it draws", () => {
    const [drawn] = chartOf(
      [day({ paid: "90071992547409.93" }), day({ currency_code: "EUR" })],
      "USD"
    )
    expect(drawn?.amounts.paid).toBe("90071992547409.93")
    expect(drawn?.heights.due).toBe(0)
  })

  it("fills a bar no further than it is long", () => {
    expect(percentOf("1250.10", "900.00")).toBe(100)
    expect(percentOf("1.00", "0.00")).toBe(100)
    expect(percentOf("0.00", "0.00")).toBe(0)
    expect(percentOf("-5.00", "100.00")).toBe(0)
    expect(percentOf("25.00", "100.00")).toBe(25)
  })

  it("rounds at its ticks only", () => {
    expect(formatMoneyShort(1200, "USD", "en-US")).toBe("$1.2K")
  })
})

describe("raw facts", () => {
  it("are every field by its place, and no JSON", () => {
    expect(
      factsOf({ id: "a", items: [{ kind: "earning", ok: true }], none: null })
    ).toEqual([
      { path: "id", value: "a" },
      { path: "items 1 kind", value: "earning" },
      { path: "items 1 ok", value: true },
      { path: "none", value: null },
    ])
  })
})

describe("paying now", () => {
  const row = (
    overrides: Partial<AdminPayoutPreviewRow>
  ): AdminPayoutPreviewRow => ({
    vendor_id: "v",
    vendor_name: null,
    currency_code: "USD",
    open: "1.00",
    due: "1.00",
    pays: null,
    reason: "below_minimum",
    detail: null,
    facts: {},
    next_due_at: null,
    ...overrides,
  })

  it("is offered only for what is due and held back by time or a minimum", () => {
    const offered = NOT_PAID_REASONS.filter((reason) =>
      canPayNow(row({ reason }))
    )
    expect([...offered].sort()).toEqual([
      "below_minimum",
      "not_scheduled",
      "will_be_paid",
    ])
    expect(canPayNow(row({ due: "0.00" }))).toBe(false)
    expect(canPayNow(row({ due: "-9.84" }))).toBe(false)
  })

  it("can be looked for by every reason that there is", () => {
    expect([...REASONS].sort()).toEqual([...NOT_PAID_REASONS].sort())
  })
})

describe("an order's vendor whose papers are missing", () => {
  const share = (
    overrides: Partial<AdminOrderSettlement>
  ): AdminOrderSettlement =>
    ({
      state: "paid",
      reason: null,
      payouts: [],
      ...overrides,
    }) as AdminOrderSettlement
  const payout = (status: string, block_reason: string | null) =>
    [{ status, block_reason }] as unknown as AdminOrderSettlement["payouts"]

  it("is known by her share or by her payout, and not by one that is over", () => {
    expect(wantsPapers(share({ state: "open", reason: "kyc" }))).toBe(true)
    expect(wantsPapers(share({ payouts: payout("blocked", "kyc") }))).toBe(true)
    expect(wantsPapers(share({ payouts: payout("blocked", "funds") }))).toBe(
      false
    )
    expect(wantsPapers(share({ payouts: payout("completed", null) }))).toBe(
      false
    )
    expect(wantsPapers(share({}))).toBe(false)
  })
})
