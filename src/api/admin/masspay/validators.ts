import { z } from "@medusajs/framework/zod"

import { PAYOUT_STATUSES } from "../../../domain/payout-status"
import type {
  PayoutFilters,
  PayoutOrder,
} from "../../../modules/masspay/queries/reads"
import {
  currency,
  LIMIT_MAX,
  momentOf,
  paging,
  reason,
  request_id,
  text,
} from "./fields"

/** One value, or the same field several times; always a list afterwards. */
export function oneOrMore<Value extends z.ZodType>(value: Value) {
  return z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).min(1).max(LIMIT_MAX).optional()
  )
}

/** A filter by some of the words there are; one that is none is answered with all of them. */
export function among<const Values extends readonly string[]>(
  name: string,
  values: Values
) {
  // What Medusa says of an enum inside a list names neither.
  return oneOrMore(
    z.custom<Values[number]>(
      (given) => values.some((value) => value === given),
      {
        error: `Field '${name}' must be one of: ${values.join(", ")}`,
      }
    )
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
    status: among("status", PAYOUT_STATUSES),
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

/** `POST /admin/masspay/dispatch/resume` */
export const ResumeDispatchBody = z.strictObject({ reason: text("reason") })
export type ResumeDispatchBody = z.infer<typeof ResumeDispatchBody>

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
  q: text("q").optional(),
  state: z
    .enum(["proposed", "done", "rejected"], {
      error: "Field 'state' must be one of: proposed, done, rejected",
    })
    .optional(),
  payout_id: text("payout_id").optional(),
  payee_id: text("payee_id").optional(),
})
export type ListActionRequestsQuery = z.infer<typeof ListActionRequestsQuery>
