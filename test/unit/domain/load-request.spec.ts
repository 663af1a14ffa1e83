import {
  type LoadRequest,
  loadRequestText,
} from "../../../src/domain/load-request"

function aLoadRequest(overrides: Partial<LoadRequest> = {}): LoadRequest {
  return {
    client_load_id: "mplab12cd0",
    source_token: "wallet_1",
    amount: 1250n,
    currency_code: "USD",
    notify_user: false,
    notes: "Orders #1, #2",
    metadata: { payout_id: "mspo_1", batch: "b" },
    ...overrides,
  }
}

describe("loadRequestText", () => {
  it("is these bytes, and no others", () => {
    expect(loadRequestText(aLoadRequest())).toBe(
      '{"client_load_id":"mplab12cd0","source_token":"wallet_1","amount":12.5,' +
        '"source_currency_code":"USD","notify_user":false,"notes":"Orders #1, #2",' +
        '"metadata":{"batch":"b","payout_id":"mspo_1"}}'
    )
  })

  it("does not depend on how the request object was put together", () => {
    const { metadata, notes, ...rest } = aLoadRequest()
    const turned = { metadata: { batch: "b", payout_id: "mspo_1" }, notes }

    expect(loadRequestText({ ...turned, ...rest })).toBe(
      loadRequestText({ ...rest, notes, metadata })
    )
  })

  it("says every optional field, also when it is empty or false", () => {
    const text = loadRequestText(
      aLoadRequest({ notes: "", metadata: {}, currency_code: "usd" })
    )

    expect(JSON.parse(text)).toEqual({
      client_load_id: "mplab12cd0",
      source_token: "wallet_1",
      amount: 12.5,
      source_currency_code: "USD",
      notify_user: false,
      notes: "",
      metadata: {},
    })
  })

  it("stays JSON whatever the texts hold", () => {
    const notes = 'quotes " and \\ and \n and \u2028'

    expect(JSON.parse(loadRequestText(aLoadRequest({ notes })))).toMatchObject({
      notes,
    })
  })

  it("says which way its money goes", () => {
    const text = () => loadRequestText(aLoadRequest({ amount: 0n }))

    expect(text).toThrow(RangeError)
    expect(text).toThrow("A load must be positive")
  })

  it.each<[string, Partial<LoadRequest>]>([
    ["an amount of zero", { amount: 0n }],
    ["a negative amount", { amount: -1n }],
    ["no id", { client_load_id: "" }],
    ["an id of 51 characters", { client_load_id: "a".repeat(51) }],
    ["no funding wallet", { source_token: "" }],
    ["notes of 256 characters", { notes: "n".repeat(256) }],
    ["an unknown currency", { currency_code: "PNTS" }],
    ["an amount a double cannot carry", { amount: 12_345_678_901_234_567n }],
  ])("refuses %s", (_what, overrides) => {
    expect(() => loadRequestText(aLoadRequest(overrides))).toThrow()
  })
})
