import type { RemoteAutopayout } from "./types"

/** Where and how MassPay can pay somebody, and what goes through to it on the way. Amounts in minor units. */

export type RouteQuery = {
  /** ISO 3166-1, two letters or three. */
  country_code: string
  source_currency_code: string
  destination_currency_code: string
  /** Whose routes: prices may depend on it. */
  user_token: string
  /** What fees are asked for, of the source currency; left out: MassPay's default. */
  amount?: bigint | undefined
  payer_name?: string | undefined
  /** Only of payers that pay to many banks. */
  only_generic_payers?: boolean | undefined
  /** Every route there is: whether one is still there can be seen in no shorter list. */
  of?: "all" | undefined
}

/** One way to pay somebody: MassPay's payer. */
export type RemoteRoute = {
  destination_token: string
  payer_name: string
  /** ISO 3166-1 alpha-3. */
  country_code: string
  /** MassPay's word, an open list: BANK_DEPOSIT, CASH_PICKUP, … */
  delivery_type: string
  /** For the amount that was asked about; rounded up; `null` where it is not told. */
  fee: bigint | null
  /** Inclusive; `null`: no bound. Read as of the source currency that was asked about, which MassPay does not document. */
  min_amount: bigint | null
  max_amount: bigint | null
  /** What each currency that is offered is estimated at: decimals, for one of the source currency. */
  rates: { currency_code: string; rate: string }[]
  estimated_availability: Date | null
  description: string | null
}

/** `best`: MassPay's choice; where it gave none, its cheapest, and then all there are. */
export type RouteList = {
  found_by: "best" | "cheapest" | "all"
  routes: RemoteRoute[]
}

/** Something MassPay wants to know before it pays by a route. Never a value. */
export type RemoteAttribute = {
  token: string
  label: string
  /** MassPay's word: BankAccountNumber, IDSelfieCollection, … */
  type: string
  input_type: "text" | "options" | "date"
  /** A regular expression of an engine that nobody names; or none. */
  validation: string | null
  is_optional: boolean
  /** A hint for people, such as the layout of a date. */
  expected_value: string | null
  /** MassPay has a value of it already, in whatever set. */
  has_value: boolean
  /** Where it is collected instead: a bearer secret, for her alone. Only of types that nobody types in. */
  link: string | null
}

/** The part of the wire that is about destinations. Every method throws a `GatewayError` and nothing else. */
export interface DestinationWire {
  /** An empty list is an answer: there is no way to pay there. */
  listRoutes(query: RouteQuery): Promise<RouteList>
  /** Whether MassPay offers it at all; its limits depend on a currency, so they are read from a list. */
  isRouteOffered(destination_token: string): Promise<boolean>
  /** `null` where MassPay knows the user or the route no more. */
  listAttributes(of: {
    user_token: string
    destination_token: string
    currency_code: string
  }): Promise<RemoteAttribute[] | null>
  /**
   * Hands values through and returns the token of the set they are kept under,
   * which is another one whenever a value has changed. Its errors hold nothing of
   * them: `details` are those of `named` that MassPay's refusal mentions.
   */
  storeAttributes(of: {
    user_token: string
    destination_token: string
    currency_code: string
    values: readonly { token: string; value: string }[]
    named: readonly string[]
    idempotency_key: string
  }): Promise<string>
  /** A PDF about one direct payout; `null` where MassPay has none. */
  getConfirmation(of: {
    user_token: string
    payout_token: string
  }): Promise<Buffer | null>
  /** Not protected by a key at MassPay: look whether there is such a rule already. */
  addAutopayout(rule: {
    user_token: string
    wallet_token: string
    destination_token: string
    attr_set_token: string
    percentage: number
    idempotency_key: string
    is_too_late?: () => boolean
  }): Promise<RemoteAutopayout>
  /** No error where there is no such rule any more. */
  deleteAutopayout(rule: {
    user_token: string
    wallet_token: string
    token: string
    idempotency_key: string
  }): Promise<void>
}
