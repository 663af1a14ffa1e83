import { performance } from "node:perf_hooks"

import type {
  AccountFacts,
  ClockOffset,
  FundingFacts,
} from "../domain/go-live-account"
import type { Db } from "../modules/masspay/queries/db"
import { databaseClock } from "../modules/masspay/queries/go-live-facts"
import { GatewayError } from "../modules/masspay-gateway/errors"
import { readAccount } from "../modules/masspay-gateway/resources/account"
import type { FundingBalance, Wire } from "../modules/masspay-gateway/types"
import { chooseWallets, type SourceTokens } from "../runners/refresh-funding"

export type Account = {
  facts: AccountFacts
  /** `null` where MassPay did not say. */
  balances: readonly FundingBalance[] | null
  clock: ClockOffset | null
}

/** MassPay's header tells whole seconds. */
const DATE_HEADER_MS = 500

/**
 * Asks MassPay once what the account holds: past the rate and the circuit,
 * because a person waits, and because a circuit that is open for a wrong key
 * would never show whether the new one works. Never throws.
 */
export async function readAccountNow({
  transport,
}: Pick<Wire, "transport">): Promise<Account> {
  try {
    const { value, offset } = await timed(() =>
      readAccount(transport, "interactive")
    )
    const { balances, answered_at } = value
    return {
      facts: { did: "answered" },
      balances,
      clock:
        answered_at &&
        offset({
          at_ms: answered_at.getTime() + DATE_HEADER_MS,
          give_or_take_ms: DATE_HEADER_MS,
        }),
    }
  } catch (error) {
    return { facts: failureOf(error), balances: null, clock: null }
  }
}

function failureOf(error: unknown): AccountFacts {
  if (!(error instanceof GatewayError)) {
    return { did: "unanswered", code: "unrecognised", http_status: null }
  }
  const { code, http_status = null } = error
  return code === "masspay.unauthorized" && http_status !== null
    ? { did: "refused", http_status }
    : { did: "unanswered", code, http_status }
}

export async function databaseOffset(books: Db): Promise<ClockOffset> {
  const { value, offset } = await timed(() => databaseClock(books))
  return offset({ at_ms: value, give_or_take_ms: 0 })
}

/** A clock that was read somewhere between the two ends of `read`. */
async function timed<Value>(read: () => Promise<Value>): Promise<{
  value: Value
  offset: (clock: { at_ms: number; give_or_take_ms: number }) => ClockOffset
}> {
  const began = { wall: Date.now(), steady: performance.now() }
  const value = await read()
  const half_ms = (performance.now() - began.steady) / 2
  return {
    value,
    offset: ({ at_ms, give_or_take_ms }) => ({
      ahead_ms: at_ms - (began.wall + half_ms),
      give_or_take_ms: half_ms + give_or_take_ms,
    }),
  }
}

/** What each of `currencies` has to draw from; `null` where MassPay did not say. */
export function fundingFacts({
  balances,
  currencies,
  source_tokens,
}: {
  balances: readonly FundingBalance[] | null
  currencies: readonly { currency_code: string; wanted: bigint }[]
  source_tokens: SourceTokens
}): FundingFacts[] | null {
  if (!balances) return null
  const { wallets } = chooseWallets(balances, source_tokens).report
  return currencies.map(({ currency_code, wanted }) => {
    const chosen = wallets.find((row) => row.currency_code === currency_code)
    return {
      currency_code,
      wanted,
      wallets: balances.filter((row) => row.currency_code === currency_code)
        .length,
      wallet: chosen ? { token: chosen.token, balance: chosen.balance } : null,
    }
  })
}
