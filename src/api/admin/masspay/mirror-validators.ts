import { z } from "@medusajs/framework/zod"

import { isKnownCurrency } from "../../../domain/currency"
import { parseMajor } from "../../../domain/money"
import { currency, momentOf, paging, reason, request_id, text } from "./fields"
import { oneOrMore } from "./validators"

/** `GET /admin/masspay/funding` and `…/payees/:id/autopayouts`, which take nothing. */
export const FundingQuery = z.strictObject({})

/** `GET /admin/masspay/funding/movements` */
export const ListFundingMovementsQuery = z
  .strictObject({ ...paging, currency_code: oneOrMore(currency) })
  .transform(({ limit, offset, ...filters }) => ({
    listing: { filters, limit, offset },
  }))
export type ListFundingMovementsQuery = z.infer<
  typeof ListFundingMovementsQuery
>

const AMOUNT =
  "Field 'amount' must be a decimal text other than zero that the currency can be paid in, for example 5000.00, or -12.50 where money left"

/** `POST /admin/masspay/funding/movements` */
export const FundingMovementBody = z
  .strictObject({
    request_id,
    reason,
    currency_code: currency,
    amount: z.string({ error: AMOUNT }).regex(/^-?\d{1,15}(\.\d{1,4})?$/, {
      error: AMOUNT,
    }),
    occurred_at: momentOf("occurred_at"),
    reference: text("reference").nullable().default(null),
  })
  .refine(({ amount, currency_code }) => isMovement(amount, currency_code), {
    path: ["amount"],
    error: AMOUNT,
  })
export type FundingMovementBody = z.infer<typeof FundingMovementBody>

function isMovement(amount: string, currency_code: string): boolean {
  if (!isKnownCurrency(currency_code)) return false
  try {
    return parseMajor(amount, currency_code) !== 0n
  } catch {
    return false
  }
}

/** `GET /admin/masspay/payees/:id/withdrawals`, `GET /vendor/masspay/withdrawals` */
export const WithdrawalsQuery = z
  .strictObject({ ...paging, currency_code: oneOrMore(currency) })
  .transform(({ limit, offset, ...filters }) => ({
    listing: { filters, limit, offset },
  }))
export type WithdrawalsQuery = z.infer<typeof WithdrawalsQuery>

const DAY_MS = 86_400_000
const DAYS_MAX = 31

function day(field: string) {
  const error = `Field '${field}' must be a day, for example 2026-01-31`
  return z
    .string({ error })
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error })
    .pipe(momentOf(field))
    .transform((moment) => moment.toISOString().slice(0, 10))
}

/** `GET /admin/masspay/funding/statement.pdf` */
export const AccountStatementQuery = z
  .strictObject({ from: day("from"), to: day("to") })
  .refine(({ from, to }) => from <= to, {
    error: "Field 'from' must not be after field 'to', which is part of it",
  })
  .refine(
    ({ from, to }) => Date.parse(to) - Date.parse(from) < DAYS_MAX * DAY_MS,
    { error: `From 'from' to 'to' there may be ${DAYS_MAX} days at most` }
  )
export type AccountStatementQuery = z.infer<typeof AccountStatementQuery>
