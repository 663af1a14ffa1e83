import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import {
  bulkLinkProgress,
  cancelBulkLink,
} from "../../../../../../modules/masspay/queries/bulk-link"
import type { AdminBulkLinkResponse } from "../../../../../../types/http-linking"
import { operatorOf } from "../../../operator"
import { orRefuseBulk } from "../refuse"

/**
 * Asks MassPay about nobody else; vendors who are linked by now stay linked.
 *
 * @oas [post] /admin/masspay/payees/bulk-link/cancel
 * operationId: PostMasspayPayeesBulkLinkCancel
 * summary: Cancel the Linking of All Vendors
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`bulk_link`, as far as it has come." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminBulkLinkResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const actor = operatorOf(req)
  await orRefuseBulk(() => cancelBulkLink(kernel.books, { actor }))
  kernel.log.info("bulk_link.cancelled", { actor })
  kernel.nudgeOutbox()
  res.json({ bulk_link: await bulkLinkProgress(kernel.books) })
}
