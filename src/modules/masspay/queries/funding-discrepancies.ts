import type { Sql } from "./db"
import { closeDiscrepancy, openDiscrepancyIn } from "./discrepancies"
import { amountText } from "./dto"
import { type FundingExplained, verdictBefore } from "./funding-readings"

const causeOf = ({ reading, since, verdict }: FundingExplained) =>
  `D11:${reading.currency_code}:${since.id}:${verdict}`

/**
 * Puts money that came or left without an explanation in front of an operator,
 * where two readings in a row say so, and ends what is explained by now. A
 * reading that cannot tell changes nothing. Returns the id of a new discrepancy.
 */
export async function followFunding(
  sql: Sql,
  explained: FundingExplained
): Promise<string | null> {
  const { reading, verdict, unexplained, since, recorded } = explained
  const { currency_code } = reading
  if (verdict === "open") return null
  if (verdict === "first" || verdict === "explained") {
    await closeFunding(sql, { currency_code, but: null })
    return null
  }
  await closeFunding(sql, { currency_code, but: causeOf(explained) })
  if ((await verdictBefore(sql, reading)) !== verdict) return null
  const { id, is_new } = await openDiscrepancyIn(sql, {
    class: "D11",
    severity: verdict === "left" ? "high" : "info",
    cause_key: causeOf(explained),
    currency_code,
    ours: {
      reading_id: reading.id,
      currency_code,
      since: since.began_at.toISOString(),
      payouts_from: amountText(reading.low - since.high, currency_code),
      payouts_to: amountText(reading.high - since.low, currency_code),
      recorded: amountText(recorded, currency_code),
      unexplained_from: amountText(unexplained.low, currency_code),
      unexplained_to: amountText(unexplained.high, currency_code),
    },
    theirs: {
      currency_code,
      balance_before: amountText(since.balance, currency_code),
      balance: amountText(reading.balance, currency_code),
      as_of: reading.began_at.toISOString(),
    },
    action: "flagged",
  })
  return is_new ? id : null
}

/** Ends what shows no more of a currency. */
async function closeFunding(
  sql: Sql,
  { currency_code, but }: { currency_code: string; but: string | null }
): Promise<void> {
  const shown = await sql.rows<{ cause_key: string }>(
    `select cause_key from masspay_discrepancy
      where class = 'D11' and currency_code = ? and gone_at is null
        and cause_key is distinct from ?`,
    [currency_code, but]
  )
  for (const { cause_key } of shown) await closeDiscrepancy(sql, { cause_key })
}

/** The open one of each currency, by currency. */
export async function openFundingDiscrepancies(
  sql: Sql
): Promise<Map<string, string>> {
  const rows = await sql.rows<{ currency_code: string; id: string }>(
    `select currency_code, id from masspay_discrepancy
      where class = 'D11' and state = 'open'`
  )
  return new Map(rows.map(({ currency_code, id }) => [currency_code, id]))
}
