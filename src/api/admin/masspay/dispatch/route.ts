import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { dispatchStopped } from "../../../../modules/masspay/queries/control"
import type { AdminDispatchResponse } from "../../../../types/http"
import { booksOf } from "../books"

/** Whether payouts are being sent, and if not, why. */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminDispatchResponse>
): Promise<void> => {
  res.json({ stopped: await dispatchStopped(booksOf(req.scope).db) })
}
