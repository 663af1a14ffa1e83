import { feeBearerOf } from "../../../domain/quotes"
import type { AdminDirectPayout } from "../../../types/http-destinations"
import type { Sql } from "./db"
import { payoutAtMassPay } from "./destination-reads"
import { amountText, isoOrNull } from "./dto"

type Asked = {
  id: string
  /** Minor units. */
  amount: string
  currency_code: string
}

type QuoteRow = {
  destination_id: string
  source_amount: string | null
  fee: string | null
  destination_amount: string | null
  destination_currency_code: string
  exchange_rate: string | null
  estimated_availability: Date | null
  expires_at: Date
  is_committed: boolean
  trace_code: string | null
  status_reason: string | null
}

/** Where a direct payout goes and on what terms, as far as it is written down here. */
export async function directPayout(
  sql: Sql,
  payout: Asked
): Promise<AdminDirectPayout> {
  // One that was carried out before one that was only quoted.
  const [quote] = await sql.rows<QuoteRow>(
    `select destination_id, source_amount::text as source_amount,
            fee::text as fee, destination_amount, destination_currency_code,
            exchange_rate, estimated_availability, expires_at,
            commit_attempt_id is not null as is_committed, trace_code,
            status_reason
       from masspay_quote where payout_id = ?
      order by (commit_attempt_id is not null) desc, created_at desc, id desc
      limit 1`,
    [payout.id]
  )
  const [commit] = await sql.rows<{ remote_status: string | null }>(
    `select remote_status from masspay_operation
      where payout_id = ? and kind = 'commit'
      order by created_at desc, id desc limit 1`,
    [payout.id]
  )
  const found = await payoutAtMassPay(sql, payout.id)
  return {
    destination: await destinationFor(sql, {
      payout,
      destination_id: quote?.destination_id ?? null,
    }),
    quote: quote ? quoteView(quote, payout) : null,
    remote_status: commit?.remote_status ?? null,
    remote_reason: quote?.status_reason ?? null,
    trace_code: quote?.trace_code ?? null,
    has_confirmation: Boolean(found?.payout_token && found.user_token),
  }
}

async function destinationFor(
  sql: Sql,
  { payout, destination_id }: { payout: Asked; destination_id: string | null }
): Promise<AdminDirectPayout["destination"]> {
  const [row] = await sql.rows<NonNullable<AdminDirectPayout["destination"]>>(
    `select d.id, d.label, d.masked_tail as account, d.country_code,
            d.payer_name, d.delivery_type, d.destination_currency_code,
            d.status = 'returned' as is_returned,
            d.replaced_at is not null or d.user_token is distinct from y.user_token
              as is_replaced
       from masspay_payout p
       join masspay_payee y on y.id = p.payee_id
       join masspay_destination d on d.payee_id = p.payee_id
      where p.id = ?
        and (d.id = ?
             or (?::text is null and d.replaced_at is null
                 and d.currency_code = p.currency_code
                 and d.user_token = y.user_token))
      limit 1`,
    [payout.id, destination_id, destination_id]
  )
  return row ?? null
}

/** `null` until MassPay answered it. */
function quoteView(
  { source_amount, fee, estimated_availability, expires_at, ...row }: QuoteRow,
  { amount, currency_code }: Asked
): AdminDirectPayout["quote"] {
  if (source_amount === null || fee === null) return null
  return {
    source_amount: amountText(source_amount, currency_code),
    fee: amountText(fee, currency_code),
    fee_borne_by: feeBearerOf(BigInt(amount), {
      source_amount: BigInt(source_amount),
      fee: BigInt(fee),
    }),
    destination_amount: row.destination_amount,
    destination_currency_code: row.destination_currency_code,
    exchange_rate: row.exchange_rate,
    estimated_availability: isoOrNull(estimated_availability),
    expires_at: expires_at.toISOString(),
    is_committed: row.is_committed,
  }
}
