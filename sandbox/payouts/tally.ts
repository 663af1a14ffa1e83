import type { MovementEntry, PayoutEntry } from "../journal"
import { parseAmount } from "../money"

/** What the journal says of one direct payout. */
type Course = {
  source_token: string
  /** Amount and fee of its quote. */
  due_minor: bigint
  drawn_minor: bigint
  back_minor: bigint
}

export type PayoutCommit = Pick<
  PayoutEntry,
  | "at"
  | "payout_token"
  | "client_transfer_id"
  | "user_token"
  | "source_amount"
  | "fee"
  | "source_currency_code"
  | "min_limit"
  | "expiration"
  | "committed_at"
>

function toMinor(amount: string, currencyCode: string): bigint {
  return parseAmount(amount, currencyCode).minor ?? 0n
}

/** Adds up what the journal says of direct payouts, line by line, and no book. */
export class PayoutTally {
  readonly courses = new Map<string, Course>()
  /** Per client id: how many payouts drew money. */
  readonly executed = new Map<string, number>()
  /** Those that drew money, in order. */
  readonly commits: PayoutCommit[] = []
  /** Tokens for which a commit came although an earlier one had drawn the money. */
  readonly committedAgain: string[] = []
  /** Tokens of quotes that were dead when a commit came. */
  readonly committedLate: string[] = []
  readonly belowMinimum: string[] = []
  /** Tokens of payouts that were called back, and then again. */
  readonly reversedAgain: string[] = []
  private readonly drawn = new Set<string>()

  add(entry: PayoutEntry): void {
    const { payout_token: token, source_currency_code: code } = entry
    if (entry.event === "quoted") {
      this.courses.set(token, {
        source_token: entry.source_token,
        due_minor:
          toMinor(entry.source_amount, code) + toMinor(entry.fee, code),
        drawn_minor: 0n,
        back_minor: 0n,
      })
    }
    if (entry.event === "reversed" && entry.is_repeated) {
      this.reversedAgain.push(token)
    }
    if (entry.event !== "commit") return
    if (entry.is_repeated) this.committedAgain.push(token)
    if (entry.is_after_expiry) this.committedLate.push(token)
    const isFirst = this.drawn.has(token) && !entry.is_repeated
    if (isFirst) this.addCommit(entry)
  }

  /** A sentence for a movement that no quote allows, or null. */
  move(movement: MovementEntry, minor: bigint): string | null {
    const token = movement.payout_token ?? ""
    const course = this.courses.get(token)
    if (!course) return `Movement ${movement.seq} is for a payout never quoted`
    const isOut = movement.from === course.source_token
    if (!isOut && movement.to !== course.source_token) {
      return `Movement ${movement.seq} of ${token} is not of its source wallet`
    }
    if (isOut) course.drawn_minor += minor
    else course.back_minor += minor
    this.drawn.add(token)
    const out = course.drawn_minor - course.back_minor
    if (out > course.due_minor)
      return `Payout ${token} was drawn more than once`
    return out < 0n ? `Payout ${token} brought back more than it took` : null
  }

  private addCommit(entry: PayoutEntry): void {
    const { client_transfer_id: id, source_currency_code: code } = entry
    this.commits.push({
      at: entry.at,
      payout_token: entry.payout_token,
      client_transfer_id: id,
      user_token: entry.user_token,
      source_amount: entry.source_amount,
      fee: entry.fee,
      source_currency_code: code,
      min_limit: entry.min_limit,
      expiration: entry.expiration,
      committed_at: entry.committed_at,
    })
    if (id !== null) this.executed.set(id, (this.executed.get(id) ?? 0) + 1)
    const isBelow =
      toMinor(entry.source_amount, code) < toMinor(entry.min_limit, code)
    if (isBelow) this.belowMinimum.push(entry.payout_token)
  }
}
