import type { Journal, MovementReason } from "./journal"
import { formatAmount, MINOR_UNITS_MAX } from "./money"
import type { Load, Wallet } from "./store"

type Movement = {
  /** Null for money that enters from, or leaves to, outside MassPay. */
  from: Wallet | null
  to: Wallet | null
  minor: bigint
  reason: MovementReason
  load: Load | null
  requestId: string | null
}

/**
 * The only place where balances change. Whatever leaves one wallet enters another
 * and is written to the journal in the same breath, so money is neither made nor
 * lost, and no balance goes below zero.
 */
export class Ledger {
  private readonly circulating = new Map<string, bigint>()

  constructor(private readonly journal: Journal) {}

  /** Counts wallets that come with a balance, when a world is restored. */
  adopt(wallet: Wallet): void {
    this.circulate(wallet.currency_code, wallet.minor)
  }

  /** Whether so much more money in this currency could still be shown exactly. */
  hasRoomFor(currencyCode: string, minor: bigint): boolean {
    const present = this.circulating.get(currencyCode) ?? 0n
    return present + minor <= MINOR_UNITS_MAX
  }

  /** The caller must have checked that `from` holds the amount. */
  move({ from, to, minor, reason, load, requestId }: Movement): void {
    const wallet = from ?? to
    if (!wallet || minor <= 0n || (from && from.minor < minor)) {
      throw new Error(`A movement of ${minor} minor units is not possible`)
    }
    if (from) from.minor -= minor
    else this.circulate(wallet.currency_code, minor)
    if (to) to.minor += minor
    else this.circulate(wallet.currency_code, -minor)
    this.journal.append({
      kind: "movement",
      request_id: requestId,
      reason,
      from: from?.token ?? "outside",
      to: to?.token ?? "outside",
      amount: formatAmount(minor, wallet.currency_code),
      currency_code: wallet.currency_code,
      user_token: to?.user_token ?? from?.user_token ?? null,
      load_token: load?.token ?? null,
      client_load_id: load?.client_load_id ?? null,
    })
  }

  private circulate(currencyCode: string, minor: bigint): void {
    const present = this.circulating.get(currencyCode) ?? 0n
    this.circulating.set(currencyCode, present + minor)
  }
}
