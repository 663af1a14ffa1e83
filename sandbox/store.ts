import type { Payout } from "./payouts/types"
import { TimeIndex } from "./time-index"
import { Timeline } from "./timeline"

export type UserStatus = "ACTIVE" | "LOCKED" | "DEACTIVE"

/** What a locked or incomplete user is missing. */
export const LOCK_KINDS = [
  "identity",
  "bank_document",
  "inactive",
  "missing_id",
] as const
export type LockKind = (typeof LOCK_KINDS)[number]

export type UserProfile = {
  internal_user_id: string
  country: string
  first_name: string
  last_name: string
  email: string
  middle_name?: string
  address1?: string
  address2?: string
  city?: string
  state_province?: string
  postal_code?: string
  language?: string
  mobile_number?: string
  business_name?: string
  date_of_birth?: string
  metadata?: Record<string, unknown>
}

export type User = {
  token: string
  created_ms: number
  profile: UserProfile
  status: UserStatus
  /** Of the session that asks her for papers, if she was given a link at all. */
  lock: { kind: LockKind; session_id: string | null } | null
  /** How often DEACTIVE became ACTIVE: MassPay charges for each. */
  reactivations: number
  /** The share of each incoming load she is paid out at once; null: as set for all. */
  autopayout_percentage: number | null
}

export type Wallet = {
  token: string
  /** Null for the funding wallets of the account itself. */
  user_token: string | null
  currency_code: string
  minor: bigint
}

export const LOAD_STATUSES = ["COMPLETED", "SCHEDULED", "CANCELLED"] as const
export type LoadStatus = (typeof LOAD_STATUSES)[number]

/** COMPLETED means: its amount sits in, or went through, the user's wallet. */
export type Load = {
  token: string
  /** Position in order of creation, from 1. */
  number: number
  client_load_id: string
  user_token: string
  wallet_token: string
  source_token: string
  currency_code: string
  minor: bigint
  notes: string
  notify_user: boolean
  metadata: Record<string, unknown> | null
  status: LoadStatus
  created_ms: number
  /** When it took or takes effect: in the future while scheduled. */
  time_ms: number
}

/** Money on its way back: from the user's wallet to the funding wallet. */
export type Spendback = {
  token: string
  /** Position in order of creation, from 1. */
  number: number
  client_spendback_id: string
  user_token: string
  /** The user's wallet. */
  source_token: string
  /** The funding wallet. */
  wallet_token: string
  currency_code: string
  minor: bigint
  notes: string
  metadata: Record<string, unknown> | null
  /** `success` means: its amount went to the funding wallet. */
  status: "success" | "failure"
  created_ms: number
  time_ms: number
}

/** Money that a user took out of her wallet, or that a rule of hers did. */
export type Withdrawal = {
  token: string
  /** Position in order of creation, from 1. */
  number: number
  user_token: string
  /** The user's wallet. */
  source_token: string
  destination_token: string
  currency_code: string
  minor: bigint
  created_ms: number
  time_ms: number
}

/** A change of a load's status that waits for its time. */
export type ScheduledFlip = {
  token: string
  /** Position in order of scheduling, from 1. */
  number: number
  /** One of the two is null. */
  load_token: string | null
  client_load_id: string | null
  status: "COMPLETED" | "CANCELLED"
  if_spent: IfSpent
  time_ms: number
}

export const IF_SPENT = ["overdraw", "keep"] as const
export type IfSpent = (typeof IF_SPENT)[number]

export type Transaction = Load | Spendback | Withdrawal | Payout

export function isLoad(row: Transaction): row is Load {
  return "client_load_id" in row
}

export function isSpendback(row: Transaction): row is Spendback {
  return "client_spendback_id" in row
}

/** A payout that was quoted and committed, unlike a withdrawal. */
export function isDirectPayout(row: Transaction): row is Payout {
  return "client_transfer_id" in row
}

function walletKey(userToken: string, currencyCode: string): string {
  return `${userToken}/${currencyCode}`
}

/** Everything the API knows, found by the ways the API asks for it. */
export class Store {
  private readonly usersByToken = new Map<string, User>()
  private readonly usersByEmail = new Map<string, User>()
  private readonly usersByInternalId = new Map<string, User>()
  private readonly walletsByToken = new Map<string, Wallet>()
  private readonly walletsByUser = new Map<string, Wallet[]>()
  private readonly walletsByCurrency = new Map<string, Wallet>()
  private readonly fundingByCurrency = new Map<string, Wallet>()
  private readonly loadsByToken = new Map<string, Load>()
  private readonly loadsByClientId = new Map<string, Load>()
  private readonly loadsByNumber: Load[] = []
  private lastFlip = 0
  private readonly clientSpendbackIds = new Set<string>()
  private readonly spendbacksByNumber: Spendback[] = []
  readonly scheduledLoads = new TimeIndex<Load>()
  readonly flips = new TimeIndex<ScheduledFlip>()
  readonly loadTimes = new Timeline<Load>()
  readonly spendbackTimes = new Timeline<Spendback>()
  private readonly withdrawalsByNumber: Withdrawal[] = []
  /** Withdrawals and committed payouts. */
  readonly payoutTimes = new Timeline<Withdrawal | Payout>()
  /** Loads, spendbacks, withdrawals and committed payouts together. */
  readonly allTimes = new Timeline<Transaction>()

  addUser(user: User): void {
    this.usersByToken.set(user.token, user)
    this.indexProfile(user)
  }

  /** E-mail and internal id may change: the user must be found by the new ones only. */
  replaceProfile(user: User, profile: UserProfile): void {
    this.usersByEmail.delete(user.profile.email.toLowerCase())
    this.usersByInternalId.delete(user.profile.internal_user_id)
    user.profile = profile
    this.indexProfile(user)
  }

  user(token: string): User | undefined {
    return this.usersByToken.get(token)
  }

  userByEmail(email: string): User | undefined {
    return this.usersByEmail.get(email.toLowerCase())
  }

  userByInternalId(internalUserId: string): User | undefined {
    return this.usersByInternalId.get(internalUserId)
  }

  users(): IterableIterator<User> {
    return this.usersByToken.values()
  }

  userCount(): number {
    return this.usersByToken.size
  }

  addWallet(wallet: Wallet): void {
    this.walletsByToken.set(wallet.token, wallet)
    if (wallet.user_token === null) {
      this.fundingByCurrency.set(wallet.currency_code, wallet)
      return
    }
    const owned = this.walletsByUser.get(wallet.user_token)
    if (owned) owned.push(wallet)
    else this.walletsByUser.set(wallet.user_token, [wallet])
    this.walletsByCurrency.set(
      walletKey(wallet.user_token, wallet.currency_code),
      wallet
    )
  }

  wallet(token: string): Wallet | undefined {
    return this.walletsByToken.get(token)
  }

  wallets(): IterableIterator<Wallet> {
    return this.walletsByToken.values()
  }

  walletsOf(userToken: string): readonly Wallet[] {
    return this.walletsByUser.get(userToken) ?? []
  }

  walletOf(userToken: string, currencyCode: string): Wallet | undefined {
    return this.walletsByCurrency.get(walletKey(userToken, currencyCode))
  }

  fundingWallets(): Wallet[] {
    return [...this.fundingByCurrency.values()]
  }

  fundingWallet(currencyCode: string): Wallet | undefined {
    return this.fundingByCurrency.get(currencyCode)
  }

  addLoad(load: Load): void {
    this.loadsByToken.set(load.token, load)
    this.loadsByNumber.push(load)
    this.loadsByClientId.set(load.client_load_id, load)
    this.loadTimes.add(load)
    this.allTimes.add(load)
    if (load.status === "SCHEDULED") this.scheduledLoads.add(load)
  }

  /** Status and time change together, because the indexes are sorted by time. */
  updateLoad(
    load: Load,
    change: { status: LoadStatus; time_ms: number }
  ): void {
    if (load.status === "SCHEDULED") this.scheduledLoads.remove(load)
    const isMoved = load.time_ms !== change.time_ms
    if (isMoved) {
      this.loadTimes.remove(load)
      this.allTimes.remove(load)
    }
    load.status = change.status
    load.time_ms = change.time_ms
    if (isMoved) {
      this.loadTimes.add(load)
      this.allTimes.add(load)
    }
    if (load.status === "SCHEDULED") this.scheduledLoads.add(load)
  }

  load(token: string): Load | undefined {
    return this.loadsByToken.get(token)
  }

  /** The latest with this id. */
  loadByClientId(clientLoadId: string): Load | undefined {
    return this.loadsByClientId.get(clientLoadId)
  }

  /** In order of creation. */
  loads(): readonly Load[] {
    return this.loadsByNumber
  }

  scheduleFlip(flip: Omit<ScheduledFlip, "token" | "number">): ScheduledFlip {
    this.lastFlip += 1
    const number = this.lastFlip
    const scheduled = { ...flip, token: `flip_${number}`, number }
    this.flips.add(scheduled)
    return scheduled
  }

  /** One that was scheduled before a restart. */
  restoreFlip(flip: ScheduledFlip): void {
    this.lastFlip = Math.max(this.lastFlip, flip.number)
    this.flips.add(flip)
  }

  addSpendback(spendback: Spendback): void {
    this.spendbacksByNumber.push(spendback)
    this.clientSpendbackIds.add(spendback.client_spendback_id)
    this.spendbackTimes.add(spendback)
    this.allTimes.add(spendback)
  }

  addWithdrawal(withdrawal: Withdrawal): void {
    this.withdrawalsByNumber.push(withdrawal)
    this.payoutTimes.add(withdrawal)
    this.allTimes.add(withdrawal)
  }

  /** A quote that became a payout shows in the histories from now on. */
  addCommitted(payout: Payout): void {
    this.payoutTimes.add(payout)
    this.allTimes.add(payout)
  }

  /** In order of creation. */
  withdrawals(): readonly Withdrawal[] {
    return this.withdrawalsByNumber
  }

  hasClientSpendbackId(clientSpendbackId: string): boolean {
    return this.clientSpendbackIds.has(clientSpendbackId)
  }

  /** In order of creation. */
  spendbacks(): readonly Spendback[] {
    return this.spendbacksByNumber
  }

  private indexProfile(user: User): void {
    this.usersByEmail.set(user.profile.email.toLowerCase(), user)
    this.usersByInternalId.set(user.profile.internal_user_id, user)
  }
}
