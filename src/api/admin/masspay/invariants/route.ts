import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import { dispatchStopped } from "../../../../modules/masspay/queries/control"
import { checkBooks } from "../../../../runners/check-books"
import type { AdminInvariantsResponse } from "../../../../types/http"

/**
 * Checks every invariant of the books now, as the watch does by itself. When one
 * fails that could mean a double payment, sending stops in every process.
 *
 * @oas [post] /admin/masspay/invariants
 * operationId: PostMasspayInvariants
 * summary: Check the Books
 * x-authenticated: true
 * tags:
 *   - MassPay Dispatch
 * responses:
 *   "200":
 *     description: Every invariant, and why dispatch is stopped.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminInvariantsResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const invariants = await checkBooks(kernel)
  res.json({ invariants, stopped: await dispatchStopped(kernel.books) })
}
