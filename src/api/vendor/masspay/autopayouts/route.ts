import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import type {
  AutopayoutChangeResponse,
  AutopayoutListResponse,
} from "../../../../types/http-destinations"
import type {
  VendorAutopayoutBody,
  VendorEndAutopayoutQuery,
} from "../../../admin/masspay/destination-validators"
import {
  addAutopayoutOf,
  autopayoutsOf,
  endAutopayoutOf,
} from "../../../autopayout-answers"
import { vendorActing } from "../acting"
import { signedInVendor } from "../signed-in"

/**
 * The rules by which MassPay pays the signed-in vendor's wallets out by itself
 * whenever something comes in, read with every call.
 *
 * @oas [get] /vendor/masspay/autopayouts
 * operationId: GetVendorMasspayAutopayouts
 * summary: List My Autopayout Rules
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`autopayouts`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AutopayoutListResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  res.json(await autopayoutsOf(kernel, { vendor_id }))
}

/**
 * From the next payment on, so much of what comes into the signed-in vendor's
 * wallet goes to her own destination of that currency, and to no other.
 *
 * @oas [post] /vendor/masspay/autopayouts
 * operationId: PostVendorMasspayAutopayouts
 * summary: Add an Autopayout Rule of Mine
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, currency_code, percentage]
 *         properties:
 *           currency_code: { type: string }
 *           percentage: { type: number, description: "Above 0, up to 100." }
 *           request_id: { type: string }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`autopayouts` as they are now, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<VendorAutopayoutBody>,
  res: MedusaResponse<AutopayoutChangeResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const { request_id, ...rule } = req.validatedBody
  const reason = "The vendor made the rule"
  res.json(
    await addAutopayoutOf(kernel, {
      who: { vendor_id },
      ...rule,
      deciding: vendorActing(vendor_id, { request_id, reason }),
    })
  )
}

/**
 * Ends one of the signed-in vendor's rules: what comes in stays in her wallet.
 *
 * @oas [delete] /vendor/masspay/autopayouts
 * operationId: DeleteVendorMasspayAutopayouts
 * summary: End an Autopayout Rule of Mine
 * x-authenticated: true
 * parameters:
 *   - { name: rule_id, in: query, required: true, description: The id of one of the rules., schema: { type: string } }
 *   - { name: request_id, in: query, required: true, schema: { type: string } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`autopayouts` as they are now, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const DELETE = async (
  req: AuthenticatedMedusaRequest<unknown, VendorEndAutopayoutQuery>,
  res: MedusaResponse<AutopayoutChangeResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const { rule_id, request_id } = req.validatedQuery
  const reason = "The vendor ended the rule"
  res.json(
    await endAutopayoutOf(kernel, {
      who: { vendor_id },
      rule_id,
      deciding: vendorActing(vendor_id, { request_id, reason }),
    })
  )
}
