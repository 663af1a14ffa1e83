import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../kernel"
import type {
  DestinationFormResponse,
  VendorDestinationChangeResponse,
} from "../../../../../types/http-destinations"
import type {
  VendorAttributesBody,
  VendorFormQuery,
} from "../../../../admin/masspay/destination-validators"
import { vendorDestination } from "../../../../destination-answers"
import {
  destinationOfVendor,
  formOf,
  giveDetails,
} from "../../../../destination-details"
import { vendorActing } from "../../acting"
import { signedInVendor } from "../../signed-in"

/**
 * What MassPay wants to know before it pays the signed-in vendor at the
 * destination that is in use for a currency.
 *
 * @oas [get] /vendor/masspay/destinations/attributes
 * operationId: GetVendorMasspayDestinationsAttributes
 * summary: Get the Form of My Destination
 * x-authenticated: true
 * parameters:
 *   - { name: currency_code, in: query, required: true, description: Of the money that is paid out., schema: { type: string } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`fields`, and what is collected `by_link`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, VendorFormQuery>,
  res: MedusaResponse<DestinationFormResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const { currency_code } = req.validatedQuery
  res.json(
    await formOf(kernel, () =>
      destinationOfVendor(kernel, { vendor_id, currency_code })
    )
  )
}

/**
 * Hands the signed-in vendor's account details through to MassPay. None of them
 * is stored here, logged, or part of an answer.
 *
 * @oas [post] /vendor/masspay/destinations/attributes
 * operationId: PostVendorMasspayDestinationsAttributes
 * summary: Give the Details of My Destination
 * description: All fields at once, by their tokens; a date as YYYY-MM-DD. Kept here are the token of MassPay's set, the label, and the last four characters of an account number of eight or more. The same `request_id` again changes nothing.
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, currency_code, values]
 *         properties:
 *           currency_code: { type: string, description: Of the money that is paid out. }
 *           values: { type: object, additionalProperties: { type: string }, description: By the tokens of the fields. }
 *           label: { type: string, nullable: true, maxLength: 100, description: For people. It must not hold account details. }
 *           request_id: { type: string }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "The `destination` that holds now, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<VendorAttributesBody>,
  res: MedusaResponse<VendorDestinationChangeResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const { currency_code, values, label, request_id } = req.validatedBody
  const reason = "The vendor gave the details"
  const { destination, effect } = await giveDetails(kernel, {
    find: () => destinationOfVendor(kernel, { vendor_id, currency_code }),
    values,
    label,
    acting: vendorActing(vendor_id, { request_id, reason }),
  })
  res.json({ destination: vendorDestination(destination), effect })
}
