import type { DomainError } from "../../../src/domain/errors"
import {
  CurrencyMismatchError,
  IllegalMoveError,
  InvalidAmountError,
  UnbalancedSettlementError,
  UnknownCurrencyError,
} from "../../../src/domain/errors"

describe("what the rules refuse", () => {
  it("carries a code that survives when the class is lost", () => {
    const errors: [DomainError, string][] = [
      [new UnknownCurrencyError("BTC"), "masspay.unknown_currency"],
      [new CurrencyMismatchError("USD", "EUR"), "masspay.currency_mismatch"],
      [new InvalidAmountError("no"), "masspay.invalid_amount"],
      [new UnbalancedSettlementError("no"), "masspay.unbalanced_settlement"],
      [new IllegalMoveError(null, "void", "voided"), "masspay.illegal_move"],
    ]
    for (const [error, code] of errors) {
      expect(error).toBeInstanceOf(Error)
      expect(error.code).toBe(code)
      expect(error.name).toBe(error.constructor.name)
    }
  })

  it("says in words what was refused", () => {
    const messages = [
      new UnknownCurrencyError("BTC"),
      new CurrencyMismatchError("USD", "EUR"),
      new IllegalMoveError("ready", "void", "voided"),
      new IllegalMoveError(null, "void", "voided"),
    ].map(({ message }) => message)

    expect(messages).toEqual([
      '"BTC" is not an ISO 4217 currency that can be paid',
      "Expected an amount in USD, got one in EUR",
      "A payout cannot move from ready to void on voided",
      "A payout cannot move from nothing to void on voided",
    ])
  })

  it("never repeats a text of any length in a message", () => {
    const error = new UnknownCurrencyError("x".repeat(5000))

    expect(error.message.length).toBeLessThan(100)
  })
})
