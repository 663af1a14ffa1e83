import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../../../kernel"
import type { AdminDestinationChangeResponse } from "../../../../../../../../types/http-destinations"
import { masspayUseDestinationAgainWorkflow } from "../../../../../../../../workflows/destination/workflows/use-destination-again"
import { orRefuse } from "../../../../../../../../workflows/refusals"
import { adminDestination } from "../../../../../../../destination-answers"
import { destinationOfPayee } from "../../../../../../../destination-details"
import type { DecisionBody } from "../../../../../collect-validators"
import { operatorOf } from "../../../../../operator"

/**
 * @oas [post] /admin/masspay/payees/{id}/destinations/{destination_id}/use-again
 * operationId: PostMasspayPayeesIdDestinationsDestinationIdUseAgain
 * summary: Use a Destination Again
 * description: Money that was paid to this destination came back, and nothing is sent there since. This says that it is right after all. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: destination_id, in: path, required: true, description: The destination's ID., schema: { type: string } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason]
 *         properties:
 *           request_id: { type: string }
 *           reason: { type: string }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Destinations
 * responses:
 *   "200": { description: "The `destination`, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<DecisionBody>,
  res: MedusaResponse<AdminDestinationChangeResponse>
): Promise<void> => {
  const { id: payee_id = "", destination_id = "" } = req.params
  const { result } = await masspayUseDestinationAgainWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      payee_id,
      destination_id,
      actor: operatorOf(req),
    },
  })
  const kernel = await kernelFrom(req.scope)
  const destination = await orRefuse(() =>
    destinationOfPayee(kernel, { payee_id, id: destination_id })
  )
  res.json({
    destination: adminDestination(destination),
    effect: result.effect,
  })
}
