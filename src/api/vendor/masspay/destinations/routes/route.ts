import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../kernel"
import type { DestinationRouteListResponse } from "../../../../../types/http-destinations"
import type { RoutesQuery } from "../../../../admin/masspay/destination-validators"
import { routesFor } from "../../../../destination-routes"
import { signedInVendor } from "../../signed-in"

/**
 * How MassPay can pay the signed-in vendor now, the one to choose first.
 *
 * @oas [get] /vendor/masspay/destinations/routes
 * operationId: GetVendorMasspayDestinationsRoutes
 * summary: List Routes to Me
 * x-authenticated: true
 * parameters:
 *   - { name: currency_code, in: query, required: true, description: Of the money that is paid out., schema: { type: string } }
 *   - { name: destination_currency_code, in: query, description: "What she receives. Default: the same.", schema: { type: string } }
 *   - { name: country_code, in: query, description: "Two letters or three. Default: that of her record.", schema: { type: string } }
 *   - { name: payer_name, in: query, schema: { type: string } }
 *   - { name: only_generic_payers, in: query, description: Only payers that reach many banks., schema: { type: boolean } }
 *   - { name: amount, in: query, description: "What fees are asked for, and what has to fit.", schema: { type: string } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`routes`, and by which list they were `found_by`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, RoutesQuery>,
  res: MedusaResponse<DestinationRouteListResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  res.json(
    await routesFor(kernel, { who: { vendor_id }, ...req.validatedQuery })
  )
}
