import { createHash } from "node:crypto"

import type { Wallet } from "./store"
import type { World } from "./world"

const WHOLE_PERCENTAGE = 100n
/** Rules made through the API may have two decimals. */
const WHOLE_BPS = 10_000n

/** A rule that stands for what is set for a user, or for all. */
type Share = { minor: bigint; destination_token: string }

/**
 * Pays a user out at once what an incoming load brought, as the rules on her wallet
 * do at MassPay: so much of it as is set for her, or for all, then as each of her own
 * rules says, and never more than the wallet holds after her debts.
 */
export function payOutOnArrival(
  world: World,
  wallet: Wallet,
  arrival: { minor: bigint; requestId: string | null }
): void {
  for (const share of sharesOf(world, wallet, arrival.minor)) {
    const minor = share.minor < wallet.minor ? share.minor : wallet.minor
    if (minor <= 0n) continue
    const { requestId } = arrival
    const movement = { from: wallet, to: null, minor, requestId }
    world.ledger.move({ ...movement, reason: "autopayout" })
    remember(world, wallet, { ...share, minor })
  }
}

function sharesOf(
  { store, settings, payouts }: World,
  wallet: Wallet,
  minor: bigint
): Share[] {
  const user = store.user(wallet.user_token ?? "")
  const percentage =
    user?.autopayout_percentage ?? settings.autopayout_percentage
  return [
    {
      minor: (minor * BigInt(percentage)) / WHOLE_PERCENTAGE,
      destination_token: destinationOf(wallet),
    },
    ...payouts.rulesOf(wallet.token).map((rule) => ({
      minor: (minor * BigInt(Math.round(rule.percentage * 100))) / WHOLE_BPS,
      destination_token: rule.destination_token,
    })),
  ]
}

/** The user takes money out of her wallet, which must hold it, to wherever. */
export function withdraw(world: World, wallet: Wallet, minor: bigint): void {
  const movement = { from: wallet, to: null, minor, requestId: null }
  world.ledger.move({ ...movement, reason: "withdrawal" })
  const destination_token = destinationOf(wallet)
  remember(world, wallet, { minor, destination_token })
}

/** Where the money of a wallet goes that no rule of hers speaks of. */
export function destinationOf({ token }: Wallet): string {
  const name = createHash("sha256").update(token).digest("hex")
  return `dest_${name.slice(0, 32)}`
}

/** The history shows it as a payout that nobody here asked for. */
function remember(
  world: World,
  wallet: Wallet,
  { minor, destination_token }: Share
): void {
  const { store, clock, tokens } = world
  const now = clock.now()
  store.addWithdrawal({
    token: tokens.next("pyt_"),
    number: store.withdrawals().length + 1,
    user_token: wallet.user_token ?? "",
    source_token: wallet.token,
    destination_token,
    currency_code: wallet.currency_code,
    minor,
    created_ms: now,
    time_ms: now,
  })
}
