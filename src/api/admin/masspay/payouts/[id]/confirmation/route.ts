import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import { confirmationOf } from "../../../../../../runners/payout-papers"
import { askOrRefuse, sendPdf } from "../../../../../destination-answers"

/**
 * MassPay's own paper about one direct payout, as it gives it.
 *
 * @oas [get] /admin/masspay/payouts/{id}/confirmation
 * operationId: GetMasspayPayoutsIdConfirmation
 * summary: Get a Payout's Confirmation
 * description: Asks MassPay for its confirmation of a direct payout that was committed. It is passed on and not kept.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payout's ID., schema: { type: string } }
 * tags:
 *   - MassPay Payouts
 * responses:
 *   "200":
 *     description: A file.
 *     content:
 *       application/pdf: {}
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const payout_id = req.params.id ?? ""
  const file = await askOrRefuse(kernel, () =>
    confirmationOf(kernel, { payout_id })
  )
  const { actor_type, actor_id } = req.auth_context
  kernel.log.info("payout.confirmation_read", {
    payout_id,
    actor_type,
    actor_id,
  })
  sendPdf(res, { file, name: `masspay-payout-${payout_id}` })
}
