import { InvalidAmountError } from "./errors"
import { formatMajor, parseMajor } from "./money"

/** What an operator does to a vendor's balance. */
export const BALANCE_ACTIONS = ["adjust", "write_off"] as const
export type BalanceAction = (typeof BALANCE_ACTIONS)[number]

export function isBalanceAction(action: string): action is BalanceAction {
  return BALANCE_ACTIONS.some((one) => one === action)
}

/** What MassPay can be told exactly; more is a slip of the hand. */
const AMOUNT_MAX = 10n ** 15n - 1n

/**
 * The signed amount of a manual entry, in minor units. Throws
 * `InvalidAmountError`, or `UnknownCurrencyError`.
 */
export function parseAdjustment(text: string, currency_code: string): bigint {
  const amount = parseMajor(text, currency_code)
  if (amount === 0n) {
    throw new InvalidAmountError("An adjustment of nothing is none")
  }
  if (magnitudeOf(amount) > AMOUNT_MAX) {
    throw new InvalidAmountError("An adjustment has at most 15 digits")
  }
  return amount
}

export function magnitudeOf(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

/** In plain words, what booking it does. */
export function effectOfBooking({
  action,
  amount,
  currency_code,
}: {
  action: BalanceAction
  amount: bigint
  currency_code: string
}): string {
  const sum = `${formatMajor(magnitudeOf(amount), currency_code)} ${currency_code}`
  if (action === "write_off") {
    return `The ${sum} that she owes are written off, and what is open of hers in ${currency_code} is closed.`
  }
  return amount > 0n
    ? `${sum} are added to what she is owed.`
    : `${sum} are taken from what she is owed. What she has too much of then comes back as the option clawback says.`
}

/** In plain words, what asking for it does where a second person has to agree. */
export function effectOfProposing(effect: string): string {
  return `A second person is asked to confirm. Until the answer nothing is booked. Then: ${effect}`
}

type Open = { amount: bigint; is_held: boolean }

/**
 * What a vendor owes by her open entries, positive, or zero. What is on hold
 * does not count: writing it off would be paid out while the hold stands.
 */
export function deficitOf(entries: readonly Open[]): bigint {
  const open = entries
    .filter((entry) => !entry.is_held)
    .reduce((sum, entry) => sum + entry.amount, 0n)
  return open < 0n ? -open : 0n
}
