import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import { pickupCodeOf } from "../../../../../../runners/payout-papers"
import type { VendorPickupCodeResponse } from "../../../../../../types/http-destinations"
import { askOrRefuse } from "../../../../../destination-answers"
import { keepNowhere } from "../../../../../secret-answer"
import { signedInVendor } from "../../../signed-in"

/**
 * The code that the signed-in vendor shows where she fetches cash. Whoever has
 * it gets the money: it is read from MassPay when she asks, and kept nowhere.
 *
 * @oas [get] /vendor/masspay/payouts/{id}/pickup-code
 * operationId: GetVendorMasspayPayoutsIdPickupCode
 * summary: Get My Payout's Pickup Code
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payout's ID., schema: { type: string } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`pickup_code`; `null` where there is none, or not yet." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<VendorPickupCodeResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const payout_id = req.params.id ?? ""
  const pickup_code = await askOrRefuse(kernel, () =>
    pickupCodeOf(kernel, { payout_id, vendor_id })
  )
  const { actor_type, actor_id } = req.auth_context
  kernel.log.info("payout.pickup_code_shown", {
    payout_id,
    actor_type,
    actor_id,
  })
  keepNowhere(res)
  res.json({ pickup_code })
}
