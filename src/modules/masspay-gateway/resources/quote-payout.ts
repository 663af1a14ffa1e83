import { z } from "@medusajs/framework/zod"

import { fieldsRequiredIn } from "../../../domain/profile"
import {
  DuplicateClientIdError,
  GatewayRejectedError,
  InsufficientFundsError,
  ProfileRequiredError,
} from "../errors"
import type { QuoteAnswer, Transport } from "../types"
import {
  Currency,
  exactAmount,
  feeOf,
  NewToken,
  parseTime,
  parseWrite,
  Token,
} from "./parse"

/** An uncommitted payout. Any other status means that money may be on its way already. */
const Quoted = z.object({
  payout_token: NewToken,
  client_transfer_id: z.string(),
  status: z.literal("PENDING"),
  source_currency_code: Currency,
  destination_currency_code: Currency,
  destination_token: Token,
  source_amount: z.number(),
  destination_amount: z.number(),
  fee: z.number(),
  exchange_rate: z.number().nullish(),
  attr_set_token: Token.nullish(),
  expiration: z.string(),
  payer_name: z.string().nullish(),
  delivery_type: z.string().nullish(),
  estimated_availability: z.string().nullish(),
})
const Word = (word: string) => z.object({ payout_token: z.literal(word) })
const Duplicate = Word("DUPLICATE")
const Nsf = Word("NSF")

/**
 * Asks what a direct payout would cost. Moves no money: an answer is taken only
 * when it says that the payout is not committed, and whatever else came back is
 * an outcome that has to be looked up.
 *
 * `request_text` is sent byte for byte under `idempotency_key`; both must have
 * been stored before. `limit` caps amount and fee together, a decimal in the
 * source currency; MassPay lowers the amount to fit. One request, never repeated.
 * Throws a `GatewayError`.
 */
export async function quotePayout(
  transport: Transport,
  quote: {
    user_token: string
    request_text: string
    limit: string | null
    idempotency_key: string
    is_too_late?: () => boolean
  }
): Promise<QuoteAnswer> {
  const response = await transport
    .send({
      method: "POST",
      path: [quote.user_token],
      ...(quote.limit !== null && { query: { limit: quote.limit } }),
      body: quote.request_text,
      idempotency_key: quote.idempotency_key,
      not_found_means: "payee",
      lane: "dispatch",
      ...(quote.is_too_late && { is_too_late: quote.is_too_late }),
    })
    .catch((error: unknown) => {
      throw asProfileRequired(error)
    })
  const known = { http_status: response.status, burns_key: true }
  if (Duplicate.safeParse(response.body).success) {
    throw new DuplicateClientIdError("MassPay knows this payout already", known)
  }
  if (Nsf.safeParse(response.body).success) {
    throw new InsufficientFundsError("The funding wallet is short", known)
  }
  const answer = parseWrite(Quoted, response, "quote")
  const { source_currency_code, exchange_rate } = answer
  return {
    payout_token: answer.payout_token,
    client_transfer_id: answer.client_transfer_id,
    source_currency_code,
    destination_currency_code: answer.destination_currency_code,
    destination_token: answer.destination_token,
    source_amount: exactAmount(answer.source_amount, source_currency_code),
    fee: feeOf(answer.fee, source_currency_code),
    destination_amount: String(answer.destination_amount),
    exchange_rate: exchange_rate == null ? null : String(exchange_rate),
    attr_set_token: answer.attr_set_token ?? null,
    expires_at: parseTime(answer.expiration),
    answered_at: response.answered_at ?? null,
    payer_name: answer.payer_name ?? null,
    delivery_type: answer.delivery_type ?? null,
    estimated_availability: parseTime(answer.estimated_availability),
    http_status: response.status,
  }
}

/** A refusal whose only reasons are facts that MassPay lacks is hers to mend, not a setting. */
function asProfileRequired(error: unknown): unknown {
  if (!(error instanceof GatewayRejectedError)) return error
  const fields = fieldsRequiredIn(error.details)
  if (fields.length === 0) return error
  const { http_status, burns_key, cause } = error
  return new ProfileRequiredError("MassPay lacks facts about this payee", {
    http_status,
    burns_key,
    details: [`MassPay lacks facts about her: ${fields.join(", ")}`],
    cause,
  })
}
