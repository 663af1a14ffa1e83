import { compareKeys } from "./allocate"

/** What a payout draws, and from which funding wallet. */
export type Draw = {
  source_token: string | null
  /** Minor units. */
  amount: bigint
  created_at: Date
  id: string
}

/** A payout that its wallet cannot pay now. */
export type Short<Payout> = {
  payout: Payout
  /** What the wallet has left for it, minor units. */
  left: bigint
}

/**
 * Divides payouts into those that their wallets can pay and, per wallet, the
 * oldest one that does not fit. Strictly oldest first and whole payouts only:
 * the first that does not fit closes its wallet for all younger ones, also for
 * those that would fit. A wallet whose balance is not known pays everything;
 * MassPay refuses what it cannot.
 */
export function fitToWallets<Payout extends Draw>(
  payouts: readonly Payout[],
  balances: ReadonlyMap<string, bigint>
): { fits: Payout[]; short: Short<Payout>[] } {
  const left = new Map(balances)
  const closed = new Set<string>()
  const fits: Payout[] = []
  const short: Short<Payout>[] = []
  for (const payout of [...payouts].sort(byAge)) {
    const { source_token: token, amount } = payout
    const balance = token === null ? undefined : left.get(token)
    if (token === null || balance === undefined) fits.push(payout)
    else if (closed.has(token)) continue
    else if (balance < amount) {
      closed.add(token)
      short.push({ payout, left: balance })
    } else {
      left.set(token, balance - amount)
      fits.push(payout)
    }
  }
  return { fits, short }
}

function byAge(a: Draw, b: Draw): number {
  return (
    a.created_at.getTime() - b.created_at.getTime() || compareKeys(a.id, b.id)
  )
}
