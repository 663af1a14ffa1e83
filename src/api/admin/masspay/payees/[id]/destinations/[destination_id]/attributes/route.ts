import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../../../kernel"
import type {
  AdminDestinationChangeResponse,
  DestinationFormResponse,
} from "../../../../../../../../types/http-destinations"
import { adminDestination } from "../../../../../../../destination-answers"
import {
  destinationOfPayee,
  formOf,
  giveDetails,
} from "../../../../../../../destination-details"
import type { AttributesBody } from "../../../../../destination-validators"
import { operatorOf } from "../../../../../operator"

/**
 * @oas [get] /admin/masspay/payees/{id}/destinations/{destination_id}/attributes
 * operationId: GetMasspayPayeesIdDestinationsDestinationIdAttributes
 * summary: Get the Form of a Destination
 * description: What MassPay wants to know before it pays there, as the fields of a form. Values that it has already are not shown.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: destination_id, in: path, required: true, description: The destination's ID., schema: { type: string } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Destinations
 * responses:
 *   "200": { description: "`fields`, and what is collected `by_link`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<DestinationFormResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const { id: payee_id = "", destination_id: id = "" } = req.params
  res.json(
    await formOf(kernel, () => destinationOfPayee(kernel, { payee_id, id }))
  )
}

/**
 * Hands account details through to MassPay. None of them is stored here, logged,
 * or part of an answer.
 *
 * @oas [post] /admin/masspay/payees/{id}/destinations/{destination_id}/attributes
 * operationId: PostMasspayPayeesIdDestinationsDestinationIdAttributes
 * summary: Give the Details of a Destination
 * description: All fields at once, by their tokens; a date as YYYY-MM-DD. Kept here are the token of MassPay's set, the label, and the last four characters of an account number of eight or more. Other details than before are a new destination. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: destination_id, in: path, required: true, description: The destination's ID., schema: { type: string } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, values]
 *         properties:
 *           values: { type: object, additionalProperties: { type: string }, description: By the tokens of the fields. }
 *           label: { type: string, nullable: true, maxLength: 100, description: For people. It must not hold account details. }
 *           request_id: { type: string }
 *           reason: { type: string }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Destinations
 * responses:
 *   "200": { description: "The `destination` that holds now, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<AttributesBody>,
  res: MedusaResponse<AdminDestinationChangeResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const actor = operatorOf(req)
  const { id: payee_id = "", destination_id: id = "" } = req.params
  const { values, label, reason, request_id } = req.validatedBody
  const { destination, effect } = await giveDetails(kernel, {
    find: () => destinationOfPayee(kernel, { payee_id, id }),
    values,
    label,
    acting: { actor, chosen_by: actor, reason, request_id },
  })
  res.json({ destination: adminDestination(destination), effect })
}
