import {
  type SpendbackRequest,
  spendbackRequestText,
} from "../../../src/domain/spendback-request"

function aRequest(overrides: Partial<SpendbackRequest> = {}): SpendbackRequest {
  return {
    client_spendback_id: "mplab12cd0",
    source_token: "usr_wlt_1",
    amount: -1250n,
    currency_code: "USD",
    notes: "Spendback for order #1",
    metadata: { vendor_id: "ven_1", batch: "b" },
    ...overrides,
  }
}

describe("spendbackRequestText", () => {
  it("is these bytes, and no others", () => {
    expect(spendbackRequestText(aRequest())).toBe(
      '{"client_spendback_id":"mplab12cd0","source_token":"usr_wlt_1","amount":12.5,' +
        '"source_currency_code":"USD","notes":"Spendback for order #1",' +
        '"metadata":{"batch":"b","vendor_id":"ven_1"}}'
    )
  })

  it("never prints a sign, and says every optional field", () => {
    const text = spendbackRequestText(
      aRequest({ amount: -1n, notes: "", metadata: {}, currency_code: "usd" })
    )

    expect(JSON.parse(text)).toEqual({
      client_spendback_id: "mplab12cd0",
      source_token: "usr_wlt_1",
      amount: 0.01,
      source_currency_code: "USD",
      notes: "",
      metadata: {},
    })
  })

  it("says which way its money goes", () => {
    const text = () => spendbackRequestText(aRequest({ amount: 0n }))

    expect(text).toThrow(RangeError)
    expect(text).toThrow("A spendback must be negative")
  })

  it.each<[string, Partial<SpendbackRequest>]>([
    ["an amount of zero", { amount: 0n }],
    ["a positive amount, which would be a payment", { amount: 1n }],
    ["no id", { client_spendback_id: "" }],
    ["an id of 51 characters", { client_spendback_id: "a".repeat(51) }],
    ["no wallet", { source_token: "" }],
    ["notes of 256 characters", { notes: "n".repeat(256) }],
    ["an unknown currency", { currency_code: "PNTS" }],
    ["an amount a double cannot carry", { amount: -12_345_678_901_234_567n }],
  ])("refuses %s", (_what, overrides) => {
    expect(() => spendbackRequestText(aRequest(overrides))).toThrow()
  })
})
