import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { readOverview } from "../../../../sweep/overview"
import type { AdminOverviewResponse } from "../../../../types/http-overview"
import { booksOf } from "../books"

/**
 * What an operator sees first: what waits for somebody, the funding wallets
 * against what is to be paid, payouts by state, thirty days, and the jobs.
 *
 * @oas [get] /admin/masspay/overview
 * operationId: GetMasspayOverview
 * summary: Get the Overview
 * x-authenticated: true
 * tags:
 *   - MassPay Health
 * responses:
 *   "200":
 *     description: The overview.
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminOverviewResponse>
): Promise<void> => {
  const { db, options } = booksOf(req.scope)
  res.json({ overview: await readOverview(db, options) })
}
