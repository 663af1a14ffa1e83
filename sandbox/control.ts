import { audit, type AuditReport } from "./audit"
import type { ClockState } from "./clock"
import { HidingControl } from "./control-hiding"
import { readFlip } from "./control-inputs"
import { readAmount, readWithdrawalFrom } from "./control-money"
import { viewState } from "./control-state"
import type {
  ClockInput,
  FlipInput,
  LoadPage,
  MoneyInput,
  Page,
  SpendbackPage,
  StateView,
} from "./control-types"
import { ControlError } from "./errors"
import { flipLoad } from "./flips"
import type { JournalPage } from "./journal"
import { problemWithSettings, type Settings } from "./settings"
import type { LoadStatus, Wallet } from "./store"
import {
  type Flip,
  type LoadView,
  type UserView,
  viewFlip,
  viewLoad,
  viewSpendback,
  viewWallet,
  type WalletView,
} from "./views"
import { balanceCreditEvent } from "./webhooks/bodies"
import { WebhookControl } from "./webhooks/control"
import { tell } from "./webhooks/tell"
import { withdraw } from "./withdrawals"
import { fund } from "./world"

const STATE_ROWS = 100

const OBSTACLES = {
  funding_wallet_short: "The funding wallet does not hold the amount",
  already_spent: "The user's wallet no longer holds the amount",
} as const

function endOf(after: number, limit: number | undefined): number | undefined {
  return limit === undefined ? undefined : after + limit
}

/**
 * What a test or a developer can do to the sandbox behind the API's back. Every
 * method throws a ControlError, and changes nothing, when it cannot do as asked.
 */
export class Control extends HidingControl {
  /** Deliveries, and what becomes of them. */
  readonly webhooks = new WebhookControl(this.runtime)

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
    const wallet = world.store.fundingWallet(currency_code)
    if (!wallet) throw new Error("Funding made no wallet")
    const nowMs = world.clock.now()
    tell(world, balanceCreditEvent(wallet, { minor, nowMs }))
    this.runtime.changed()
    return viewWallet(wallet)
  }

  /**
   * A user takes an amount, or "all" there is, out of her wallet, to wherever. What
   * she took can neither be reversed nor spent back any more.
   */
  withdraw(
    walletToken: string,
    { amount }: { amount: number | string }
  ): WalletView {
    const wallet = this.runtime.worldNow().store.wallet(walletToken)
    if (!wallet || wallet.user_token === null) {
      throw new ControlError(404, `No user has a wallet ${walletToken}`)
    }
    this.takeOut(wallet, readWithdrawalFrom(wallet, amount))
    return viewWallet(wallet)
  }

  /** A user empties all her wallets. */
  withdrawAll(userToken: string): WalletView[] {
    const user = this.findUser(userToken)
    const wallets = this.runtime.world.store.walletsOf(user.token)
    for (const wallet of wallets) {
      this.takeOut(wallet, readWithdrawalFrom(wallet, "all"))
    }
    return wallets.map(viewWallet)
  }

  /**
   * So much of each load to this user leaves her wallet the moment it arrives; null
   * is what the setting `autopayout_percentage` says.
   */
  setAutopayout(
    userToken: string,
    { percentage }: { percentage: number | null }
  ): UserView {
    const user = this.findUser(userToken)
    const setting = { autopayout_percentage: percentage }
    const problem = percentage === null ? null : problemWithSettings(setting)
    if (problem) throw new ControlError(400, problem)
    user.autopayout_percentage = percentage
    return this.changedUser(user, "user_autopayout_set")
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
      if (now !== undefined && moved < clock.now()) {
        throw new ControlError(400, "The clock only moves forward")
      }
      // A running clock may have gone on since it was read.
      clock.moveTo(Math.max(moved, clock.now()))
    }
    this.runtime.worldNow()
    this.runtime.changed()
    return clock.state()
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

  /** Changes a load's status now, and moves the money that goes with it. */
  setLoadStatus(loadToken: string, status: LoadStatus): LoadView {
    const world = this.runtime.worldNow()
    const load = world.store.load(loadToken)
    if (!load) throw new ControlError(404, `There is no load ${loadToken}`)
    if (load.status === status) return viewLoad(load)
    if (status === "SCHEDULED") {
      throw new ControlError(409, "Only a new load can be scheduled")
    }
    const obstacle = flipLoad(world, load, { status, if_spent: "keep" })
    if (obstacle !== null) throw new ControlError(409, OBSTACLES[obstacle])
    world.journal.append({
      kind: "note",
      event: `load_scripted_${status.toLowerCase()}`,
      user_token: load.user_token,
      load_token: load.token,
    })
    this.runtime.changed()
    return viewLoad(load)
  }

  /**
   * Changes a load's status when the virtual clock gets there, and moves the money
   * that goes with it. A note in the journal says whether it could be done.
   */
  scheduleFlip(input: FlipInput): Flip {
    const { store, clock } = this.runtime.worldNow()
    const flip = readFlip({ ...input })
    const { load_token = null, client_load_id = null } = flip
    if (load_token !== null && !store.load(load_token)) {
      throw new ControlError(404, `There is no load ${load_token}`)
    }
    const scheduled = store.scheduleFlip({
      load_token,
      client_load_id,
      status: flip.status,
      if_spent: flip.if_spent ?? "overdraw",
      time_ms: clock.now() + flip.in_ms,
    })
    this.runtime.changed()
    return viewFlip(scheduled)
  }

  /** Those whose time has not come, the next first. */
  flips(): Flip[] {
    return this.runtime.worldNow().store.flips.all().map(viewFlip)
  }

  clearFlips(): void {
    const { flips } = this.runtime.worldNow().store
    for (const flip of [...flips.all()]) flips.remove(flip)
    this.runtime.changed()
  }

  state(limit = STATE_ROWS): StateView {
    return viewState(this.runtime, limit)
  }

  /** Loads in order of creation. */
  loads({ after = 0, limit }: Page = {}): LoadPage {
    const loads = this.runtime.worldNow().store.loads()
    return {
      loads: loads.slice(after, endOf(after, limit)).map(viewLoad),
      load_count: loads.length,
    }
  }

  /** Spendbacks in order of creation. */
  spendbacks({ after = 0, limit }: Page = {}): SpendbackPage {
    const all = this.runtime.worldNow().store.spendbacks()
    return {
      spendbacks: all.slice(after, endOf(after, limit)).map(viewSpendback),
      spendback_count: all.length,
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

  private takeOut(wallet: Wallet, minor: bigint): void {
    if (minor > 0n) withdraw(this.runtime.world, wallet, minor)
    this.runtime.changed()
  }
}
