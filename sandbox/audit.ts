import { formatAmount } from "./money"
import { auditPayouts, type PayoutAudit } from "./payouts/audit"
import type { Load, Spendback, Wallet } from "./store"
import type { Trip } from "./tally"
import type { World } from "./world"

export type AuditReport = {
  /** Every check below found nothing. */
  is_sound: boolean
  problems: string[]
  /** Per `client_load_id`: how many loads moved money to a user, ever. */
  executed_loads: Record<string, number>
  /** Per `client_spendback_id`: how many spendbacks moved money back, ever. */
  executed_spendbacks: Record<string, number>
  /**
   * A sentence for each client id whose money moved for more than one load or
   * spendback. Apart from `problems`: where the settings allow it, the sandbox is
   * sound, and it is its client that paid twice.
   */
  repeats: string[]
  /** The same, apart, for direct payouts, with everything they can be judged by. */
  payouts: PayoutAudit
  wallets: {
    user_token: string | null
    wallet_token: string
    currency_code: string
    balance: string
  }[]
  /** Wallets that a flip took below zero, and by how much. */
  owed: {
    user_token: string | null
    wallet_token: string
    currency_code: string
    amount: string
  }[]
  /** Reads that carried an Idempotency-Key, which nobody should send. */
  reads_with_idempotency_key: number
}

/**
 * Compares what the journal adds up to, from its first line, with the books. A
 * difference means that money moved without a record, or the reverse. Takes as
 * long as there are wallets, loads and spendbacks, however long the journal is.
 */
export function audit({ journal, store, payouts }: World): AuditReport {
  const { tally } = journal
  const wallets = [...store.wallets()]
  const direct = auditPayouts(payouts, tally.payouts)
  const problems = [
    ...tally.problems,
    ...problemsOfWallets(wallets, tally.balances),
    ...problemsOfLoads(store.loads(), tally.loads),
    ...problemsOfSpendbacks(store.spendbacks(), tally.spendbacks),
    ...direct.problems,
  ]
  return {
    is_sound: problems.length === 0,
    problems,
    executed_loads: Object.fromEntries(tally.executedLoads),
    executed_spendbacks: Object.fromEntries(tally.executedSpendbacks),
    repeats: [
      ...repeatsOf("client_load_id", tally.executedLoads),
      ...repeatsOf("client_spendback_id", tally.executedSpendbacks),
      ...repeatsOf("client_transfer_id", tally.payouts.executed),
    ],
    payouts: direct.report,
    wallets: wallets.map((wallet) => ({
      user_token: wallet.user_token,
      wallet_token: wallet.token,
      currency_code: wallet.currency_code,
      balance: formatAmount(wallet.minor, wallet.currency_code),
    })),
    owed: wallets
      .filter((wallet) => wallet.minor < 0n)
      .map((wallet) => ({
        user_token: wallet.user_token,
        wallet_token: wallet.token,
        currency_code: wallet.currency_code,
        amount: formatAmount(-wallet.minor, wallet.currency_code),
      })),
    reads_with_idempotency_key: tally.readsWithKey,
  }
}

function problemsOfWallets(
  wallets: readonly Wallet[],
  balances: ReadonlyMap<string, bigint>
): string[] {
  const problems: string[] = []
  const known = new Set(["outside"])
  for (const { token, user_token, minor } of wallets) {
    known.add(token)
    const sum = balances.get(token) ?? 0n
    if (sum !== minor) {
      problems.push(
        `Wallet ${token} holds ${minor} minor units, its movements add up to ${sum}`
      )
    }
    // A user's wallet may be overdrawn by a flip, which the tally has looked at.
    if (user_token === null && minor < 0n) {
      problems.push(`Wallet ${token} is below zero`)
    }
  }
  for (const token of balances.keys()) {
    if (!known.has(token)) problems.push(`There is no wallet ${token}`)
  }
  return problems
}

/** A COMPLETED load went to its user once more often than it came back. */
function problemsOfLoads(
  loads: readonly Load[],
  trips: ReadonlyMap<string, Trip>
): string[] {
  return problemsOfTrips(loads, trips, {
    name: "Load",
    dueOf: ({ status }) => (status === "COMPLETED" ? 1 : 0),
  })
}

/** Nothing brings a spendback's money to the user again. */
function problemsOfSpendbacks(
  spendbacks: readonly Spendback[],
  trips: ReadonlyMap<string, Trip>
): string[] {
  return problemsOfTrips(spendbacks, trips, {
    name: "Spendback",
    dueOf: ({ status }) => (status === "success" ? 1 : 0),
  })
}

type Kind<Row> = { name: string; dueOf: (row: Row) => number }

/** There may be a million rows, nearly all of them sound: those cost a look only. */
function problemsOfTrips<Row extends Load | Spendback>(
  rows: readonly Row[],
  trips: ReadonlyMap<string, Trip>,
  { name, dueOf }: Kind<Row>
): string[] {
  const problems: string[] = []
  let known = 0
  for (const row of rows) {
    const trip = trips.get(row.token)
    const net = trip?.net ?? 0
    if (trip) known += 1
    if (net !== dueOf(row)) {
      problems.push(
        `${name} ${row.token} is ${row.status}, but its money arrived ${net} times`
      )
    }
    if (!trip) continue
    if (trip.from !== row.source_token || trip.to !== row.wallet_token) {
      problems.push(`${name} ${row.token} moved money between other wallets`)
    }
    if (trip.minor !== row.minor) {
      problems.push(
        `${name} ${row.token} is over ${row.minor} minor units, but moved ${trip.minor}`
      )
    }
  }
  if (known < trips.size) problems.push(...unknownTrips(name, rows, trips))
  return problems
}

function unknownTrips(
  name: string,
  rows: readonly { token: string }[],
  trips: ReadonlyMap<string, Trip>
): string[] {
  const tokens = new Set(rows.map(({ token }) => token))
  return [...trips.keys()]
    .filter((token) => !tokens.has(token))
    .map((token) => `${name} ${token} is not there, but money moved for it`)
}

function repeatsOf(
  field: string,
  executed: ReadonlyMap<string, number>
): string[] {
  const repeats: string[] = []
  for (const [id, times] of executed) {
    if (times > 1) repeats.push(`${field} "${id}" moved money ${times} times`)
  }
  return repeats
}
