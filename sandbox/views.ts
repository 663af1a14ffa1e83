import { linkOf, lockLinkOf } from "./kyc/links"
import type { KycSession } from "./kyc/papers"
import { formatAmount } from "./money"
import type {
  Load,
  LoadStatus,
  LockKind,
  ScheduledFlip,
  Spendback,
  User,
  UserStatus,
} from "./store"
import type { World } from "./world"

/** Amounts are text in major units, exact to the last digit. */
export type WalletView = {
  wallet_token: string
  currency_code: string
  balance: string
}

export type UserView = {
  user_token: string
  internal_user_id: string
  first_name: string
  last_name: string
  email: string
  country: string
  status: UserStatus
  lock: { kind: LockKind; link: string | null } | null
  reactivations: number
  /** Null: as the setting of the same name says. */
  autopayout_percentage: number | null
  created_at: string
  wallets: WalletView[]
}

export type LoadView = {
  load_token: string
  number: number
  client_load_id: string
  user_token: string
  wallet_token: string
  source_token: string
  amount: string
  currency_code: string
  notes: string
  notify_user: boolean
  metadata: Record<string, unknown> | null
  status: LoadStatus
  created_at: string
  time_of_load: string
}

export type SpendbackView = {
  spendback_token: string
  number: number
  client_spendback_id: string
  user_token: string
  /** The user's wallet. */
  source_token: string
  /** The funding wallet. */
  wallet_token: string
  amount: string
  currency_code: string
  notes: string
  metadata: Record<string, unknown> | null
  status: Spendback["status"]
  created_at: string
  time_of_spendback: string
}

/** A change of a load's status that is still to come. */
export type Flip = Omit<ScheduledFlip, "token" | "number" | "time_ms"> & {
  id: string
  due_at: string
}

export type KycSessionView = Omit<
  KycSession,
  "token" | "number" | "secret" | "created_ms"
> & {
  session_id: string
  /** Null: the papers came through the API. */
  link: string | null
  created_at: string
}

export function viewSession(world: World, session: KycSession): KycSessionView {
  const { token, user_token, provider, asks, status, reason } = session
  return {
    session_id: token,
    user_token,
    provider,
    asks,
    status,
    reason,
    link: linkOf(world, session),
    created_at: new Date(session.created_ms).toISOString(),
  }
}

export function viewUser(world: World, user: User): UserView {
  const { store } = world
  const { profile, lock } = user
  return {
    user_token: user.token,
    internal_user_id: profile.internal_user_id,
    first_name: profile.first_name,
    last_name: profile.last_name,
    email: profile.email,
    country: profile.country,
    status: user.status,
    lock: lock && { kind: lock.kind, link: lockLinkOf(world, user) },
    reactivations: user.reactivations,
    autopayout_percentage: user.autopayout_percentage,
    created_at: new Date(user.created_ms).toISOString(),
    wallets: store.walletsOf(user.token).map(viewWallet),
  }
}

export function viewWallet(wallet: {
  token: string
  currency_code: string
  minor: bigint
}): WalletView {
  return {
    wallet_token: wallet.token,
    currency_code: wallet.currency_code,
    balance: formatAmount(wallet.minor, wallet.currency_code),
  }
}

export function viewLoad(load: Load): LoadView {
  return {
    load_token: load.token,
    number: load.number,
    client_load_id: load.client_load_id,
    user_token: load.user_token,
    wallet_token: load.wallet_token,
    source_token: load.source_token,
    amount: formatAmount(load.minor, load.currency_code),
    currency_code: load.currency_code,
    notes: load.notes,
    notify_user: load.notify_user,
    metadata: load.metadata,
    status: load.status,
    created_at: new Date(load.created_ms).toISOString(),
    time_of_load: new Date(load.time_ms).toISOString(),
  }
}

export function viewSpendback(spendback: Spendback): SpendbackView {
  const { currency_code } = spendback
  return {
    spendback_token: spendback.token,
    number: spendback.number,
    client_spendback_id: spendback.client_spendback_id,
    user_token: spendback.user_token,
    source_token: spendback.source_token,
    wallet_token: spendback.wallet_token,
    amount: formatAmount(spendback.minor, currency_code),
    currency_code,
    notes: spendback.notes,
    metadata: spendback.metadata,
    status: spendback.status,
    created_at: new Date(spendback.created_ms).toISOString(),
    time_of_spendback: new Date(spendback.time_ms).toISOString(),
  }
}

export function viewFlip(flip: ScheduledFlip): Flip {
  const { token, load_token, client_load_id, status, if_spent, time_ms } = flip
  return {
    id: token,
    load_token,
    client_load_id,
    status,
    if_spent,
    due_at: new Date(time_ms).toISOString(),
  }
}
