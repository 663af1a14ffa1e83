import { followFunding } from "../modules/masspay/queries/funding-discrepancies"
import { fundingEffects } from "../modules/masspay/queries/funding-effects"
import {
  lastReadingAt,
  saveFundingReading,
  thinOutReadings,
} from "../modules/masspay/queries/funding-readings"
import { withLease } from "../modules/masspay/queries/leases"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { gatewayFields } from "./resolve-log"

export const FUNDING_READ_EVERY_MS = 10 * 60_000
const LEASE_MS = 5 * 60_000

/** `unread`: MassPay did not answer. `not_due`: read lately, or somebody else is at it. */
export type FundingWatched = { did: "read" | "unread" | "not_due" }

/**
 * Reads the funding wallets now and then and asks whether our payouts, and what
 * operators recorded, explain how they moved. Money that is not explained in two
 * readings in a row, however the payouts in flight end, becomes a discrepancy
 * (D11), which ends by itself when it is explained. Nothing is ever paid, held
 * or blocked because of it. Does not throw for MassPay's sake.
 */
export async function watchFunding(deps: RunnerDeps): Promise<FundingWatched> {
  const { books, worker } = deps
  const run = await withLease(
    books,
    { key: "funding-watch", worker, lease_ms: LEASE_MS },
    () => watch(deps)
  )
  return run.ran ? run.result : { did: "not_due" }
}

async function watch({
  books,
  wire,
  log,
}: RunnerDeps): Promise<FundingWatched> {
  const began_at = await databaseNow(books)
  const last = await lastReadingAt(books)
  if (last && began_at.getTime() - last.getTime() < FUNDING_READ_EVERY_MS) {
    return { did: "not_due" }
  }
  try {
    const balances = await wire.getFundingBalances()
    // After the request: what moved meanwhile counts as in flight.
    const effects = await fundingEffects(books, { began_at })
    const found = await books.tx(async (sql) => {
      const ids: { currency_code: string; discrepancy_id: string }[] = []
      const read = await saveFundingReading(sql, {
        began_at,
        balances,
        effects,
      })
      for (const explained of read) {
        const discrepancy_id = await followFunding(sql, explained)
        const { currency_code } = explained.reading
        if (discrepancy_id) ids.push({ currency_code, discrepancy_id })
      }
      await thinOutReadings(sql)
      return ids
    })
    for (const fields of found) log.error("funding.unexplained", fields)
    return { did: "read" }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.warn("funding.unread", gatewayFields(error))
    return { did: "unread" }
  }
}
