import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import type { VendorLinkResponse } from "../../../../types/http-kyc"
import { askMassPay, keepNowhere } from "../../../secret-answer"
import { signedInVendor } from "../signed-in"
import { userOf } from "../user-token"

/**
 * Where the signed-in vendor activates her MassPay account, which she needs to
 * take money out of her wallet.
 *
 * @oas [get] /vendor/masspay/activation-link
 * operationId: GetVendorMasspayActivationLink
 * summary: Get the Activation Link
 * description: Read from MassPay with every call; `null` once the account is active. It is a secret of hers, is not kept, and may not be cached.
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: The `link`, or `null`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<VendorLinkResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const user_token = await userOf(kernel, vendor_id)
  const link = await askMassPay(kernel, () =>
    kernel.wire.getActivationLink(user_token)
  )
  keepNowhere(res)
  res.json({ link })
}
