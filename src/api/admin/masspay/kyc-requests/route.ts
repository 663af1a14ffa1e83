import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import { listKycRequests } from "../../../../modules/masspay/queries/kyc-reads"
import type { AdminKycRequestListResponse } from "../../../../types/http-kyc"
import type { ListKycRequestsQuery } from "../kyc-validators"

/**
 * @oas [get] /admin/masspay/kyc-requests
 * operationId: GetMasspayKycRequests
 * summary: List KYC Requests
 * description: Papers that MassPay wants of vendors, the newest first. Whether a link can be shown stands under `link`, the link itself nowhere in it.
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "Id of the request, the vendor or the payout, or a part of the vendor's name.", schema: { type: string } }
 *   - { name: state, in: query, schema: { type: array, items: { type: string, enum: [open, cleared] } } }
 *   - { name: kind, in: query, schema: { type: array, items: { type: string, enum: [identity, bank_document, other] } } }
 *   - { name: payee_id, in: query, schema: { type: array, items: { type: string } } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay KYC
 * responses:
 *   "200":
 *     description: The page of requests.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListKycRequestsQuery>,
  res: MedusaResponse<AdminKycRequestListResponse>
): Promise<void> => {
  const { books, links } = await kernelFrom(req.scope)
  const { listing } = req.validatedQuery
  res.json(await listKycRequests(books, { ...listing, links }))
}
