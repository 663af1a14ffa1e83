import type { JournalEntry, MovementEntry } from "./journal"
import { exponentOf, formatAmount } from "./money"
import type { Wallet } from "./store"
import type { World } from "./world"

export type AuditReport = {
  /** Every check below found nothing. */
  is_sound: boolean
  problems: string[]
  /** Per `client_load_id`: how many loads moved money to a user, ever. */
  executed_loads: Record<string, number>
  wallets: {
    user_token: string | null
    wallet_token: string
    currency_code: string
    balance: string
  }[]
  /** Reads that carried an Idempotency-Key, which nobody should send. */
  reads_with_idempotency_key: number
}

function toMinor(movement: MovementEntry): bigint {
  const [whole = "", decimals = ""] = movement.amount.split(".")
  const exponent = exponentOf(movement.currency_code)
  return BigInt(whole + decimals.padEnd(exponent, "0"))
}

function isMovement(entry: JournalEntry): entry is MovementEntry {
  return entry.kind === "movement"
}

/**
 * Adds up the journal from its first line and compares the result with the books.
 * A difference means that money moved without a record, or the reverse.
 */
export function audit({ journal, store }: World): AuditReport {
  const entries = journal.all()
  const movements = entries.filter(isMovement)
  const problems = [
    ...problemsOfWallets([...store.wallets()], movements),
    ...problemsOfLoads([...store.loads()], movements),
  ]
  return {
    is_sound: problems.length === 0,
    problems,
    executed_loads: countExecutedLoads(movements),
    wallets: [...store.wallets()].map((wallet) => ({
      user_token: wallet.user_token,
      wallet_token: wallet.token,
      currency_code: wallet.currency_code,
      balance: formatAmount(wallet.minor, wallet.currency_code),
    })),
    reads_with_idempotency_key: entries.filter(
      (entry) =>
        entry.kind === "request" &&
        entry.method === "GET" &&
        entry.idempotency_key !== null
    ).length,
  }
}

function problemsOfWallets(
  wallets: readonly Wallet[],
  movements: readonly MovementEntry[]
): string[] {
  const sums = new Map<string, bigint>()
  const add = (token: string, minor: bigint): void => {
    sums.set(token, (sums.get(token) ?? 0n) + minor)
  }
  for (const movement of movements) {
    add(movement.from, -toMinor(movement))
    add(movement.to, toMinor(movement))
  }
  return wallets.flatMap((wallet) => {
    const sum = sums.get(wallet.token) ?? 0n
    const problems: string[] = []
    if (sum !== wallet.minor) {
      problems.push(
        `Wallet ${wallet.token} holds ${wallet.minor} minor units, its movements add up to ${sum}`
      )
    }
    if (wallet.minor < 0n) {
      problems.push(`Wallet ${wallet.token} is below zero`)
    }
    return problems
  })
}

type LoadFacts = { token: string; wallet_token: string; status: string }

/** A COMPLETED load went to its user once more often than it came back. */
function problemsOfLoads(
  loads: readonly LoadFacts[],
  movements: readonly MovementEntry[]
): string[] {
  const arrivals = new Map<string, number>()
  const count = (load: string, wallet: string, by: number): void => {
    const place = `${load}>${wallet}`
    arrivals.set(place, (arrivals.get(place) ?? 0) + by)
  }
  for (const { load_token, from, to } of movements) {
    if (load_token === null) continue
    count(load_token, to, 1)
    count(load_token, from, -1)
  }
  return loads.flatMap((load) => {
    const net = arrivals.get(`${load.token}>${load.wallet_token}`) ?? 0
    const due = load.status === "COMPLETED" ? 1 : 0
    if (net === due) return []
    return [
      `Load ${load.token} is ${load.status}, but its money arrived ${net} times`,
    ]
  })
}

/** Money only ever comes back from a load it went out with: any movement will do. */
function countExecutedLoads(
  movements: readonly MovementEntry[]
): Record<string, number> {
  const tokens = new Map<string, Set<string>>()
  for (const { client_load_id, load_token } of movements) {
    if (client_load_id === null || load_token === null) continue
    const known = tokens.get(client_load_id) ?? new Set()
    tokens.set(client_load_id, known.add(load_token))
  }
  return Object.fromEntries([...tokens].map(([id, set]) => [id, set.size]))
}
