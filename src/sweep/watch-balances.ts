import type { Kernel } from "../kernel"
import { untoldAgedBalances } from "../modules/masspay/queries/balances"
import { amountText } from "../modules/masspay/queries/dto"
import { addOutboxEvents } from "../modules/masspay/queries/outbox"
import { MasspayEvents } from "../types/events"

const DAY_MS = 86_400_000
/** What is left is told by the next look. */
const ALERTS_MAX = 100

/**
 * Tells operators of vendors who have owed for too long, once for each time
 * that one comes to owe. What follows is theirs to decide: nothing is ever
 * written off by itself. Returns how many were told.
 */
export async function alertAgedBalances(
  { books, log }: Pick<Kernel, "books" | "log">,
  { after_days }: { after_days: number }
): Promise<number> {
  const aged = await untoldAgedBalances(books, {
    after_ms: after_days * DAY_MS,
    limit: ALERTS_MAX,
  })
  const written = new Set(
    await addOutboxEvents(
      books,
      aged.map(({ payee_id, vendor_id, currency_code, cause_key }) => ({
        name: MasspayEvents.BALANCE_NEGATIVE_AGED,
        payload: { id: payee_id, vendor_id, currency_code },
        cause_key,
      }))
    )
  )
  const told = aged.filter(({ cause_key }) => written.has(cause_key))
  for (const { vendor_id, currency_code, balance, since } of told) {
    log.warn("balance.negative_aged", {
      vendor_id,
      balance: amountText(balance, currency_code),
      currency_code,
      since: since.toISOString(),
    })
  }
  return told.length
}
