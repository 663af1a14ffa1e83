import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { retrievePayout } from "../../../../../modules/masspay/queries/reads"
import type { AdminPayoutResponse } from "../../../../../types/http"
import { booksOf } from "../../books"

/**
 * One payout with what it takes, what was sent, and its timeline.
 *
 * @oas [get] /admin/masspay/payouts/{id}
 * operationId: GetMasspayPayoutsId
 * summary: Get a Payout
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: "The payout's ID.", schema: { type: string } }
 * tags:
 *   - MassPay Payouts
 * responses:
 *   "200":
 *     description: The payout.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminPayoutResponse>
): Promise<void> => {
  const id = req.params.id ?? ""
  const payout = await retrievePayout(booksOf(req.scope).db, id)
  if (!payout) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `Payout with id: ${id} was not found`
    )
  }
  res.json({ payout })
}
