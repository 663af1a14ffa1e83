import { VirtualClock } from "./clock"
import type { FaultPlan } from "./fault-plan"
import { FaultQueue } from "./faults"
import { KeyStore } from "./idempotency"
import { Journal } from "./journal"
import { Papers } from "./kyc/papers"
import { Ledger } from "./ledger"
import { PayoutBook } from "./payouts/book"
import type { Settings } from "./settings"
import { Store } from "./store"
import { TokenFactory } from "./tokens"
import { Outbox } from "./webhooks/outbox"
import { Signer } from "./webhooks/sign"
import type { Wiring } from "./wiring"

/** How a world looks when it begins, and again after each reset. */
export type Beginning = {
  seed: number | null
  /** Null: the machine's time. */
  startMs: number | null
  isClockFrozen: boolean
  funding: ReadonlyMap<string, bigint>
  settings: Settings
  /** Null: the journal forgets nothing. */
  journalLimit: number | null
  wiring: Wiring
}

/** Everything a sandbox knows. A reset replaces the whole of it. */
export type World = {
  clock: VirtualClock
  tokens: TokenFactory
  journal: Journal
  store: Store
  ledger: Ledger
  keys: KeyStore
  faults: FaultQueue
  plan: FaultPlan | null
  settings: Settings
  /** Tokens of rows that no list shows. */
  hidden: Set<string>
  papers: Papers
  payouts: PayoutBook
  outbox: Outbox
  signer: Signer
  /** Shared by all worlds of one sandbox. */
  wiring: Wiring
}

export function beginWorld(beginning: Beginning): World {
  const clock = new VirtualClock(
    beginning.startMs ?? Date.now(),
    beginning.isClockFrozen
  )
  const journal = new Journal(() => clock.iso(), {
    limit: beginning.journalLimit,
  })
  const world: World = {
    clock,
    journal,
    tokens: new TokenFactory(beginning.seed),
    store: new Store(),
    ledger: new Ledger(journal),
    keys: new KeyStore(() => clock.now()),
    faults: new FaultQueue(),
    plan: null,
    settings: { ...beginning.settings },
    hidden: new Set(),
    papers: new Papers(),
    payouts: new PayoutBook(),
    outbox: new Outbox(),
    signer: new Signer(),
    wiring: beginning.wiring,
  }
  for (const [currencyCode, minor] of beginning.funding) {
    fund(world, currencyCode, minor)
  }
  return world
}

/** Money arrives from outside in the funding wallet, which is made if need be. */
export function fund(world: World, currencyCode: string, minor: bigint): void {
  const { store, ledger, tokens } = world
  let wallet = store.fundingWallet(currencyCode)
  if (!wallet) {
    wallet = {
      token: tokens.next("clnt_wlt_"),
      user_token: null,
      currency_code: currencyCode,
      minor: 0n,
    }
    store.addWallet(wallet)
  }
  if (minor === 0n) return
  ledger.move({
    from: null,
    to: wallet,
    minor,
    reason: "funding",
    requestId: null,
  })
}
