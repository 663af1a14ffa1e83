import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../../kernel"
import type { DestinationRouteListResponse } from "../../../../../../../types/http-destinations"
import { routesFor } from "../../../../../../destination-routes"
import type { RoutesQuery } from "../../../../destination-validators"

/**
 * @oas [get] /admin/masspay/payees/{id}/destinations/routes
 * operationId: GetMasspayPayeesIdDestinationsRoutes
 * summary: List Routes to a Payee
 * description: How MassPay can pay the vendor now, the one to choose first. MassPay's best choice, or where it names none, its cheapest, or all. Fees and limits are read as amounts of `currency_code`, which MassPay does not document.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: currency_code, in: query, required: true, description: Of the money that is paid out., schema: { type: string } }
 *   - { name: destination_currency_code, in: query, description: "What she receives. Default: the same.", schema: { type: string } }
 *   - { name: country_code, in: query, description: "Two letters or three. Default: that of her record.", schema: { type: string } }
 *   - { name: payer_name, in: query, schema: { type: string } }
 *   - { name: only_generic_payers, in: query, description: Only payers that reach many banks., schema: { type: boolean } }
 *   - { name: amount, in: query, description: "What fees are asked for, and what has to fit.", schema: { type: string } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Destinations
 * responses:
 *   "200": { description: "`routes`, and by which list they were `found_by`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, RoutesQuery>,
  res: MedusaResponse<DestinationRouteListResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const who = { payee_id: req.params.id ?? "" }
  res.json(await routesFor(kernel, { who, ...req.validatedQuery }))
}
