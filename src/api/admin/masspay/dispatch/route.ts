import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { dispatchStopped } from "../../../../modules/masspay/queries/control"
import type { AdminDispatchResponse } from "../../../../types/http"
import { booksOf } from "../books"

/**
 * Whether payouts are being sent, and if not, why.
 *
 * @oas [get] /admin/masspay/dispatch
 * operationId: GetMasspayDispatch
 * summary: Get Whether Payouts Are Sent
 * x-authenticated: true
 * tags:
 *   - MassPay Dispatch
 * responses:
 *   "200":
 *     description: Why dispatch is stopped, or null.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminDispatchResponse>
): Promise<void> => {
  res.json({ stopped: await dispatchStopped(booksOf(req.scope).db) })
}
