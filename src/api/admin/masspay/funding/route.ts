import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { fundingOverview } from "../../../../modules/masspay/queries/funding-overview"
import type { AdminFundingResponse } from "../../../../types/http-mirrors"
import { booksOf } from "../books"

/**
 * @oas [get] /admin/masspay/funding
 * operationId: GetMasspayFunding
 * summary: Get the Funding Wallets
 * description: What the funding wallets of each currency held when they were last read, and how much of its movement since the first reading our payouts and recorded movements explain.
 * x-authenticated: true
 * tags:
 *   - MassPay Funding
 * responses:
 *   "200":
 *     description: One of each currency, under `funding`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminFundingResponse>
): Promise<void> => {
  res.json({ funding: await fundingOverview(booksOf(req.scope).db) })
}
