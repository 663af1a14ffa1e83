import { audit, type AuditReport } from "./audit"
import type { ClockState } from "./clock"
import { ControlError } from "./errors"
import type { ArmedFault, FaultInput } from "./faults"
import type { JournalPage } from "./journal"
import { cancelLoad, completeLoad, takeLoadBack } from "./load-rules"
import { formatAmount, isKnownCurrency, parseAmount } from "./money"
import type { Runtime } from "./runtime"
import { problemWithSettings, type Settings } from "./settings"
import type { LoadStatus, LockKind, User } from "./store"
import {
  type LoadView,
  type UserView,
  viewLoad,
  viewUser,
  viewWallet,
  type WalletView,
} from "./views"
import { fund } from "./world"

export type Page = {
  /** Leaves out everything up to this number. Default 0. */
  after?: number
  /** Default: all there is. */
  limit?: number
}

export type ClockInput = {
  advance_ms?: number
  /** ISO 8601, not before the present of the virtual clock. */
  now?: string
  is_frozen?: boolean
}

export type MoneyInput = { currency_code: string; amount: number | string }

export type StateView = {
  generation: number
  clock: ClockState
  settings: Settings
  faults: readonly ArmedFault[]
  funding_wallets: WalletView[]
  /** The latest first, at most as many as were asked for. */
  users: UserView[]
  user_count: number
  /** The latest first, at most as many as were asked for. */
  loads: LoadView[]
  load_count: number
  last_seq: number
}

export type LoadPage = { loads: LoadView[]; load_count: number }

const STATE_ROWS = 100

/**
 * What a test or a developer can do to the sandbox behind the API's back. Every
 * method throws a ControlError, and changes nothing, when it cannot do as asked.
 */
export class Control {
  constructor(private readonly runtime: Runtime) {}

  /** Back to the beginning: same funding, same seed, nothing else. */
  reset(): void {
    this.runtime.reset()
  }

  /** Adds money to a funding wallet, which is made if there is none. */
  fund({ currency_code, amount }: MoneyInput): WalletView {
    const { world } = this.runtime
    const minor = readAmount(amount, currency_code)
    if (!world.ledger.hasRoomFor(currency_code, minor)) {
      throw new ControlError(400, "amount would make more money than is exact")
    }
    fund(world, currency_code, minor)
    this.runtime.changed()
    const wallet = world.store.fundingWallet(currency_code)
    if (!wallet) throw new Error("Funding made no wallet")
    return viewWallet(wallet)
  }

  /** A user takes money out of her wallet, to wherever. */
  withdraw(
    walletToken: string,
    { amount }: { amount: number | string }
  ): WalletView {
    const { store, ledger } = this.runtime.worldNow()
    const wallet = store.wallet(walletToken)
    if (!wallet || wallet.user_token === null) {
      throw new ControlError(404, `No user has a wallet ${walletToken}`)
    }
    const minor = readAmount(amount, wallet.currency_code)
    if (wallet.minor < minor) {
      const held = formatAmount(wallet.minor, wallet.currency_code)
      throw new ControlError(409, `The wallet holds only ${held}`)
    }
    const reason = "withdrawal"
    const movement = { from: wallet, to: null, load: null, requestId: null }
    ledger.move({ ...movement, minor, reason })
    this.runtime.changed()
    return viewWallet(wallet)
  }

  clock(): ClockState {
    return this.runtime.world.clock.state()
  }

  /** Also executes the scheduled loads that became due. */
  moveClock({ advance_ms, now, is_frozen }: ClockInput): ClockState {
    const { clock } = this.runtime.world
    const target = now === undefined ? clock.now() : Date.parse(now)
    const moved = target + (advance_ms ?? 0)
    if (!Number.isFinite(moved)) throw new ControlError(400, "now is no time")
    if (is_frozen === true) clock.freeze()
    if (is_frozen === false) clock.run()
    if (now !== undefined || advance_ms !== undefined) {
      if (moved < clock.now()) {
        throw new ControlError(400, "The clock only moves forward")
      }
      clock.moveTo(moved)
    }
    this.runtime.worldNow()
    this.runtime.changed()
    return clock.state()
  }

  /**
   * Makes MassPay refuse to pay this user. All kinds lock her, except `missing_id`:
   * then she stays ACTIVE, and it is each payment that is refused.
   */
  lockUser(userToken: string, kind: LockKind): UserView {
    const user = this.findUser(userToken)
    if (user.status === "DEACTIVE") {
      throw new ControlError(409, "A deactivated user cannot be locked")
    }
    const link = this.makeLink(kind)
    user.lock = { kind, link }
    user.status = kind === "missing_id" ? "ACTIVE" : "LOCKED"
    return this.changedUser(user, `user_locked_${kind}`)
  }

  /** The papers arrived: whatever was missing is no longer. */
  unlockUser(userToken: string): UserView {
    const user = this.findUser(userToken)
    if (!user.lock) throw new ControlError(409, "This user is not locked")
    user.lock = null
    user.status = "ACTIVE"
    return this.changedUser(user, "user_unlocked")
  }

  deactivateUser(userToken: string): UserView {
    const user = this.findUser(userToken)
    user.lock = null
    user.status = "DEACTIVE"
    return this.changedUser(user, "user_deactivated")
  }

  armFault(input: FaultInput): ArmedFault {
    const fault = this.runtime.world.faults.arm(input)
    this.runtime.changed()
    return { ...fault }
  }

  faults(): ArmedFault[] {
    return this.runtime.world.faults.list().map((fault) => ({ ...fault }))
  }

  clearFaults(): void {
    this.runtime.world.faults.clear()
    this.runtime.changed()
  }

  settings(): Settings {
    return { ...this.runtime.world.settings }
  }

  changeSettings(change: Partial<Settings>): Settings {
    const problem = problemWithSettings(change)
    if (problem) throw new ControlError(400, problem)
    Object.assign(this.runtime.world.settings, change)
    this.runtime.changed()
    return this.settings()
  }

  /** Scripts a flip, and moves the money that goes with it. */
  setLoadStatus(loadToken: string, status: LoadStatus): LoadView {
    const world = this.runtime.worldNow()
    const load = world.store.load(loadToken)
    if (!load) throw new ControlError(404, `There is no load ${loadToken}`)
    if (load.status === status) return viewLoad(load)
    const cause = { reason: "scripted_status", requestId: null } as const
    if (status === "SCHEDULED") {
      throw new ControlError(409, "Only a new load can be scheduled")
    }
    if (status === "COMPLETED" && !completeLoad(world, load, cause)) {
      throw new ControlError(409, "The funding wallet does not hold the amount")
    }
    if (status === "CANCELLED") {
      if (load.status === "SCHEDULED") cancelLoad(world, load)
      else if (!takeLoadBack(world, load, cause)) {
        throw new ControlError(
          409,
          "The user's wallet no longer holds the amount"
        )
      }
    }
    world.journal.append({
      kind: "note",
      event: `load_scripted_${status.toLowerCase()}`,
      user_token: load.user_token,
      load_token: load.token,
    })
    this.runtime.changed()
    return viewLoad(load)
  }

  state(limit = STATE_ROWS): StateView {
    const world = this.runtime.worldNow()
    const { store, clock, settings, journal } = world
    const users = [...store.users()].slice(-limit).reverse()
    return {
      generation: this.runtime.generation,
      clock: clock.state(),
      settings: { ...settings },
      faults: this.faults(),
      funding_wallets: store.fundingWallets().map(viewWallet),
      users: users.map((user) => viewUser(world, user)),
      user_count: store.userCount(),
      loads: store.loads().slice(-limit).reverse().map(viewLoad),
      load_count: store.loads().length,
      last_seq: journal.lastSeq(),
    }
  }

  /** Loads in order of creation. */
  loads({ after = 0, limit }: Page = {}): LoadPage {
    const loads = this.runtime.worldNow().store.loads()
    const end = limit === undefined ? undefined : after + limit
    return {
      loads: loads.slice(after, end).map(viewLoad),
      load_count: loads.length,
    }
  }

  journal({
    after = 0,
    limit = Number.MAX_SAFE_INTEGER,
  }: Page = {}): JournalPage {
    return this.runtime.worldNow().journal.page(after, limit)
  }

  audit(): AuditReport {
    return audit(this.runtime.worldNow())
  }

  private findUser(userToken: string): User {
    const user = this.runtime.worldNow().store.user(userToken)
    if (!user) throw new ControlError(404, `There is no user ${userToken}`)
    return user
  }

  private changedUser(user: User, event: string): UserView {
    const { world } = this.runtime
    const user_token = user.token
    world.journal.append({ kind: "note", event, user_token, load_token: null })
    this.runtime.changed()
    return viewUser(world, user)
  }

  private makeLink(kind: LockKind): string | null {
    const { tokens } = this.runtime.world
    switch (kind) {
      case "inactive":
        return null
      case "bank_document":
        return `https://l.maspay.io/${tokens.linkSecret()}`
      case "identity":
      case "missing_id":
        return `https://magic.veriff.me/v${tokens.linkSecret()}`
    }
  }
}

function readAmount(amount: number | string, currencyCode: string): bigint {
  if (!isKnownCurrency(currencyCode)) {
    throw new ControlError(
      400,
      `"${currencyCode}" is not a known currency code`
    )
  }
  const parsed = parseAmount(amount, currencyCode)
  if (parsed.problem !== undefined) {
    throw new ControlError(400, `amount ${parsed.problem}`)
  }
  return parsed.minor
}
