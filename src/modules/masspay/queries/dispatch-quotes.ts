import { quoteRequestText } from "../../../domain/direct-request"
import { idempotencyKey, quoteId } from "../../../domain/ids"
import type { AskedQuote } from "../../../domain/quotes"
import type { Sql } from "./db"
import { DESTINATION_IS_FIT } from "./dispatch-ready"
import { MAIN_OPERATION } from "./main-operation"
import { newId } from "./new-id"
import { movePayout } from "./payout-moves"

type Candidate = {
  payout_id: string
  vendor_id: string
  kind: string
  version: number
}

/** What the first of two requests for a direct payout asks, and where it goes. */
export type QuoteToAsk = AskedQuote & {
  operation_id: string
  client_id: string
  idempotency_key: string
  request_text: string
  destination_id: string
  /** Of the payout: how often it was quoted, this one included. */
  n: number
  /** The operation that commits what is quoted. */
  commit_operation_id: string
}

/** Longer than MassPay keeps any quote. */
const QUOTE_LIFE_MAX = "interval '5 minutes'"
const LOOK_AGAIN_MS = 10 * 60_000

/**
 * Keeps of the candidates those that have somewhere to go; a direct payout
 * without a complete destination that takes its amount is blocked until there is
 * one. Call it inside the claim, with the payouts locked.
 */
export async function keepDestined<Payout extends Candidate>(
  sql: Sql,
  candidates: readonly Payout[]
): Promise<{ destined: Payout[]; astray: Payout[] }> {
  const direct = candidates.filter(({ kind }) => kind === "commit")
  if (direct.length === 0) return { destined: [...candidates], astray: [] }
  const rows = await sql.rows<{ id: string }>(
    `select p.id from masspay_payout p where p.id = any(?) and not ${DESTINATION_IS_FIT}`,
    [direct.map(({ payout_id }) => payout_id)]
  )
  const unfit = new Set(rows.map(({ id }) => id))
  const astray = direct.filter(({ payout_id }) => unfit.has(payout_id))
  for (const { payout_id, version } of astray) {
    const moved = await movePayout(sql, {
      payout_id,
      from: "ready",
      to: "blocked",
      event: "blocked_at_claim",
      version,
      set: {
        block_reason: "vendor",
        block_detail: "She has no complete destination that takes this amount.",
        next_attempt_in_ms: LOOK_AGAIN_MS,
      },
      cause: "claim",
      detail: "no_destination",
    })
    if (moved === null) {
      throw new Error(`Payout ${payout_id} moved although locked`)
    }
  }
  return {
    destined: candidates.filter(({ payout_id }) => !unfit.has(payout_id)),
    astray,
  }
}

/**
 * Writes down the next quote of each direct payout, to the destination that is
 * in use now. Its id follows from the payout and the number of quotes before, so
 * that books that forgot some ask under the same id, and MassPay says so. Call it
 * inside the claim, with the payouts locked.
 */
export async function writeQuotes(
  sql: Sql,
  { payout_ids, lease_ms }: { payout_ids: readonly string[]; lease_ms: number }
): Promise<Map<string, QuoteToAsk>> {
  if (payout_ids.length === 0) return new Map()
  const rows = await sql.rows<{
    payout_id: string
    amount: string
    currency_code: string
    money_text: string
    commit_operation_id: string
    commit_client_id: string
    quotes: number
    destination_id: string
    destination_token: string
    destination_currency_code: string
    attr_set_token: string
    exchange_rate: string | null
  }>(
    `select p.id as payout_id, p.amount::text as amount, p.currency_code,
            o.request_text as money_text, o.id as commit_operation_id,
            o.client_id as commit_client_id,
            (select count(*)::int from masspay_quote q where q.payout_id = p.id) as quotes,
            d.id as destination_id, d.destination_token, d.destination_currency_code,
            d.attr_set_token, d.exchange_rate
       from masspay_payout p
       join masspay_operation o on ${MAIN_OPERATION}
       join masspay_destination d
         on d.payee_id = p.payee_id and d.currency_code = p.currency_code
        and d.replaced_at is null and d.status = 'ready'
      where p.id = any(?)`,
    [payout_ids]
  )
  const quotes = new Map(
    rows.map((row) => [row.payout_id, { ...quoteOf(row), row }])
  )
  const made = [...quotes.values()]
  await sql.rows(
    `insert into masspay_operation (id, payout_id, kind, client_id, request_text)
     select id, payout_id, 'quote', client_id, request_text
       from unnest(?::text[], ?::text[], ?::text[], ?::text[])
         as q (id, payout_id, client_id, request_text)`,
    [
      made.map(({ operation_id }) => operation_id),
      made.map(({ row }) => row.payout_id),
      made.map(({ client_id }) => client_id),
      made.map(({ request_text }) => request_text),
    ]
  )
  await sql.rows(
    `insert into masspay_quote
       (id, operation_id, payout_id, destination_id, destination_token,
        attr_set_token, destination_currency_code, expires_at)
     select q.id, q.operation_id, q.payout_id, d.id, d.destination_token,
            d.attr_set_token, d.destination_currency_code,
            masspay_now() + ? * interval '1 millisecond' + ${QUOTE_LIFE_MAX}
       from unnest(?::text[], ?::text[], ?::text[], ?::text[])
         as q (id, operation_id, payout_id, destination_id)
       join masspay_destination d on d.id = q.destination_id`,
    [
      lease_ms,
      made.map(() => newId("msqt")),
      made.map(({ operation_id }) => operation_id),
      made.map(({ row }) => row.payout_id),
      made.map(({ destination_id }) => destination_id),
    ]
  )
  return quotes
}

function quoteOf(row: {
  amount: string
  currency_code: string
  money_text: string
  commit_operation_id: string
  commit_client_id: string
  quotes: number
  destination_id: string
  destination_token: string
  destination_currency_code: string
  attr_set_token: string
  exchange_rate: string | null
}): QuoteToAsk {
  const n = row.quotes + 1
  const client_id = quoteId(row.commit_client_id, n)
  const { destination_token, destination_currency_code } = row
  return {
    amount: BigInt(row.amount),
    currency_code: row.currency_code,
    destination_token,
    destination_currency_code,
    exchange_rate: row.exchange_rate,
    operation_id: newId("msop"),
    client_id,
    idempotency_key: idempotencyKey(client_id, 1),
    request_text: quoteRequestText(row.money_text, {
      client_transfer_id: client_id,
      destination_token,
      destination_currency_code,
      attr_set_token: row.attr_set_token,
    }),
    destination_id: row.destination_id,
    n,
    commit_operation_id: row.commit_operation_id,
  }
}
