import type { JournalEntry, MovementEntry } from "./journal"
import { exponentOf } from "./money"
import { PayoutTally } from "./payouts/tally"

/** What the journal says about the money of one load or spendback. */
export type Trip = {
  /** The wallets of its first movement. */
  from: string
  to: string
  /** How much more often it went there than it came back. */
  net: number
  minor: bigint
}

function toMinor(movement: MovementEntry): bigint {
  const [whole = "", decimals = ""] = movement.amount.split(".")
  const exponent = exponentOf(movement.currency_code)
  return BigInt(whole + decimals.padEnd(exponent, "0"))
}

/**
 * Adds up the journal line by line, as it is written. It looks at nothing but the
 * lines, so that what it arrives at can be held against the books; and it does not
 * need the lines again, so that a journal may forget its oldest ones.
 */
export class Tally {
  /** Per wallet: what came in less what went out. */
  readonly balances = new Map<string, bigint>()
  readonly loads = new Map<string, Trip>()
  readonly spendbacks = new Map<string, Trip>()
  /** Per client id: how many loads or spendbacks moved money. */
  readonly executedLoads = new Map<string, number>()
  readonly executedSpendbacks = new Map<string, number>()
  readonly payouts = new PayoutTally()
  readsWithKey = 0
  /** What no sound sandbox writes, whatever its books say. */
  readonly problems: string[] = []

  add(entry: JournalEntry): void {
    if (entry.kind === "movement") this.addMovement(entry)
    if (entry.kind === "payout") this.payouts.add(entry)
    if (entry.kind !== "request" || entry.method !== "GET") return
    if (entry.idempotency_key !== null) this.readsWithKey += 1
  }

  private addMovement(movement: MovementEntry): void {
    const minor = toMinor(movement)
    const { from, to, load_token, spendback_token } = movement
    const left = this.addTo(from, -minor)
    this.addTo(to, minor)
    const isOverdrawn = from !== "outside" && left < 0n
    if (isOverdrawn && movement.reason !== "overdraft") {
      this.problems.push(
        `Movement ${movement.seq} takes more out of ${from} than it holds`
      )
    }
    if (movement.payout_token !== null) {
      const problem = this.payouts.move(movement, minor)
      if (problem !== null) this.problems.push(problem)
    }
    if (load_token !== null) {
      const isNew = this.travel(this.loads, load_token, movement, minor)
      if (isNew) count(this.executedLoads, movement.client_load_id)
    }
    if (spendback_token !== null) {
      const isNew = this.travel(
        this.spendbacks,
        spendback_token,
        movement,
        minor
      )
      if (isNew) count(this.executedSpendbacks, movement.client_spendback_id)
    }
  }

  private addTo(wallet: string, minor: bigint): bigint {
    const sum = (this.balances.get(wallet) ?? 0n) + minor
    this.balances.set(wallet, sum)
    return sum
  }

  /** Whether this is the first movement of its load or spendback. */
  private travel(
    trips: Map<string, Trip>,
    token: string,
    { seq, from, to }: MovementEntry,
    minor: bigint
  ): boolean {
    const trip = trips.get(token)
    if (!trip) {
      trips.set(token, { from, to, net: 1, minor })
      return true
    }
    const isForth = trip.from === from && trip.to === to
    const isBack = trip.from === to && trip.to === from
    if ((!isForth && !isBack) || trip.minor !== minor) {
      this.problems.push(`Movement ${seq} of ${token} is not like its first`)
    }
    trip.net += isForth ? 1 : -1
    return false
  }
}

function count(counts: Map<string, number>, clientId: string | null): void {
  if (clientId === null) return
  counts.set(clientId, (counts.get(clientId) ?? 0) + 1)
}
