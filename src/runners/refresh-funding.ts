import { saveFundingBalances } from "../modules/masspay/queries/control"
import {
  beginFundingRead,
  saveWalletBalances,
} from "../modules/masspay/queries/funding"
import type { FundingBalance } from "../modules/masspay-gateway/types"
import type { RunnerDeps } from "./deps"

/** Which funding wallet pays in a currency, where the account has several. By upper-case currency code. */
export type SourceTokens = Readonly<Record<string, string>>

type FundingReport = {
  /** The wallet of each currency that can be paid in. */
  wallets: FundingBalance[]
  /** Currencies with several wallets, or without the one that the options name. */
  undecided: string[]
}

/** Every wallet, also those that would not be chosen today: payouts were made for one of them once. */
type AllBalances = { balances: FundingBalance[] }

/**
 * Reads what the marketplace's funding wallets hold and writes it down. A
 * currency that several wallets hold is paid from the one that
 * `funding.sourceTokens` names; without a name it has no wallet, and what is
 * due in it stays open with that reason: a wallet is never guessed.
 *
 * Throws what the wire throws; then nothing was written.
 */
export async function refreshFunding(
  deps: Pick<RunnerDeps, "books" | "wire" | "log">,
  { source_tokens = {} }: { source_tokens?: SourceTokens } = {}
): Promise<FundingReport & AllBalances> {
  const balances = await readWallets(deps)
  const { usable, report } = chooseWallets(balances, source_tokens)
  await saveFundingBalances(deps.books, usable, report.undecided)
  for (const currency_code of report.undecided) {
    deps.log.warn("funding.undecided", { currency_code })
  }
  return { ...report, balances }
}

/**
 * Reads what the funding wallets hold, for the claims. Throws what the wire
 * throws; then nothing was written.
 */
export async function readWallets({
  books,
  wire,
}: Pick<RunnerDeps, "books" | "wire">): Promise<FundingBalance[]> {
  const read = await beginFundingRead(books)
  const balances = await wire.getFundingBalances()
  await saveWalletBalances(books, read, balances)
  return balances
}

/** `usable` leaves out wallets that the options decided against. */
export function chooseWallets(
  balances: readonly FundingBalance[],
  source_tokens: SourceTokens
): { usable: FundingBalance[]; report: FundingReport } {
  const usable: FundingBalance[] = []
  const report: FundingReport = { wallets: [], undecided: [] }
  const currencies = new Set([
    ...balances.map((balance) => balance.currency_code),
    ...Object.keys(source_tokens),
  ])
  for (const currency_code of [...currencies].sort()) {
    const held = balances.filter((row) => row.currency_code === currency_code)
    const named = source_tokens[currency_code]
    const wanted = named ? held.filter((row) => row.token === named) : held
    const [wallet] = wanted
    usable.push(...wanted)
    if (wallet && wanted.length === 1) report.wallets.push(wallet)
    else report.undecided.push(currency_code)
  }
  return { usable, report }
}
