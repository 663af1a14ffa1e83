import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import { startKycSession } from "../../../../../../runners/start-kyc-session"
import type { VendorKycLinkResponse } from "../../../../../../types/http-kyc"
import { orRefuse } from "../../../../../../workflows/refusals"
import { keepNowhere } from "../../../../../secret-answer"
import type { KycLinkBody } from "../../../kyc-validators"
import { operatorOf } from "../../../operator"

/**
 * @oas [post] /admin/masspay/payees/{id}/kyc-link
 * operationId: PostMasspayPayeesIdKycLink
 * summary: Start an Identity Session
 * description: Makes one identity session at MassPay, for the vendor to prove who she is, and shows its link. Every new `request_id` makes another session, which the providers charge for; the same one gives the same link while that is kept, and never a second session. Whoever has the link can act as her.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id]
 *         properties:
 *           request_id: { type: string }
 *           provider: { type: string, enum: [veriff, au10tix], default: veriff }
 * tags:
 *   - MassPay KYC
 * responses:
 *   "200":
 *     description: The `link` and its `provider`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<KycLinkBody>,
  res: MedusaResponse<VendorKycLinkResponse>
): Promise<void> => {
  const actor = operatorOf(req)
  const kernel = await kernelFrom(req.scope)
  const { provider, request_id } = req.validatedBody
  const link = await orRefuse(() =>
    startKycSession(kernel, {
      who: { payee_id: req.params.id ?? "" },
      provider,
      request_id,
      source: "operator",
      actor,
    })
  )
  kernel.nudgeOutbox()
  keepNowhere(res)
  res.json({ link, provider })
}
