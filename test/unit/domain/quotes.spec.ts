import fc from "fast-check"

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
    ["without any fee", { fee: 0n }, null],
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

  it.each([null, "0", "-20", "x"])(
    "is not held against %j, which is no rate she could have been shown",
    (exchange_rate) => {
      expect(codeOf({}, DEFAULT_DIRECT, { exchange_rate })).toBe(
        "quote_differs"
      )
    }
  )

  it("that pays out nothing is refused, also for a payout of one cent", () => {
    const nothing = { source_amount: 0n, fee: 0n }
    expect(codeOf(nothing, VENDOR, { amount: 1n })).toBe("quote_differs")
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
        // By chance alone hardly any two amounts would belong together.
        fc.bigInt({ min: -2n, max: 2n }),
        fc.boolean(),
        fc.constantFrom(DEFAULT_DIRECT, VENDOR),
        (amount, fee, off, is_within, policy) => {
          const source_amount = amount - (is_within ? fee : 0n) + off
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

describe("what an operator is told of a quote that is refused", () => {
  const detailOf = (
    quote: Partial<QuotedTerms>,
    asked: Partial<AskedQuote> = {}
  ) =>
    problemWithQuote(
      { ...ASKED, ...asked },
      { ...QUOTE, ...quote },
      DEFAULT_DIRECT
    )?.detail

  it.each<[string, Partial<QuotedTerms>]>([
    ["another route or currency", { destination_token: "dest_2" }],
    ["does not tell exactly what it costs", { fee: null }],
    ["a fee below zero", { fee: -1n }],
    ["does not tell the exchange rate", { exchange_rate: null }],
  ])("says %s", (words, quote) => {
    expect(detailOf(quote)).toContain(words)
  })

  it("names the amounts that do not belong together", () => {
    expect(detailOf({ source_amount: 90_00n })).toBe(
      "MassPay quoted 90.00 USD and a fee of 2.00; the payout is 100.00."
    )
  })

  it("names the fee and how much of a payout it may be", () => {
    expect(detailOf({ fee: 10_01n })).toBe(
      "MassPay's fee of 10.01 USD is more than 10 % of the payout."
    )
  })

  it("names both rates and how far apart they may be", () => {
    expect(detailOf({ exchange_rate: "18.99" })).toBe(
      "MassPay quoted 18.99 MXN for one USD; she was shown 20, and 5 % are allowed between the two."
    )
  })
})

describe("a payout of a hundred that MassPay lists", () => {
  it.each([
    ["with the fee on top", 100_00n, 2_00n, true],
    ["with the fee within", 98_00n, 2_00n, true],
    ["with the fee within, and rounded", 97_99n, 2_00n, true],
    ["with less than that", 97_98n, 2_00n, false],
    ["with more than that, and less than all", 98_01n, 2_00n, false],
    ["with more than was asked for", 100_01n, 2_00n, false],
    ["with no fee told", 100_00n, null, true],
    ["with no fee told, and rounded", 99_99n, null, true],
    ["with no fee told, and less", 98_00n, null, false],
  ])("%s", (_, source_amount, fee, is_what_was_asked) => {
    expect(isQuotedAmount(100_00n, { source_amount, fee })).toBe(
      is_what_was_asked
    )
  })
})

describe("a shop that says nothing", () => {
  it("bears the fee itself, and has nothing asked back", () => {
    expect(DEFAULT_DIRECT).toMatchObject({
      fees_borne_by: "platform",
      may_reverse: false,
    })
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
