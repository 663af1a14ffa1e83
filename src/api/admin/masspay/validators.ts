import { z } from "@medusajs/framework/zod"

import { isKnownCurrency } from "../../../domain/currency"
import {
  PAYOUT_STATUSES,
  type PayoutStatus,
} from "../../../domain/payout-status"
import type {
  PayoutFilters,
  PayoutOrder,
} from "../../../modules/masspay/queries/reads"

const LIMIT_MAX = 100
const LIMIT_DEFAULT = 20
const OFFSET_MAX = 1_000_000
const TEXT_MAX = 200

/** A whole number of the query string; "1e3", "0x10" and "" are not. */
function wholeNumber(range: { min: number; max: number; default: number }) {
  const message = (field: string) =>
    `Field '${field}' must be a whole number from ${range.min} to ${range.max}`
  return (field: string) =>
    z
      .string({ error: message(field) })
      .regex(/^\d{1,9}$/, { error: message(field) })
      .transform(Number)
      .refine((value) => value >= range.min && value <= range.max, {
        error: message(field),
      })
      .default(range.default)
}

const limit = wholeNumber({ min: 1, max: LIMIT_MAX, default: LIMIT_DEFAULT })
const offset = wholeNumber({ min: 0, max: OFFSET_MAX, default: 0 })

export const paging = { limit: limit("limit"), offset: offset("offset") }

/** One value, or the same field several times; always a list afterwards. */
export function oneOrMore<Value extends z.ZodType>(value: Value) {
  return z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).min(1).max(LIMIT_MAX).optional()
  )
}

function text(field: string) {
  const error = `Field '${field}' must be a text of 1 to ${TEXT_MAX} characters`
  return z.string({ error }).trim().min(1, { error }).max(TEXT_MAX, { error })
}

const payoutStatus = z.custom<PayoutStatus>(
  (value) => PAYOUT_STATUSES.some((status) => status === value),
  { error: `Field 'status' must be one of: ${PAYOUT_STATUSES.join(", ")}` }
)

const CURRENCY =
  "Field 'currency_code' must be an ISO 4217 code, for example usd"
export const currency = z
  .string({ error: CURRENCY })
  .refine(isKnownCurrency, { error: CURRENCY })
  .transform((code) => code.toUpperCase())

export function momentOf(field: string) {
  const error = `Field '${field}' must be a date or time, for example 2026-01-31 or 2026-01-31T12:00:00Z`
  return z
    .string({ error })
    .refine((value) => MOMENT.test(value) && isOnCalendar(value), { error })
    .transform((value) => new Date(value))
}
const MOMENT =
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** JavaScript takes the 31st of February for the 3rd of March. */
function isOnCalendar(value: string): boolean {
  const day = Number(value.slice(8, 10))
  return (
    !Number.isNaN(Date.parse(value)) &&
    new Date(value.slice(0, 10)).getUTCDate() === day
  )
}

const moment = momentOf("created_at")

export const createdAt = z
  .strictObject(
    {
      $gt: moment.optional(),
      $gte: moment.optional(),
      $lt: moment.optional(),
      $lte: moment.optional(),
    },
    {
      error:
        "Field 'created_at' takes the operators $gt, $gte, $lt and $lte, for example created_at[$gte]=2026-01-31",
    }
  )
  .optional()

const ORDERS_BY = ["created_at", "amount", "status"] as const
const ORDERS = ORDERS_BY.flatMap((column) => [column, `-${column}`] as const)

/** `GET /admin/masspay/payouts`; what it means stands under `listing`. */
export const ListPayoutsQuery = z
  .strictObject({
    ...paging,
    q: text("q").optional(),
    status: oneOrMore(payoutStatus),
    vendor_id: oneOrMore(text("vendor_id")),
    currency_code: oneOrMore(currency),
    created_at: createdAt,
    order: z
      .enum(ORDERS, {
        error: `Field 'order' must be one of: ${ORDERS.join(", ")}`,
      })
      .default("-created_at"),
  })
  .transform(({ limit, offset, order, created_at, ...filters }) => ({
    listing: {
      filters: { ...filters, created_at: rangeOf(created_at) },
      order: orderOf(order),
      limit,
      offset,
    },
  }))
export type ListPayoutsQuery = z.infer<typeof ListPayoutsQuery>

function orderOf(order: (typeof ORDERS)[number]): PayoutOrder {
  const by = ORDERS_BY.find((column) => order.endsWith(column)) ?? "created_at"
  return { by, direction: order.startsWith("-") ? "desc" : "asc" }
}

/** As a half-open range. Times are shown in milliseconds, so "after" means from the next one on. */
export function rangeOf(
  given: z.infer<typeof createdAt>
): PayoutFilters["created_at"] {
  if (!given) return undefined
  const from = [given.$gte, next(given.$gt)].flatMap((date) => date ?? [])
  const to = [given.$lt, next(given.$lte)].flatMap((date) => date ?? [])
  return {
    gte: from.sort(byTime).at(-1),
    lt: to.sort(byTime).at(0),
  }
}

function next(date: Date | undefined): Date | undefined {
  return date && new Date(date.getTime() + 1)
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime()
}

/** `GET /admin/masspay/payouts/preview` */
export const PreviewPayoutsQuery = z.strictObject({
  ...paging,
  vendor_id: text("vendor_id").optional(),
})
export type PreviewPayoutsQuery = z.infer<typeof PreviewPayoutsQuery>

/** `GET /admin/masspay/payees` */
export const ListPayeesQuery = z.strictObject({
  ...paging,
  q: text("q").optional(),
})
export type ListPayeesQuery = z.infer<typeof ListPayeesQuery>

/** `POST /admin/masspay/dispatch/resume` */
export const ResumeDispatchBody = z.strictObject({ reason: text("reason") })
export type ResumeDispatchBody = z.infer<typeof ResumeDispatchBody>

const REASON_MAX = 1000

export const reason = z
  .string({ error: "Field 'reason' is required: why this is done" })
  .trim()
  .min(1, { error: "Field 'reason' is required: why this is done" })
  .max(REASON_MAX, {
    error: `Field 'reason' has at most ${REASON_MAX} characters`,
  })

const REQUEST_ID =
  "Field 'request_id' must be 1 to 100 of A-Z, a-z, 0-9, - and _, a new one for each action"
export const request_id = z
  .string({ error: REQUEST_ID })
  .regex(/^[A-Za-z0-9_-]{1,100}$/, { error: REQUEST_ID })

/** `POST /admin/masspay/payouts/:id/approve` and its companions */
export const PayoutActionBody = z.strictObject({ request_id, reason })
export type PayoutActionBody = z.infer<typeof PayoutActionBody>

/** `POST /admin/masspay/payouts/:id/assert-not-executed` */
export const AssertNotExecutedBody = z.strictObject({
  request_id,
  reason,
  /** `ready`: it is looked up and sent again. `void`: its entries are open again. */
  outcome: z.enum(["ready", "void"], {
    error: "Field 'outcome' must be one of: ready, void",
  }),
})
export type AssertNotExecutedBody = z.infer<typeof AssertNotExecutedBody>

/** Query of every action. */
export const PayoutActionQuery = z.strictObject({
  dry_run: z
    .enum(["true", "false"], {
      error: "Field 'dry_run' must be one of: true, false",
    })
    .default("false")
    .transform((value) => value === "true"),
})
export type PayoutActionQuery = z.infer<typeof PayoutActionQuery>

/** `POST /admin/masspay/action-requests/:id/confirm`, and `/reject` */
export const AnswerProposalBody = z.strictObject({ reason })
export type AnswerProposalBody = z.infer<typeof AnswerProposalBody>

/** `GET /admin/masspay/action-requests` */
export const ListActionRequestsQuery = z.strictObject({
  ...paging,
  state: z
    .enum(["proposed", "done", "rejected"], {
      error: "Field 'state' must be one of: proposed, done, rejected",
    })
    .optional(),
  payout_id: text("payout_id").optional(),
  payee_id: text("payee_id").optional(),
})
export type ListActionRequestsQuery = z.infer<typeof ListActionRequestsQuery>
