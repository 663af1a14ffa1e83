import type { StateView } from "./control-types"
import { viewPayout } from "./payouts/views"
import type { Runtime } from "./runtime"
import { viewLoad, viewSpendback, viewUser, viewWallet } from "./views"
import { viewWebhooks } from "./webhooks/state"

/** The whole world in one object, with so many rows of each list. */
export function viewState(runtime: Runtime, limit: number): StateView {
  const world = runtime.worldNow()
  const { store, clock, settings, journal, faults, plan, payouts } = world
  const users = [...store.users()].slice(-limit).reverse()
  return {
    generation: runtime.generation,
    clock: clock.state(),
    settings: { ...settings },
    faults: faults.list().map((fault) => ({ ...fault })),
    fault_plan: plan?.state() ?? null,
    funding_wallets: store.fundingWallets().map(viewWallet),
    users: users.map((user) => viewUser(world, user)),
    user_count: store.userCount(),
    loads: store.loads().slice(-limit).reverse().map(viewLoad),
    load_count: store.loads().length,
    spendbacks: store.spendbacks().slice(-limit).reverse().map(viewSpendback),
    spendback_count: store.spendbacks().length,
    payouts: payouts
      .all()
      .slice(-limit)
      .reverse()
      .map((payout) => viewPayout(world, payout)),
    payout_count: payouts.all().length,
    webhooks: viewWebhooks(world),
    last_seq: journal.lastSeq(),
  }
}
