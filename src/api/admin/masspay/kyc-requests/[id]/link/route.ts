import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import { revealKycLink } from "../../../../../../modules/masspay/queries/kyc-decisions"
import type { AdminKycLinkResponse } from "../../../../../../types/http-kyc"
import { orRefuse } from "../../../../../../workflows/refusals"
import { keepNowhere } from "../../../../../secret-answer"
import { operatorOf } from "../../../operator"
import { kycRequestOf } from "../../kyc-request"

/**
 * @oas [post] /admin/masspay/kyc-requests/{id}/link
 * operationId: PostMasspayKycRequestsIdLink
 * summary: Show the Link of a KYC Request
 * description: Shows where the vendor uploads what MassPay wants. Whoever has the link can act as her, so the look is recorded with the operator's id, and the answer may not be cached. Pass it on to that vendor only. An API key cannot see it.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * tags:
 *   - MassPay KYC
 * responses:
 *   "200":
 *     description: The request, and its `link`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminKycLinkResponse>
): Promise<void> => {
  const actor = operatorOf(req)
  const id = req.params.id ?? ""
  const { books, links, log } = await kernelFrom(req.scope)
  const link = await orRefuse(() => revealKycLink(books, { id, actor, links }))
  log.info("kyc.link_shown", { kyc_request_id: id, actor })
  const { accesses: _accesses, ...kyc_request } = await kycRequestOf(
    req.scope,
    id
  )
  keepNowhere(res)
  res.json({ kyc_request, link })
}
