import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { collectPolicy } from "../../../../../kernel"
import { orderSettlements } from "../../../../../modules/masspay/queries/reads"
import { booksOptions } from "../../../../../options"
import type { AdminOrderSettlementsResponse } from "../../../../../types/http"
import { booksOf } from "../../books"
import { whyNoSettlement } from "../../why-no-settlement"

/**
 * Who gets what of one order, and whether it is paid or why not.
 *
 * @oas [get] /admin/masspay/orders/{id}
 * operationId: GetMasspayOrdersId
 * summary: Get Who Gets What of an Order
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: "The order's ID.", schema: { type: string } }
 * tags:
 *   - MassPay Orders
 * responses:
 *   "200":
 *     description: The settlements of the order, or why it has none.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminOrderSettlementsResponse>
): Promise<void> => {
  const order_id = req.params.id ?? ""
  const { db, options } = booksOf(req.scope)
  const settlements = await orderSettlements(db, {
    order_id,
    policy: collectPolicy(booksOptions(options)),
  })
  const { reason, detail } =
    settlements.length > 0
      ? { reason: null, detail: null }
      : await whyNoSettlement(req.scope, order_id)
  res.json({ order_id, settlements, reason, detail })
}
