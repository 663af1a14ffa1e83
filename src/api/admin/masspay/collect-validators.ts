import { z } from "@medusajs/framework/zod"

import { NOT_PAID_REASONS } from "../../../domain/collect"
import {
  isSchedule,
  MONTH_DAY_MAX,
  type Schedule,
} from "../../../domain/collect-schedule"
import { isKnownCurrency } from "../../../domain/currency"
import { PAYEE_METHODS } from "../../../domain/destinations"
import { HOLD_KINDS, RESERVE_DAYS_MAX } from "../../../domain/holds"
import { BASIS_POINTS_WHOLE, parseMajor } from "../../../domain/money"
import { currency, momentOf, paging, reason, request_id, text } from "./fields"

/** `GET /admin/masspay/payouts/preview` */
export const PreviewPayoutsQuery = z.strictObject({
  ...paging,
  vendor_id: text("vendor_id").optional(),
  currency_code: currency.optional(),
  reason: z
    .enum(NOT_PAID_REASONS, {
      error: `Field 'reason' must be one of: ${NOT_PAID_REASONS.join(", ")}`,
    })
    .optional(),
  totals: z
    .enum(["true", "false"], {
      error: "Field 'totals' must be one of: true, false",
    })
    .default("true")
    .transform((given) => given === "true"),
})
export type PreviewPayoutsQuery = z.infer<typeof PreviewPayoutsQuery>

/** `POST /admin/masspay/payouts` */
export const PayNowBody = z.strictObject({
  vendor_id: text("vendor_id"),
  currency_code: currency.optional(),
  ignore_minimum: z
    .boolean({ error: "Field 'ignore_minimum' must be true or false" })
    .default(false),
  request_id,
  reason,
})
export type PayNowBody = z.infer<typeof PayNowBody>

/** `POST /admin/masspay/payees/:id/pause`, `…/resume`, and `/admin/masspay/holds/:id/release` */
export const DecisionBody = z.strictObject({ request_id, reason })
export type DecisionBody = z.infer<typeof DecisionBody>

const SCHEDULE = `Field 'schedule' must be "immediate", "daily", { "weekly": "monday" }, { "monthly": 1 } with a day up to ${MONTH_DAY_MAX}, or null for the shop's`
const schedule = z.custom<Schedule>(isSchedule, { error: SCHEDULE }).nullable()

const MINIMUM =
  'Field \'minimum\' must be amounts by currency, for example { "USD": "25.00" }, or null for the shop\'s'
const minimum = z
  .record(z.string(), z.string({ error: MINIMUM }), { error: MINIMUM })
  .transform((given, ctx) => {
    const amounts: Record<string, string> = {}
    for (const [key, amount] of Object.entries(given)) {
      const code = key.toUpperCase()
      if (!isAmount(amount, code) || code in amounts) {
        ctx.addIssue({ code: "custom", path: [key], message: MINIMUM })
      } else amounts[code] = amount
    }
    return amounts
  })
  .nullable()

const method = z
  .enum(PAYEE_METHODS, {
    error: `Field 'method' must be one of: ${PAYEE_METHODS.join(", ")}, or null for the shop's`,
  })
  .nullable()

/** `POST /admin/masspay/payees/:id` */
export const SetPayeeTermsBody = z.strictObject({
  method: method.optional(),
  schedule: schedule.optional(),
  minimum: minimum.optional(),
  request_id,
  reason,
})
export type SetPayeeTermsBody = z.infer<typeof SetPayeeTermsBody>

const kind = z.enum(HOLD_KINDS, {
  error: `Field 'kind' must be one of: ${HOLD_KINDS.join(", ")}`,
})

function whole(name: string, most: number) {
  const error = `Field '${name}' must be a whole number from 1 to ${most}`
  return z
    .number({ error })
    .refine((n) => Number.isInteger(n) && n >= 1 && n <= most, { error })
}

/** `POST /admin/masspay/holds` */
export const PlaceHoldBody = z
  .strictObject({
    order_id: text("order_id").optional(),
    vendor_id: text("vendor_id").optional(),
    kind,
    until: momentOf("until").optional(),
    amount: text("amount").optional(),
    currency_code: currency.optional(),
    basis_points: whole("basis_points", BASIS_POINTS_WHOLE).optional(),
    days: whole("days", RESERVE_DAYS_MAX).optional(),
    request_id,
    reason,
  })
  .superRefine((hold, ctx) => {
    const problem = problemWithHold(hold)
    if (problem) ctx.addIssue({ code: "custom", message: problem })
  })
export type PlaceHoldBody = z.infer<typeof PlaceHoldBody>

function problemWithHold(hold: {
  order_id?: string | undefined
  vendor_id?: string | undefined
  kind: (typeof HOLD_KINDS)[number]
  amount?: string | undefined
  currency_code?: string | undefined
  basis_points?: number | undefined
  days?: number | undefined
}): string | null {
  const { order_id, vendor_id, amount, currency_code, basis_points, days } =
    hold
  if (order_id === undefined && vendor_id === undefined) {
    return "Field 'order_id' or 'vendor_id' is required: what is held"
  }
  if (hold.kind !== "reserve") {
    return [amount, currency_code, basis_points, days].every(
      (field) => field === undefined
    )
      ? null
      : "Fields 'amount' and 'currency_code', 'basis_points' and 'days' are for a reserve only"
  }
  if (order_id !== undefined || vendor_id === undefined) {
    return "A reserve is on a vendor: 'vendor_id' without 'order_id'"
  }
  if (basis_points !== undefined || days !== undefined) {
    const isShare = basis_points !== undefined && days !== undefined
    return isShare && amount === undefined && currency_code === undefined
      ? null
      : "A reserve that is a share of each new earning needs 'basis_points' and 'days', and no 'amount'"
  }
  const isGiven = amount !== undefined && currency_code !== undefined
  return isGiven && isAmount(amount, currency_code, 1n)
    ? null
    : "A reserve needs an 'amount' above zero, for example \"100.00\", and its 'currency_code'; or 'basis_points' and 'days'"
}

function isAmount(amount: string, currency_code: string, least = 0n): boolean {
  if (!isKnownCurrency(currency_code)) return false
  try {
    return parseMajor(amount, currency_code) >= least
  } catch {
    return false
  }
}

/** `GET /admin/masspay/holds` */
export const ListHoldsQuery = z.strictObject({
  ...paging,
  q: text("q").optional(),
  order_id: text("order_id").optional(),
  vendor_id: text("vendor_id").optional(),
  kind: kind.optional(),
  state: z
    .enum(["open", "over"], {
      error: "Field 'state' must be one of: open, over",
    })
    .optional(),
})
export type ListHoldsQuery = z.infer<typeof ListHoldsQuery>
