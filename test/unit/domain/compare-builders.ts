import type { OurSide, TheirSide } from "../../../src/domain/compare"

/** This shop's. */
export const TAG = "abc123"

/** A payout that both sides have alike. */
export const ours = (overrides: Partial<OurSide> = {}): OurSide => ({
  method: "wallet",
  status: "completed",
  amount: 12_34n,
  currency_code: "USD",
  user_token: "usr_1",
  remote_token: "ld_1",
  counted: false,
  is_reversed: false,
  is_lease_over: false,
  ...overrides,
})
export const theirs = (overrides: Partial<TheirSide> = {}): TheirSide => ({
  token: "ld_1",
  status: "COMPLETED",
  amount: 12_34n,
  currency_code: "USD",
  user_token: "usr_1",
  client_id: `mpl${TAG}1`,
  live_copies: 1,
  is_of_a_payee: true,
  ...overrides,
})
