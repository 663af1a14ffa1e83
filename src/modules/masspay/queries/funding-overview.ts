import type { AdminFunding } from "../../../types/http-mirrors"
import type { Sql } from "./db"
import { amountText } from "./dto"
import { openFundingDiscrepancies } from "./funding-discrepancies"
import { explainedNow, type FundingExplained } from "./funding-readings"

/** The funding wallets of each currency as they were last read, and what explains how they moved. */
export async function fundingOverview(sql: Sql): Promise<AdminFunding[]> {
  const open = await openFundingDiscrepancies(sql)
  return (await explainedNow(sql)).map((explained) =>
    fundingDto(explained, open.get(explained.reading.currency_code) ?? null)
  )
}

function fundingDto(
  { reading, since, recorded, unexplained, verdict }: FundingExplained,
  discrepancy_id: string | null
): AdminFunding {
  const { currency_code } = reading
  const text = (minor: bigint) => amountText(minor, currency_code)
  const low = reading.low - since.high
  const high = reading.high - since.low
  const isFirst = verdict === "first"
  return {
    currency_code,
    balance: text(reading.balance),
    as_of: reading.began_at.toISOString(),
    since: since.began_at.toISOString(),
    moved: text(reading.balance - since.balance),
    explained: {
      payouts: isFirst
        ? { from: text(0n), to: text(0n) }
        : { from: text(low), to: text(high) },
      recorded: text(recorded),
    },
    unexplained: {
      from: text(unexplained.low),
      to: text(unexplained.high),
    },
    verdict,
    discrepancy_id,
  }
}
