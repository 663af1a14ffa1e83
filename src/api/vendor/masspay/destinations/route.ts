import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import { methodOf } from "../../../../modules/masspay/queries/destination-reads"
import { destinationsOf } from "../../../../modules/masspay/queries/destinations"
import type {
  VendorDestinationListResponse,
  VendorDestinationResponse,
} from "../../../../types/http-destinations"
import type { VendorChooseDestinationBody } from "../../../admin/masspay/destination-validators"
import type { PayoutActionQuery } from "../../../admin/masspay/validators"
import { choose, preview } from "../../../choose-destination"
import { vendorDestination } from "../../../destination-answers"
import { vendorActing } from "../acting"
import { signedInVendor } from "../signed-in"

/**
 * How the signed-in vendor is paid, and where direct payouts go.
 *
 * @oas [get] /vendor/masspay/destinations
 * operationId: GetVendorMasspayDestinations
 * summary: List My Destinations
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`method`, and the `destinations` in use, one for each currency." }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<VendorDestinationListResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const { books, options } = await kernelFrom(req.scope)
  const payee = await methodOf(books, { vendor_id })
  const destinations = payee ? await destinationsOf(books, payee.payee_id) : []
  res.json({
    method: payee?.method ?? options.payouts.method,
    destinations: destinations.map(vendorDestination),
  })
}

/**
 * Chooses where the signed-in vendor's money of one currency goes, on terms that
 * she was shown: nothing is written where MassPay's are worse by now.
 *
 * @oas [post] /vendor/masspay/destinations
 * operationId: PostVendorMasspayDestinations
 * summary: Choose My Destination
 * description: With `dry_run=true` only the terms are shown, and `shown` is not needed. Details are given afterwards, unless they were given for this route before. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - { name: dry_run, in: query, schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, currency_code, destination_token, destination_currency_code]
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
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`destination`, or the `terms` of a dry run, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<
    VendorChooseDestinationBody,
    PayoutActionQuery
  >,
  res: MedusaResponse<VendorDestinationResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const body = req.validatedBody
  const decide = req.validatedQuery.dry_run ? preview : choose
  const { request_id } = body
  const { destination, ...answer } = await decide(req.scope, {
    who: { vendor_id },
    body,
    ...vendorActing(vendor_id, { request_id, reason: "The vendor chose it" }),
  })
  res.json({
    ...answer,
    destination: destination && vendorDestination(destination),
  })
}
