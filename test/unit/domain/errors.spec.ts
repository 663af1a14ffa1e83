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

  it("never repeats a text of any length in a message", () => {
    const error = new UnknownCurrencyError("x".repeat(5000))

    expect(error.message.length).toBeLessThan(100)
  })
})
