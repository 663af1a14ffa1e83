import type { Journal, MovementReason } from "./journal"
import { formatAmount, MINOR_UNITS_MAX } from "./money"
import type { Payout } from "./payouts/types"
import type { Load, Spendback, Wallet } from "./store"

type Movement = {
  /** Null for money that enters from, or leaves to, outside MassPay. */
  from: Wallet | null
  to: Wallet | null
  minor: bigint
  reason: MovementReason
  /** What it was for, if it was for one of the three. */
  load?: Load
  spendback?: Spendback
  payout?: Payout
  requestId: string | null
}

/**
 * The only place where balances change. Whatever leaves one wallet enters another
 * and is written to the journal in the same breath, so money is neither made nor
 * lost. No balance goes below zero but by an overdraft.
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
  move({ from, to, minor, reason, load, ...rest }: Movement): void {
    const { spendback, payout, requestId } = rest
    const wallet = from ?? to
    const isCovered = !from || from.minor >= minor || reason === "overdraft"
    if (!wallet || minor <= 0n || !isCovered) {
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
      spendback_token: spendback?.token ?? null,
      client_spendback_id: spendback?.client_spendback_id ?? null,
      payout_token: payout?.token ?? null,
      client_transfer_id: payout?.client_transfer_id ?? null,
    })
  }

  private circulate(currencyCode: string, minor: bigint): void {
    const present = this.circulating.get(currencyCode) ?? 0n
    this.circulating.set(currencyCode, present + minor)
  }
}
