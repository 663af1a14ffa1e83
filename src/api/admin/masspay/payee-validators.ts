import { z } from "@medusajs/framework/zod"

import { PAYEE_NEEDS } from "../../../domain/payee-needs"
import { PAYEE_STATUSES } from "../../../domain/payout-status"
import type { PayeeOrder } from "../../../modules/masspay/queries/payee-list"
import { currency, paging, text } from "./fields"
import { among } from "./validators"

const ORDERS_BY = ["created_at", "name", "open"] as const
const ORDERS = ORDERS_BY.flatMap((column) => [column, `-${column}`] as const)

/** `GET /admin/masspay/payees`; what it means stands under `listing`. */
export const ListPayeesQuery = z
  .strictObject({
    ...paging,
    q: text("q").optional(),
    status: among("status", PAYEE_STATUSES),
    needs: among("needs", PAYEE_NEEDS),
    currency_code: currency.optional(),
    order: z
      .enum(ORDERS, {
        error: `Field 'order' must be one of: ${ORDERS.join(", ")}`,
      })
      .default("-created_at"),
  })
  .refine(
    ({ order, currency_code }) =>
      !order.endsWith("open") || currency_code !== undefined,
    {
      error:
        "Field 'order' can be 'open' only together with 'currency_code': amounts of different currencies have no order",
    }
  )
  .transform(({ limit, offset, order, ...filters }) => ({
    listing: { filters, order: orderOf(order), limit, offset },
  }))
export type ListPayeesQuery = z.infer<typeof ListPayeesQuery>

function orderOf(order: (typeof ORDERS)[number]): PayeeOrder {
  const by = ORDERS_BY.find((column) => order.endsWith(column)) ?? "created_at"
  return { by, direction: order.startsWith("-") ? "desc" : "asc" }
}
