/** What a comparison of two readings of the funding wallets says. `first`: there is nothing yet to compare with. */
export const FUNDING_VERDICTS = [
  "first",
  "explained",
  "open",
  "left",
  "came",
] as const
export type FundingVerdict = (typeof FUNDING_VERDICTS)[number]
