import fc from "fast-check"

import {
  directMoneyText,
  quoteRequestText,
} from "../../../src/domain/direct-request"
import { clientId, commitIdOf, quoteId } from "../../../src/domain/ids"
import {
  type AskedQuote,
  DEFAULT_DIRECT,
  type DirectPolicy,
  feeBearerOf,
  isQuotedAmount,
  problemWithQuote,
  type QuotedTerms,
} from "../../../src/domain/quotes"
import { runs } from "../../support/property"

const ASKED: AskedQuote = {
  amount: 100_00n,
  currency_code: "USD",
  destination_token: "dest_1",
  destination_currency_code: "MXN",
  exchange_rate: "20",
}
const QUOTE: QuotedTerms = {
  source_amount: 100_00n,
  fee: 2_00n,
  source_currency_code: "USD",
  destination_token: "dest_1",
  destination_currency_code: "MXN",
  exchange_rate: "19.5",
}
const VENDOR: DirectPolicy = { ...DEFAULT_DIRECT, fees_borne_by: "vendor" }
const codeOf = (
  quote: Partial<QuotedTerms>,
  policy = DEFAULT_DIRECT,
  asked: Partial<AskedQuote> = {}
) =>
  problemWithQuote({ ...ASKED, ...asked }, { ...QUOTE, ...quote }, policy)
    ?.code ?? null

describe("a quote", () => {
  it.each<[string, Partial<QuotedTerms>, string | null]>([
    ["as asked", {}, null],
    ["of less than the payout", { source_amount: 99_99n }, "quote_differs"],
    ["of more than the payout", { source_amount: 100_01n }, "quote_differs"],
    ["of nothing", { source_amount: 0n }, "quote_differs"],
    ["that is not exact", { source_amount: null }, "quote_differs"],
    ["without a fee told", { fee: null }, "quote_differs"],
    ["with a fee below zero", { fee: -1n }, "quote_differs"],
    ["at the fee's bound", { fee: 10_00n }, null],
    ["above it", { fee: 10_01n }, "quote_fee"],
    ["from another currency", { source_currency_code: "EUR" }, "quote_differs"],
    [
      "in another currency than she chose",
      { destination_currency_code: "USD" },
      "quote_differs",
    ],
    ["to elsewhere", { destination_token: "dest_2" }, "quote_differs"],
    ["at the rate's bound", { exchange_rate: "19" }, null],
    ["below it", { exchange_rate: "18.99" }, "quote_rate"],
    ["above it", { exchange_rate: "21.01" }, "quote_rate"],
    ["without a rate", { exchange_rate: null }, "quote_differs"],
    ["at no rate", { exchange_rate: "0" }, "quote_differs"],
    ["at something that is no rate", { exchange_rate: "x" }, "quote_differs"],
  ])("%s", (_, quote, code) => {
    expect(codeOf(quote)).toBe(code)
  })

  it("needs no rate within one currency", () => {
    const same = { destination_currency_code: "USD", exchange_rate: null }
    expect(codeOf(same, DEFAULT_DIRECT, same)).toBeNull()
  })

  it("whose fee the vendor bears takes the payout and nothing on top", () => {
    expect(codeOf({ source_amount: 98_00n }, VENDOR)).toBeNull()
    expect(codeOf({ source_amount: 97_99n }, VENDOR)).toBeNull()
    expect(codeOf({ source_amount: 97_98n }, VENDOR)).toBe("quote_differs")
    expect(codeOf({ source_amount: 98_01n }, VENDOR)).toBe("quote_differs")
    expect(codeOf({}, VENDOR)).toBe("quote_differs")
  })

  it("that may be committed debits the payout, and at most the fee's bound above", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: -2n, max: 10n ** 12n }),
        fc.bigInt({ min: -2n, max: 10n ** 12n }),
        fc.constantFrom(DEFAULT_DIRECT, VENDOR),
        (amount, source_amount, fee, policy) => {
          if (codeOf({ source_amount, fee }, policy, { amount })) return
          const debit = source_amount + fee
          const most = policy === VENDOR ? amount : amount + amount / 10n
          expect(debit <= most && debit >= amount - 1n).toBe(true)
          expect(isQuotedAmount(amount, { source_amount, fee })).toBe(true)
        }
      ),
      runs(5000)
    )
  })
})

describe("the ids of a direct payout", () => {
  const commit = clientId({
    tag: "abc123",
    source_key: "payout:1",
    kind: "commit",
    n: 1,
  })

  it("fit MassPay's fifty characters, and tell which commit a quote is of", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 36 ** 4 - 1 }), (n) => {
        const id = quoteId(commit, n)
        expect(id.length).toBeLessThanOrEqual(50)
        expect(commitIdOf(id)).toBe(commit)
      }),
      runs(2000)
    )
  })

  it.each([0, -1, 36 ** 4])("are refused for number %d", (n) => {
    expect(() => quoteId(commit, n)).toThrow(RangeError)
  })

  it("are of nobody else's", () => {
    const load = clientId({
      tag: "abc123",
      source_key: "payout:1",
      kind: "load",
      n: 1,
    })
    for (const id of ["", commit, load, `${load}q1`, `x${commit}q1`]) {
      expect(commitIdOf(id)).toBeNull()
    }
    expect(() => quoteId(load, 1)).toThrow(RangeError)
  })
})

describe("the request for a quote", () => {
  const money = {
    client_id: "mpl",
    source_token: "clnt_wlt_1",
    amount: 100_50n,
    currency_code: "usd",
    notify_user: false,
    metadata: { vendor_id: "ven_1" },
  }
  const target = {
    client_transfer_id: "mplq1",
    destination_token: "dest_1",
    destination_currency_code: "mxn",
    attr_set_token: "attr_1",
  }

  it("is the payout's frozen money and where it goes, and never commits by itself", () => {
    expect(
      JSON.parse(quoteRequestText(directMoneyText(money), target))
    ).toEqual({
      client_transfer_id: "mplq1",
      destination_token: "dest_1",
      destination_currency_code: "MXN",
      attr_set_token: "attr_1",
      auto_commit: false,
      source_token: "clnt_wlt_1",
      source_amount: 100.5,
      source_currency_code: "USD",
      notify_user: false,
      metadata: { vendor_id: "ven_1" },
    })
  })

  it("is refused without money", () => {
    expect(() => directMoneyText({ ...money, amount: 0n })).toThrow(RangeError)
    expect(() => directMoneyText({ ...money, source_token: "" })).toThrow(
      RangeError
    )
    for (const text of ["", "{}"]) {
      expect(() => quoteRequestText(text, target)).toThrow(RangeError)
    }
  })
})

describe("who bears the fee of a quote, as its amounts say it", () => {
  it.each([
    [{ source_amount: 100_00n, fee: 1_50n }, "platform"],
    [{ source_amount: 98_50n, fee: 1_50n }, "vendor"],
    // MassPay rounds.
    [{ source_amount: 98_49n, fee: 1_50n }, "vendor"],
    [{ source_amount: 100_00n, fee: 0n }, null],
    // Neither of both: nothing is said.
    [{ source_amount: 90_00n, fee: 1_50n }, null],
    [{ source_amount: 101_50n, fee: 1_50n }, null],
  ])("%j of a hundred: %s", (quoted, bearer) => {
    expect(feeBearerOf(100_00n, quoted)).toBe(bearer)
  })
})
