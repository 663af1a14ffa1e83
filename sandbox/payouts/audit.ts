import type { PayoutBook } from "./book"
import type { PayoutCommit, PayoutTally } from "./tally"

export type PayoutAudit = {
  /** Per `client_transfer_id`: how many payouts drew money, ever. */
  executed: Record<string, number>
  /** Every commit that drew money, with what its quote promised, in order. */
  commits: PayoutCommit[]
  /** Payouts for which somebody sent a commit although it was committed already. */
  committed_again: string[]
  /** Quotes for which somebody sent a commit although they were dead. */
  committed_late: string[]
  /** Payouts that somebody called back in more than one go. */
  reversed_again: string[]
  /** Committed payouts of less than their payer's minimum. */
  below_minimum: string[]
  /** Per source wallet, in minor units: what was drawn, what came back, what is away. */
  wallets: Record<string, { drawn: string; back: string; out: string }>
}

/** Compares what the journal says of direct payouts with their book. */
export function auditPayouts(
  book: PayoutBook,
  tally: PayoutTally
): { report: PayoutAudit; problems: string[] } {
  const problems: string[] = []
  const payouts = book.all()
  for (const payout of payouts) {
    const course = tally.courses.get(payout.token)
    const out = course ? course.drawn_minor - course.back_minor : 0n
    if (!course) problems.push(`Payout ${payout.token} has no quote on record`)
    if (out !== payout.out_minor) {
      problems.push(
        `Payout ${payout.token} says ${payout.out_minor} minor units are away, its movements add up to ${out}`
      )
    }
    const isQuote = payout.committed_ms === null
    if (isQuote && course && course.drawn_minor > 0n) {
      problems.push(`Payout ${payout.token} was never committed, but drawn`)
    }
    const due = payout.source_minor + payout.fee_minor
    if (!isQuote && out + payout.returned_minor > due) {
      problems.push(`Payout ${payout.token} moved more than it is over`)
    }
  }
  if (tally.courses.size > payouts.length) {
    problems.push("There are quotes on record that are no payouts")
  }
  const report = {
    executed: Object.fromEntries(tally.executed),
    commits: tally.commits.map((commit) => ({ ...commit })),
    committed_again: [...tally.committedAgain],
    committed_late: [...tally.committedLate],
    reversed_again: [...tally.reversedAgain],
    below_minimum: [...tally.belowMinimum],
    wallets: walletsOf(tally),
  }
  return { report, problems }
}

function walletsOf(tally: PayoutTally): PayoutAudit["wallets"] {
  const sums = new Map<string, { drawn: bigint; back: bigint }>()
  for (const course of tally.courses.values()) {
    const sum = sums.get(course.source_token) ?? { drawn: 0n, back: 0n }
    sum.drawn += course.drawn_minor
    sum.back += course.back_minor
    sums.set(course.source_token, sum)
  }
  return Object.fromEntries(
    [...sums].map(([token, { drawn, back }]) => [
      token,
      {
        drawn: String(drawn),
        back: String(back),
        out: String(drawn - back),
      },
    ])
  )
}
