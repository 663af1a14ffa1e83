import { createHash } from "node:crypto"

import type { Wallet } from "./store"
import type { World } from "./world"

const WHOLE_PERCENTAGE = 100n

/**
 * Pays a user out at once what an incoming load brought, as a rule on her wallet
 * does at MassPay: so much of it as is set for her, or for all, and never more
 * than the wallet holds after her debts.
 */
export function payOutOnArrival(
  world: World,
  wallet: Wallet,
  arrival: { minor: bigint; requestId: string | null }
): void {
  const user = world.store.user(wallet.user_token ?? "")
  const percentage =
    user?.autopayout_percentage ?? world.settings.autopayout_percentage
  const share = (arrival.minor * BigInt(percentage)) / WHOLE_PERCENTAGE
  const minor = share < wallet.minor ? share : wallet.minor
  if (minor <= 0n) return
  const { requestId } = arrival
  const movement = { from: wallet, to: null, minor, requestId }
  world.ledger.move({ ...movement, reason: "autopayout" })
  remember(world, wallet, minor)
}

/** The user takes money out of her wallet, which must hold it, to wherever. */
export function withdraw(world: World, wallet: Wallet, minor: bigint): void {
  const movement = { from: wallet, to: null, minor, requestId: null }
  world.ledger.move({ ...movement, reason: "withdrawal" })
  remember(world, wallet, minor)
}

/** Where the money of a wallet goes: the sandbox has one destination for each. */
export function destinationOf({ token }: Wallet): string {
  const name = createHash("sha256").update(token).digest("hex")
  return `dest_${name.slice(0, 32)}`
}

/** The history shows it as a payout that nobody here asked for. */
function remember(world: World, wallet: Wallet, minor: bigint): void {
  const { store, clock, tokens } = world
  const now = clock.now()
  store.addWithdrawal({
    token: tokens.next("pyt_"),
    number: store.withdrawals().length + 1,
    user_token: wallet.user_token ?? "",
    source_token: wallet.token,
    destination_token: destinationOf(wallet),
    currency_code: wallet.currency_code,
    minor,
    created_ms: now,
    time_ms: now,
  })
}
