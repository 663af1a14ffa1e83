import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import { userTokenOf } from "../../../../../../modules/masspay/queries/payee-refresh"
import type {
  AutopayoutChangeResponse,
  AutopayoutListResponse,
} from "../../../../../../types/http-destinations"
import {
  addAutopayoutOf,
  autopayoutsOf,
  endAutopayoutOf,
} from "../../../../../autopayout-answers"
import type {
  AutopayoutBody,
  EndAutopayoutQuery,
} from "../../../destination-validators"
import { operatorOf } from "../../../operator"
import { vendorOrNotFound } from "../../../statement-answers"

/**
 * The rules by which MassPay pays the payee's wallets out by itself whenever
 * something comes in. She or an operator makes them; they are read with every call.
 *
 * @oas [get] /admin/masspay/payees/{id}/autopayouts
 * operationId: GetMasspayPayeesIdAutopayouts
 * summary: List a Payee's Autopayout Rules
 * description: Asks MassPay for her wallets, and for the rules on each, ten wallets at most. A rule takes money out of the wallet the moment it comes, and a load that was taken out cannot be reversed.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`autopayouts`; none for a payee without a user." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AutopayoutListResponse>
): Promise<void> => {
  const payee_id = req.params.id ?? ""
  const vendor_id = await vendorOrNotFound(req.scope, payee_id)
  const kernel = await kernelFrom(req.scope)
  const user_token = await userTokenOf(kernel.books, vendor_id)
  res.json(
    user_token === null
      ? { autopayouts: [] }
      : await autopayoutsOf(kernel, { payee_id })
  )
}

/**
 * @oas [post] /admin/masspay/payees/{id}/autopayouts
 * operationId: PostMasspayPayeesIdAutopayouts
 * summary: Add an Autopayout Rule
 * description: From the next payment on, so much of what comes into the vendor's wallet goes to the vendor's destination of that currency. The destination has to be ready and pay in the currency of the wallet. A rule that is there already is left as it is.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, currency_code, percentage]
 *         properties:
 *           currency_code: { type: string }
 *           percentage: { type: number, description: "Above 0, up to 100." }
 *           request_id: { type: string }
 *           reason: { type: string }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`autopayouts` as they are now, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<AutopayoutBody>,
  res: MedusaResponse<AutopayoutChangeResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const { reason, request_id, ...rule } = req.validatedBody
  res.json(
    await addAutopayoutOf(kernel, {
      who: { payee_id: req.params.id ?? "" },
      ...rule,
      deciding: { actor: operatorOf(req), reason, request_id },
    })
  )
}

/**
 * @oas [delete] /admin/masspay/payees/{id}/autopayouts
 * operationId: DeleteMasspayPayeesIdAutopayouts
 * summary: End an Autopayout Rule
 * description: What comes in stays in the vendor's wallet from then on.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: rule_id, in: query, required: true, description: The id of one of the rules., schema: { type: string } }
 *   - { name: request_id, in: query, required: true, schema: { type: string } }
 *   - { name: reason, in: query, required: true, schema: { type: string } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`autopayouts` as they are now, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const DELETE = async (
  req: AuthenticatedMedusaRequest<unknown, EndAutopayoutQuery>,
  res: MedusaResponse<AutopayoutChangeResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const { rule_id, reason, request_id } = req.validatedQuery
  res.json(
    await endAutopayoutOf(kernel, {
      who: { payee_id: req.params.id ?? "" },
      rule_id,
      deciding: { actor: operatorOf(req), reason, request_id },
    })
  )
}
