import type { RemoteType } from "../../domain/discrepancies"
import type { KycProvider, KycSession } from "../../domain/kyc"
import type { ProfileField, ProfileInput } from "../../domain/profile"
import type { ListedReversal } from "../../domain/reversals"
import type { DestinationWire } from "./destination-types"

/** What the wire gives back, already parsed: amounts in minor units, times as Dates. */

/** A funding wallet of the marketplace (MassPay: account balance). */
export type FundingBalance = {
  token: string
  currency_code: string
  /** Minor units. */
  balance: bigint
}

export type RemoteUserStatus = "ACTIVE" | "LOCKED" | "DEACTIVE" | "UNRECOGNISED"

export type RemoteUserRef = {
  user_token: string
  internal_user_id: string
}
export type RemoteUser = RemoteUserRef & {
  status: RemoteUserStatus
  /** What a payout needs and her profile lacks. Left out: it was not read. */
  profile_missing?: readonly ProfileField[]
}

/** What came of a change of a user's profile. Never a value of it. */
export type ProfileAnswer =
  | { did: "changed"; missing: ProfileField[] }
  /** MassPay takes a change only together with these fields. */
  | { did: "incomplete"; missing: ProfileField[] }
  /** Only an active user is written to. */
  | { did: "not_active"; status: RemoteUserStatus }
  | { did: "unknown_user" }

export type NewUser = {
  internal_user_id: string
  email: string
  first_name: string
  last_name: string
  business_name?: string
  /** ISO 3166-1 alpha-2; the wire converts to MassPay's alpha-3. */
  country_code: string
}

export type RemoteLoadStatus =
  "COMPLETED" | "SCHEDULED" | "CANCELLED" | "UNRECOGNISED"

/** One row of MassPay's load list of a user. */
export type RemoteLoad = {
  load_token: string
  client_load_id: string
  status: RemoteLoadStatus
  currency_code: string
  /** Minor units. */
  amount: bigint
  wallet_token: string | null
  time_of_load: Date | null
}

/**
 * A user's loads. `is_complete` is false when the length is suspiciously equal
 * to a page cap (10, 25, 50, 100, 250, 500, 1000, …) and the paged history does
 * not show that there are no others, or when a row had to be left out because its amount cannot be told exactly (a currency we do not know, or
 * more decimals than it has): then "not in the list" proves nothing.
 */
export type RemoteLoadList = { loads: RemoteLoad[]; is_complete: boolean }

/** The words of the transaction history; the list of spendbacks has none. */
export type RemoteSpendbackStatus =
  | "COMPLETED"
  | "SCHEDULED"
  | "PROCESSING"
  | "HOLD"
  | "CANCELLED"
  | "UNRECOGNISED"

/** Money that was taken back out of a user's wallet, or was to be. */
export type RemoteSpendback = {
  spendback_token: string
  client_spendback_id: string
  /** `UNRECOGNISED` also where the history does not tell: it exists, no more. */
  status: RemoteSpendbackStatus
  currency_code: string
  /** Minor units, as MassPay has it: positive. */
  amount: bigint
  time_of_spendback: Date | null
}

/** A user's spendbacks; `is_complete` as for loads, and false where her history could not be read. */
export type RemoteSpendbackList = {
  spendbacks: RemoteSpendback[]
  is_complete: boolean
}

/** One row of the history of all users. Its client id of a load is not told there. */
export type RemoteTransaction = {
  token: string
  type: RemoteType
  /** MassPay's own words, here and for the status. */
  remote_type: string
  status: string
  user_token: string | null
  /** Minor units, never negative; `null` where they cannot be told exactly. */
  source_amount: bigint | null
  source_currency_code: string | null
  destination_amount: bigint | null
  destination_currency_code: string | null
  fee: bigint | null
  time_of_txn: Date | null
  source_token: string | null
  destination_token: string | null
  delivery_type: string | null
  client_transfer_id: string | null
  status_reason: string | null
}

export type HistoryPage = {
  transactions: RemoteTransaction[]
  /** Fewer rows than a page has: there are no more. */
  is_last: boolean
}

export type RemoteWallet = {
  token: string
  currency_code: string
  balance: bigint
}

/** A rule on a payee's wallet, which she makes herself: so much of what comes in goes there at once. */
export type RemoteAutopayout = {
  token: string
  destination_token: string
  /** Of 100; may be a fraction. */
  percentage: number
}

/** A 2xx answer to a load that parsed. Success only if `status` says so. */
export type LoadAnswer = {
  load_token: string
  status: RemoteLoadStatus
  http_status: number
}

/** A 2xx answer to a spendback that parsed. `CANCELLED` where MassPay calls it a failure. */
export type SpendbackAnswer = {
  /** `null` only for a failure. */
  spendback_token: string | null
  status: "COMPLETED" | "CANCELLED"
  http_status: number
}

/** What a direct payout would cost. Nothing has moved, and nothing does before it is committed. */
export type QuoteAnswer = {
  payout_token: string
  client_transfer_id: string
  source_currency_code: string
  destination_currency_code: string
  destination_token: string
  /** Minor units of the source currency, both; `null`: not told exactly. */
  source_amount: bigint | null
  fee: bigint | null
  /** A decimal, as MassPay wrote it. */
  destination_amount: string
  /** A decimal; `null`: not told. */
  exchange_rate: string | null
  attr_set_token: string | null
  /** By MassPay's clock, as `answered_at` is; `null`: not told. */
  expires_at: Date | null
  answered_at: Date | null
  payer_name: string | null
  delivery_type: string | null
  estimated_availability: Date | null
  http_status: number
}

/** A commit that MassPay took. */
export type CommitAnswer = {
  payout_token: string
  status: "PROCESSING"
  http_status: number
}

export type RemotePayoutStatus =
  /** Quoted, and not committed. */
  | "PENDING"
  | "PROCESSING"
  | "SCHEDULED"
  | "HOLD"
  | "READY_FOR_PICKUP"
  | "COMPLETED"
  | "CANCELLED"
  /** It ended, and where the money is is not told. */
  | "ERROR"
  | "UNRECOGNISED"

/** One row of a user's list of payouts. */
export type RemotePayout = {
  payout_token: string
  /** Ours only with our prefix: she makes payouts herself, too. */
  client_transfer_id: string | null
  status: RemotePayoutStatus
  source_token: string | null
  /** Of the wallet that is debited. */
  currency_code: string
  /** Minor units, both; `fee` is `null` where it is not told. */
  source_amount: bigint
  fee: bigint | null
  destination_amount: string | null
  destination_currency_code: string | null
  estimated_availability: Date | null
  expires_at: Date | null
  /** MassPay's words, redacted. */
  status_reason: string | null
  trace_code: string | null
}

/** Money of a completed direct payout that was called back. */
export type RemoteReversal = ListedReversal

/** Of one payout; `is_complete` as for loads. */
export type RemoteReversalList = {
  reversals: RemoteReversal[]
  is_complete: boolean
}

/** A user's payouts; `is_complete` as for loads. */
export type RemotePayoutList = { payouts: RemotePayout[]; is_complete: boolean }

/**
 * Reads, and the writes that move no money. Every method throws a
 * `GatewayError` (errors.ts) and nothing else. The calls that move money are
 * separate functions (`resources/create-load.ts`, `create-spendback.ts`,
 * `quote-payout.ts`, `commit-payout.ts`, `cancel-payout.ts`, `reverse-payout.ts`, `take-back.ts`), which lint lets only `runners/dispatch.ts` import.
 */
export interface Wire extends DestinationWire {
  getFundingBalances(): Promise<FundingBalance[]>
  /** `null` when there is none. */
  lookupUser(query: {
    internal_user_id: string
    email: string
    first_name: string
  }): Promise<RemoteUserRef | null>
  /** Not protected by a key at MassPay: look up, create, and look up again on conflict (`DuplicateClientIdError`, or an unknown outcome). */
  createUser(user: NewUser, idempotency_key: string): Promise<RemoteUser>
  getUser(user_token: string): Promise<RemoteUser | null>
  /** Reads, merges and writes the whole profile; one at a time for each user. The same change again does no harm. */
  changeProfile(change: {
    user_token: string
    /** Where MassPay does not tell the country, which it wants back. */
    country_code: string | null
    profile: ProfileInput
  }): Promise<ProfileAnswer>
  listLoads(user_token: string): Promise<RemoteLoadList>
  listSpendbacks(user_token: string): Promise<RemoteSpendbackList>
  listPayouts(user_token: string): Promise<RemotePayoutList>
  listReversals(payout: {
    user_token: string
    payout_token: string
  }): Promise<RemoteReversalList>
  /** A bearer secret: for the payee alone. `null`: there is none. */
  getPickupCode(payout: {
    user_token: string
    payout_token: string
  }): Promise<string | null>
  /** Of all users of this account, whole UTC days (YYYY-MM-DD, both included). Pages begin at 1, in no promised order. */
  readHistoryPage(query: {
    from_date: string
    to_date: string
    page: number
  }): Promise<HistoryPage>
  listWallets(user_token: string): Promise<RemoteWallet[]>
  listAutopayouts(wallet: {
    user_token: string
    wallet_token: string
  }): Promise<RemoteAutopayout[]>
  /** A PDF. Whole days, `YYYY-MM-DD`, both included, 31 at most. */
  getAccountStatement(days: { from: string; to: string }): Promise<Buffer>
  listKycSessions(user_token: string): Promise<KycSession[]>
  /** Makes a session at MassPay with every call. The link is a bearer secret, here and below. */
  startKycSession(session: {
    user_token: string
    provider: KycProvider
  }): Promise<string>
  getTaxInterviewLink(interview: {
    user_token: string
    return_url: string
  }): Promise<string>
  /** `null` once her account is active. */
  getActivationLink(user_token: string): Promise<string | null>
  readonly transport: Transport
}

/** What a request is for. Each lane has slots of its own: a backlog of one never delays another. */
export const TRANSPORT_LANES = ["dispatch", "lookup", "interactive"] as const
export type TransportLane = (typeof TRANSPORT_LANES)[number]

export type TransportRequest = {
  /** A PATCH is a read at MassPay. */
  method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH"
  /** Path segments below `/payout`; each is validated and encoded. */
  path: readonly string[]
  query?: Record<string, string>
  /** The exact bytes of the body. */
  body?: string
  /** Never given on a read (refused). */
  idempotency_key?: string
  /**
   * Of a body that nothing may repeat: of MassPay's words about it only these
   * reach an error, where it uses them.
   */
  kept_words?: readonly string[]
  /** What is missing when MassPay answers 404. Absent: the address is wrong. */
  not_found_means?: "payee"
  /** Default "interactive": somebody waits for the answer. */
  lane?: TransportLane
  /** Asked when the connection is there, before the first byte: when it is true, nothing leaves. */
  is_too_late?: () => boolean
}
export type TransportResponse = {
  status: number
  body: unknown
  /** When MassPay says it answered, in whole seconds. */
  answered_at?: Date
}

/** One HTTP request with a total deadline, no redirects, no retries. Throws `GatewayError` on anything but a parsed 2xx; the body of an empty one is `null`. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>
  /** MassPay is a sandbox on this machine, and so are its links. */
  readonly may_link_to_loopback?: boolean
}
