import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { checkGoLive } from "../../../../go-live/check"
import type { AdminGoLiveResponse } from "../../../../types/http-go-live"
import type { GoLiveQuery } from "../go-live-validators"

/**
 * @oas [get] /admin/masspay/go-live
 * operationId: GetMasspayGoLive
 * summary: Check What Has to Be Right Before Going Live
 * description: Runs every check now, side by side, and answers within about ten seconds whatever hangs; a check that did not end counts as failed. Writes nothing. MassPay is asked for the account's balance once, and a signed self-test that changes nothing is posted to `webhooks.publicUrl` where that is set. What no machine can know is attested by operators.
 * x-authenticated: true
 * tags:
 *   - MassPay Go-live
 * responses:
 *   "200":
 *     description: Every item with its state, what was seen and how to make it right.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, GoLiveQuery>,
  res: MedusaResponse<AdminGoLiveResponse>
): Promise<void> => {
  res.json({ go_live: await checkGoLive(req.scope) })
}
