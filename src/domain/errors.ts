/**
 * What the rules refuse. Each carries a stable `code`, because an error may be
 * serialised on its way through a workflow and lose its class.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    message: string
  ) {
    super(message)
    this.name = new.target.name
  }
}

/** A currency without a known number of decimals. There is no default. */
export class UnknownCurrencyError extends DomainError {
  constructor(readonly currency_code: string) {
    super(
      "masspay.unknown_currency",
      `"${currency_code.slice(0, 12)}" is not an ISO 4217 currency that can be paid`
    )
  }
}

/** Two amounts of different currencies met. They are never added. */
export class CurrencyMismatchError extends DomainError {
  constructor(expected: string, actual: string) {
    super(
      "masspay.currency_mismatch",
      `Expected an amount in ${expected}, got one in ${actual}`
    )
  }
}

/** A text or a number that is not an exact amount of its currency. */
export class InvalidAmountError extends DomainError {
  constructor(message: string) {
    super("masspay.invalid_amount", message)
  }
}

/** Lines and total of an order do not add up, so nothing may be booked from them. */
export class UnbalancedSettlementError extends DomainError {
  constructor(message: string) {
    super("masspay.unbalanced_settlement", message)
  }
}

/** A move of a payout that the table of moves does not know. */
export class IllegalMoveError extends DomainError {
  constructor(from: string | null, to: string, event: string) {
    super(
      "masspay.illegal_move",
      `A payout cannot move from ${from ?? "nothing"} to ${to} on ${event}`
    )
  }
}
