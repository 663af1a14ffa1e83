import { isZero, negate, sum } from "../../../src/admin/lib/decimal"
import { localeFor } from "../../../src/admin/lib/locale"
import { formatMoney, formatMoneyWithCode } from "../../../src/admin/lib/money"
import { byUrgency, needsAttention } from "../../../src/admin/lib/not-paid"
import { isByPerson, timelineOf } from "../../../src/admin/lib/timeline"
import type {
  AdminPayoutEvent,
  AdminPayoutOperation,
  AdminPayoutPreviewRow,
} from "../../../src/types/http"

describe("sums of amounts", () => {
  it("lose no digit beyond what a JS number holds", () => {
    expect(sum(["90071992547409.93", "0.01"])).toBe("90071992547409.94")
  })

  it("keep the sign of an amount below one", () => {
    expect(sum(["0.25", "-0.75"])).toBe("-0.50")
    expect(negate("-0.05")).toBe("0.05")
  })

  it("know zero in every number of decimals", () => {
    expect(["0", "0.00", "-0.000"].map(isZero)).toEqual([true, true, true])
    expect(isZero("0.001")).toBe(false)
  })
})

describe("an amount on the screen", () => {
  it("keeps every digit, and the decimals that it came with", () => {
    expect(formatMoney("90071992547409.93", "USD", "en-US")).toBe(
      "$90,071,992,547,409.93"
    )
    expect(formatMoney("4500", "JPY", "en-US")).toBe("¥4,500")
    expect(formatMoney("12.345", "KWD", "en-US").replace(/\s/, " ")).toBe(
      "KWD 12.345"
    )
    expect(formatMoney("-0.05", "USD", "en-US")).toBe("-$0.05")
  })

  it("is shown as it came where it is no amount or has no currency", () => {
    expect(formatMoney("12.50", "?", "en-US")).toBe("12.50 ?")
    expect(formatMoney("a lot", "USD", "en-US")).toBe("a lot")
  })

  it("says its currency once where several currencies meet", () => {
    expect(formatMoneyWithCode("1.00", "CAD", "en-US")).toBe("$1.00 CAD")
    expect(
      formatMoneyWithCode("1.000", "KWD", "en-US").match(/KWD/g)
    ).toHaveLength(1)
  })
})

describe("the locale of amounts", () => {
  it("is the browser's where it speaks the dashboard's language", () => {
    expect(localeFor("en", ["de-DE", "en-GB"])).toBe("en-GB")
    expect(localeFor("ptBR", ["en-GB"])).toBe("pt-BR")
    expect(localeFor("not a language", [])).toBe("en")
  })
})

describe("what is not paid", () => {
  const row = (
    overrides: Partial<AdminPayoutPreviewRow>
  ): AdminPayoutPreviewRow => ({
    vendor_id: "v",
    vendor_name: null,
    currency_code: "USD",
    open: "1.00",
    due: "1.00",
    pays: null,
    reason: "not_due",
    detail: null,
    facts: {},
    next_due_at: null,
    ...overrides,
  })

  it("calls for somebody only where time alone does not help", () => {
    expect(needsAttention(row({ reason: "not_due" }))).toBe(false)
    expect(needsAttention(row({ reason: "kyc" }))).toBe(true)
  })

  it("puts what waits for somebody first", () => {
    const rows = (["not_due", "will_be_paid", "kyc"] as const).map((reason) =>
      row({ reason })
    )

    expect(rows.sort(byUrgency).map(({ reason }) => reason)).toEqual([
      "kyc",
      "will_be_paid",
      "not_due",
    ])
  })
})

describe("the timeline", () => {
  const event = (overrides: Partial<AdminPayoutEvent>): AdminPayoutEvent => ({
    id: "e",
    from_status: null,
    to_status: "ready",
    event: "collected",
    cause: null,
    detail: null,
    actor: "system",
    created_at: "2026-01-01T00:00:00.000Z",
    ...overrides,
  })
  const operation: AdminPayoutOperation = {
    id: "op",
    kind: "load",
    client_id: "c",
    remote_token: null,
    remote_status: null,
    proof: "none",
    attempts: [
      {
        attempt_no: 1,
        started_at: "2026-01-01T00:00:05.000Z",
        finished_at: null,
        outcome: null,
        http_status: null,
        proof: null,
      },
    ],
  }

  it("has events and requests in one line, the newest first", () => {
    const events = [
      event({ id: "first" }),
      event({
        id: "claim",
        event: "claimed",
        created_at: "2026-01-01T00:00:05.001Z",
      }),
      event({ id: "last", created_at: "2026-01-01T00:00:06.000Z" }),
    ]

    const steps = timelineOf({ events, operations: [operation] })

    expect(steps.map(({ key }) => key)).toEqual([
      "last",
      "op:1",
      "claim",
      "first",
    ])
  })

  it("names nobody for what a process did", () => {
    expect(isByPerson(event({ event: "claimed", actor: "worker-1" }))).toBe(
      false
    )
    expect(isByPerson(event({ event: "approved", actor: "user_1" }))).toBe(true)
  })
})
