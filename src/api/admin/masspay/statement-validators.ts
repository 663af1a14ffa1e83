import { z } from "@medusajs/framework/zod"

import { ENTRY_KINDS, type EntryKind } from "../../../domain/payout-status"
import { currency, momentOf, paging, reason, request_id } from "./fields"
import { createdAt, oneOrMore, rangeOf } from "./validators"

const entryKind = z.custom<EntryKind>(
  (value) => ENTRY_KINDS.some((kind) => kind === value),
  { error: `Field 'kind' must be one of: ${ENTRY_KINDS.join(", ")}` }
)

/** `GET /admin/masspay/payees/:id/ledger`, `GET /vendor/masspay/ledger` */
export const LedgerQuery = z
  .strictObject({
    ...paging,
    currency_code: oneOrMore(currency),
    kind: oneOrMore(entryKind),
    created_at: createdAt,
  })
  .transform(({ limit, offset, created_at, ...filters }) => ({
    listing: {
      filters: { ...filters, created_at: rangeOf(created_at) },
      limit,
      offset,
    },
  }))
export type LedgerQuery = z.infer<typeof LedgerQuery>

/** `GET /admin/masspay/payees/:id/statement` and its companions; the vendor's own, too. */
export const StatementQuery = z
  .strictObject({
    currency_code: currency,
    from: momentOf("from"),
    to: momentOf("to"),
  })
  .refine(({ from, to }) => from < to, {
    error: "Field 'from' must be before field 'to', which is not part of it",
  })
export type StatementQuery = z.infer<typeof StatementQuery>

const AMOUNT =
  "Field 'amount' must be a decimal text other than zero, for example 12.50, or -12.50 to charge her"

/** `POST /admin/masspay/payees/:id/adjustments` */
export const AdjustmentBody = z.strictObject({
  request_id,
  reason,
  amount: z
    .string({ error: AMOUNT })
    .regex(/^-?\d{1,15}(\.\d{1,4})?$/, { error: AMOUNT }),
  currency_code: currency,
  available_at: momentOf("available_at")
    .transform((moment) => moment.toISOString())
    .optional(),
})
export type AdjustmentBody = z.infer<typeof AdjustmentBody>

/** `POST /admin/masspay/payees/:id/write-offs` */
export const WriteOffBody = z.strictObject({
  request_id,
  reason,
  currency_code: currency,
})
export type WriteOffBody = z.infer<typeof WriteOffBody>

/** `GET /admin/masspay/negative-balances` */
export const NegativeBalancesQuery = z.strictObject({
  ...paging,
  currency_code: oneOrMore(currency),
})
export type NegativeBalancesQuery = z.infer<typeof NegativeBalancesQuery>
