import {
  directMoneyText,
  quoteRequestText,
} from "../../../src/domain/direct-request"

const MONEY = {
  client_id: "mpl",
  source_token: "clnt_wlt_1",
  amount: 100_50n,
  currency_code: "usd",
  notify_user: false,
  metadata: { vendor_id: "ven_1", payout_id: "mspo_1" },
}
const TARGET = {
  client_transfer_id: "mplq1",
  destination_token: "dest_1",
  destination_currency_code: "mxn",
  attr_set_token: "attr_1",
}

describe("the frozen money of a direct payout", () => {
  it("is these bytes, and no others", () => {
    expect(directMoneyText(MONEY)).toBe(
      '{"source_token":"clnt_wlt_1","source_amount":100.5,' +
        '"source_currency_code":"USD","notify_user":false,' +
        '"metadata":{"payout_id":"mspo_1","vendor_id":"ven_1"}}'
    )
  })

  it("is the same whichever of its commits it is made for", () => {
    expect(directMoneyText({ ...MONEY, client_id: "mpl2" })).toBe(
      directMoneyText(MONEY)
    )
  })

  it("says whether the payee is written to", () => {
    expect(
      JSON.parse(directMoneyText({ ...MONEY, notify_user: true }))
    ).toMatchObject({ notify_user: true })
  })

  it("may be as little as one cent", () => {
    expect(JSON.parse(directMoneyText({ ...MONEY, amount: 1n }))).toMatchObject(
      { source_amount: 0.01 }
    )
  })

  it.each([0n, -1n])("is never %s", (amount) => {
    const text = () => directMoneyText({ ...MONEY, amount })
    expect(text).toThrow(RangeError)
    expect(text).toThrow("A direct payout must be positive")
  })

  it.each([
    ["no wallet", { source_token: "" }],
    ["no id", { client_id: "" }],
    ["an id of 51 characters", { client_id: "a".repeat(51) }],
    ["an unknown currency", { currency_code: "PNTS" }],
    ["an amount a double cannot carry", { amount: 12_345_678_901_234_567n }],
  ])("is refused with %s", (_, change) => {
    expect(() => directMoneyText({ ...MONEY, ...change })).toThrow()
  })
})

describe("the request for a quote", () => {
  it("is the payout's frozen money and where it goes, and never commits by itself", () => {
    const text = quoteRequestText(directMoneyText(MONEY), TARGET)
    expect(JSON.parse(text)).toEqual({
      client_transfer_id: "mplq1",
      destination_token: "dest_1",
      destination_currency_code: "MXN",
      attr_set_token: "attr_1",
      auto_commit: false,
      source_token: "clnt_wlt_1",
      source_amount: 100.5,
      source_currency_code: "USD",
      notify_user: false,
      metadata: { vendor_id: "ven_1", payout_id: "mspo_1" },
    })
  })

  it("carries the frozen bytes as they are", () => {
    const money_text = directMoneyText(MONEY)
    expect(quoteRequestText(money_text, TARGET)).toContain(money_text.slice(1))
  })

  it.each([
    ["nothing", ""],
    ["no field", "{}"],
    ["the end of a text only", '"source_amount":1}'],
    ["a list", "[1,2]"],
  ])("is refused with %s for its money", (_, text) => {
    const request = () => quoteRequestText(text, TARGET)
    expect(request).toThrow(RangeError)
    expect(request).toThrow("A quote needs the frozen money of its payout")
  })
})
