/** What a comparison of two readings of the funding wallets says. `first`: there is nothing yet to compare with. */
export const FUNDING_VERDICTS = [
  "first",
  "explained",
  "open",
  "left",
  "came",
] as const
export type FundingVerdict = (typeof FUNDING_VERDICTS)[number]

/**
 * What the funding wallets of a currency held when they were read, in minor
 * units, and what our own payouts had done to them by then, as a signed sum
 * since the beginning: at least `low` and at most `high`, because of payouts in
 * flight nobody knows on which side of the reading they fell.
 */
export type FundingReading = { balance: bigint; low: bigint; high: bigint }

/** Signed minor units that nothing we know of explains: at least `low`, at most `high`. */
export type Unexplained = { low: bigint; high: bigint }

/**
 * What is left of the movement between two readings once our payouts and what
 * operators `recorded` in between are taken off.
 */
export function unexplainedBetween(
  before: FundingReading,
  after: FundingReading,
  recorded: bigint
): Unexplained {
  const moved = after.balance - before.balance - recorded
  return {
    low: moved - (after.high - before.low),
    high: moved - (after.low - before.high),
  }
}

/**
 * `left` and `came` only where it is so however every payout in flight may have
 * ended; `explained` only where it adds up however they did. In between nobody
 * can tell: `open`, and a later reading knows more. `tolerance` is in minor
 * units, for balances are rounded down to whole ones.
 */
export function verdictOf(
  { low, high }: Unexplained,
  tolerance: bigint
): Exclude<FundingVerdict, "first"> {
  if (high < -tolerance) return "left"
  if (low > tolerance) return "came"
  return low >= -tolerance && high <= tolerance ? "explained" : "open"
}
