import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import { confirmationOf } from "../../../../../../runners/payout-papers"
import { askOrRefuse, sendPdf } from "../../../../../destination-answers"
import { signedInVendor } from "../../../signed-in"

/**
 * MassPay's own paper about one direct payout of the signed-in vendor's.
 *
 * @oas [get] /vendor/masspay/payouts/{id}/confirmation
 * operationId: GetVendorMasspayPayoutsIdConfirmation
 * summary: Get My Payout's Confirmation
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payout's ID., schema: { type: string } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: A file.
 *     content:
 *       application/pdf: {}
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const payout_id = req.params.id ?? ""
  const file = await askOrRefuse(kernel, () =>
    confirmationOf(kernel, { payout_id, vendor_id })
  )
  const { actor_type, actor_id } = req.auth_context
  kernel.log.info("payout.confirmation_read", {
    payout_id,
    actor_type,
    actor_id,
  })
  sendPdf(res, { file, name: `masspay-payout-${payout_id}` })
}
