import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { readHealth } from "../../../../sweep/health"
import type { AdminHealthResponse } from "../../../../types/http-health"
import { booksOf } from "../books"

/**
 * Whether payouts work, and what that is judged by: the circuit, the rate, what
 * waits and for how long, when the jobs last ran, and the invariants.
 *
 * @oas [get] /admin/masspay/health
 * operationId: GetAdminMasspayHealth
 * summary: Get Health with Details
 * x-authenticated: true
 * tags:
 *   - MassPay Health
 * responses:
 *   "200":
 *     description: The health and everything it is judged by.
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminHealthResponse>
): Promise<void> => {
  const { db, options } = booksOf(req.scope)
  res.json({ health: await readHealth(db, options) })
}
