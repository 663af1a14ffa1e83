/**
 * What MassPay owns and the shop only mirrors, as the admin API and the vendor
 * API answer. Amounts are decimal strings in major units of `currency_code`;
 * times are ISO 8601 strings in UTC.
 */

/** "In your MassPay wallet": what she held at MassPay at that time. No decision is ever made by it. */
export type WalletMirror = {
  as_of: string
  /** One of each currency. */
  balances: { currency_code: string; balance: string }[]
}
