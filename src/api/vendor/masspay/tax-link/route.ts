import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { kernelFrom } from "../../../../kernel"
import type { VendorLinkResponse } from "../../../../types/http-kyc"
import { askMassPay, keepNowhere } from "../../../secret-answer"
import { signedInVendor } from "../signed-in"
import { userOf } from "../user-token"
import { isReturnUrl, type TaxLinkQuery } from "../validators"

/**
 * Where the signed-in vendor answers MassPay's tax interview (W-8 or W-9).
 *
 * @oas [get] /vendor/masspay/tax-link
 * operationId: GetVendorMasspayTaxLink
 * summary: Get the Tax Interview Link
 * description: Asks MassPay for a fresh link with every call. It is a secret of hers, is not kept, and may not be cached.
 * x-authenticated: true
 * parameters:
 *   - { name: return_url, in: query, required: true, description: "Where MassPay sends her afterwards; https.", schema: { type: string, format: uri } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: The `link`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, TaxLinkQuery>,
  res: MedusaResponse<VendorLinkResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const { return_url } = req.validatedQuery
  const may_be_local = kernel.options.environment === "sandbox"
  if (!isReturnUrl(return_url, { may_be_local })) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "Field 'return_url' must be an https address of at most 2000 characters, without a user name"
    )
  }
  const user_token = await userOf(kernel, vendor_id)
  const link = await askMassPay(kernel, () =>
    kernel.wire.getTaxInterviewLink({ user_token, return_url })
  )
  keepNowhere(res)
  res.json({ link })
}
