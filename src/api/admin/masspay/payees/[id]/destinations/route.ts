import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { kernelFrom } from "../../../../../../kernel"
import {
  methodOf,
  replacedDestinationsOf,
} from "../../../../../../modules/masspay/queries/destination-reads"
import { destinationsOf } from "../../../../../../modules/masspay/queries/destinations"
import type {
  AdminDestinationListResponse,
  AdminDestinationResponse,
} from "../../../../../../types/http-destinations"
import { choose, preview } from "../../../../../choose-destination"
import { adminDestination } from "../../../../../destination-answers"
import type { ChooseDestinationBody } from "../../../destination-validators"
import { operatorOf } from "../../../operator"
import type { PayoutActionQuery } from "../../../validators"

/**
 * @oas [get] /admin/masspay/payees/{id}/destinations
 * operationId: GetMasspayPayeesIdDestinations
 * summary: List a Payee's Destinations
 * description: How a vendor is paid, and where direct payouts go, one destination for each currency. Account details are with MassPay; here is a masked end.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Destinations
 * responses:
 *   "200": { description: "`method`, `destinations` in use and the latest `replaced`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminDestinationListResponse>
): Promise<void> => {
  const { books, options } = await kernelFrom(req.scope)
  const payee_id = req.params.id ?? ""
  const payee = await methodOf(books, { payee_id })
  if (!payee) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `Payee with id: ${payee_id} was not found`
    )
  }
  const { method: own } = payee
  const inUse = await destinationsOf(books, payee_id)
  const replaced = await replacedDestinationsOf(books, payee_id)
  res.json({
    method: { own, effective: own ?? options.payouts.method },
    destinations: inUse.map(adminDestination),
    replaced: replaced.map(adminDestination),
  })
}

/**
 * Chooses where a vendor's money of one currency goes. MassPay is asked anew, and
 * nothing is written where its terms are worse than those that are sent as
 * `shown`: in another currency, with a higher fee, or a rate lower by more than
 * a hundredth.
 *
 * @oas [post] /admin/masspay/payees/{id}/destinations
 * operationId: PostMasspayPayeesIdDestinations
 * summary: Choose a Payee's Destination
 * description: With `dry_run=true` only the terms are shown, and `shown` is not needed. The one before is replaced. Details are given afterwards, unless they were given for this route before. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: dry_run, in: query, schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, currency_code, destination_token, destination_currency_code]
 *         properties:
 *           currency_code: { type: string, description: Of the money that is paid out. }
 *           country_code: { type: string, description: "ISO 3166-1, two letters or three. Default: that of the vendor's record." }
 *           destination_token: { type: string, description: Of one of the routes. }
 *           destination_currency_code: { type: string, description: What the vendor receives. }
 *           amount: { type: string, description: What the fee is asked for. }
 *           shown:
 *             type: object
 *             required: [fee, exchange_rate, destination_currency_code]
 *             properties:
 *               fee: { type: string, nullable: true }
 *               exchange_rate: { type: string }
 *               destination_currency_code: { type: string }
 *           request_id: { type: string }
 *           reason: { type: string }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Destinations
 * responses:
 *   "200": { description: "`destination`, the `terms` that hold now, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<ChooseDestinationBody, PayoutActionQuery>,
  res: MedusaResponse<AdminDestinationResponse>
): Promise<void> => {
  const { reason, request_id, ...body } = req.validatedBody
  const decide = req.validatedQuery.dry_run ? preview : choose
  const { destination, ...answer } = await decide(req.scope, {
    who: { payee_id: req.params.id ?? "" },
    body: { ...body, request_id },
    actor: operatorOf(req),
    reason,
    request_id,
  })
  res.json({
    ...answer,
    destination: destination && adminDestination(destination),
  })
}
