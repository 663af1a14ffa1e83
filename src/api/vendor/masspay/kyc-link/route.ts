import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import { startKycSession } from "../../../../runners/start-kyc-session"
import type { VendorKycLinkResponse } from "../../../../types/http-kyc"
import { orRefuse } from "../../../../workflows/refusals"
import type { KycLinkBody } from "../../../admin/masspay/kyc-validators"
import { keepNowhere } from "../../../secret-answer"
import { signedInVendor } from "../signed-in"

/**
 * Makes one identity session at MassPay for the signed-in vendor.
 *
 * @oas [post] /vendor/masspay/kyc-link
 * operationId: PostVendorMasspayKycLink
 * summary: Start an Identity Session
 * description: Every new `request_id` makes another session, ten a day at most; the same one gives the same link while that is kept. Call it when the vendor asks for it, never ahead of time.
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id]
 *         properties:
 *           request_id: { type: string }
 *           provider: { type: string, enum: [veriff, au10tix], default: veriff }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: The `link` and its `provider`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<KycLinkBody>,
  res: MedusaResponse<VendorKycLinkResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const { provider, request_id } = req.validatedBody
  const { actor_type, actor_id } = req.auth_context
  const link = await orRefuse(() =>
    startKycSession(kernel, {
      who: { vendor_id },
      provider,
      request_id,
      source: "vendor",
      actor: `${actor_type}:${actor_id}`,
    })
  )
  kernel.nudgeOutbox()
  keepNowhere(res)
  res.json({ link, provider })
}
