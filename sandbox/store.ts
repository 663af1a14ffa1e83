import { TimeIndex } from "./time-index"

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
  lock: { kind: LockKind; link: string | null } | null
  /** How often DEACTIVE became ACTIVE: MassPay charges for each. */
  reactivations: number
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
  private readonly clientLoadIds = new Set<string>()
  private readonly loadsByNumber: Load[] = []
  private readonly loadsByTime = new TimeIndex<Load>()
  private readonly loadsByUser = new Map<string, TimeIndex<Load>>()
  private readonly scheduledLoads = new TimeIndex<Load>()

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
    this.clientLoadIds.add(load.client_load_id)
    this.loadsByTime.add(load)
    const owned = this.loadsByUser.get(load.user_token)
    if (owned) owned.add(load)
    else {
      const index = new TimeIndex<Load>()
      index.add(load)
      this.loadsByUser.set(load.user_token, index)
    }
    if (load.status === "SCHEDULED") this.scheduledLoads.add(load)
  }

  /** Status and time change together, because the indexes are sorted by time. */
  updateLoad(
    load: Load,
    change: { status: LoadStatus; time_ms: number }
  ): void {
    const owned = this.loadsByUser.get(load.user_token)
    this.scheduledLoads.remove(load)
    this.loadsByTime.remove(load)
    owned?.remove(load)
    load.status = change.status
    load.time_ms = change.time_ms
    this.loadsByTime.add(load)
    owned?.add(load)
    if (load.status === "SCHEDULED") this.scheduledLoads.add(load)
  }

  load(token: string): Load | undefined {
    return this.loadsByToken.get(token)
  }

  hasClientLoadId(clientLoadId: string): boolean {
    return this.clientLoadIds.has(clientLoadId)
  }

  /** In order of creation. */
  loads(): readonly Load[] {
    return this.loadsByNumber
  }

  /** In order of time. Of one user, or of all when no token is given. */
  timeline(userToken?: string): TimeIndex<Load> {
    if (userToken === undefined) return this.loadsByTime
    return this.loadsByUser.get(userToken) ?? new TimeIndex<Load>()
  }

  takeDueLoad(nowMs: number): Load | undefined {
    return this.scheduledLoads.takeDue(nowMs)
  }

  private indexProfile(user: User): void {
    this.usersByEmail.set(user.profile.email.toLowerCase(), user)
    this.usersByInternalId.set(user.profile.internal_user_id, user)
  }
}
