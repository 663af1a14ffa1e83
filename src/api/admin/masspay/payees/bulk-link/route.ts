import type {
  AuthenticatedMedusaRequest,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { failureFields } from "../../../../../failure"
import { kernelFrom } from "../../../../../kernel"
import {
  bulkLinkProgress,
  startBulkLink,
} from "../../../../../modules/masspay/queries/bulk-link"
import {
  continueBulkLink,
  previewBulkLink,
} from "../../../../../sweep/bulk-link"
import type {
  AdminBulkLinkResponse,
  AdminBulkLinkStartResponse,
} from "../../../../../types/http-linking"
import { booksOf } from "../../books"
import type { BulkLinkBody } from "../../linking-validators"
import { operatorOf } from "../../operator"
import type { PayoutActionQuery } from "../../validators"
import { orRefuseBulk } from "./refuse"

type StartRequest = AuthenticatedMedusaRequest<BulkLinkBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * How far the linking of all vendors has come.
 *
 * @oas [get] /admin/masspay/payees/bulk-link
 * operationId: GetMasspayPayeesBulkLink
 * summary: Get the Linking of All Vendors
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`bulk_link`: the last one, or `null` before the first." }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 */
export const GET = async (
  req: MedusaRequest,
  res: MedusaResponse<AdminBulkLinkResponse>
): Promise<void> => {
  res.json({ bulk_link: await bulkLinkProgress(booksOf(req.scope).db) })
}

/**
 * Links every vendor of the shop who has no MassPay user yet, whatever she is
 * owed, in the background and at the pace that all requests have. One at a time;
 * it goes on after a restart. With `dry_run` it only counts, and MassPay is not
 * asked.
 *
 * @oas [post] /admin/masspay/payees/bulk-link
 * operationId: PostMasspayPayeesBulkLink
 * summary: Link All Vendors
 * x-authenticated: true
 * parameters:
 *   - { name: dry_run, in: query, description: Only counts., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         properties:
 *           request_id: { type: string, description: "Made by you, a new one for each time. Not needed for a dry run." }
 *           reason: { type: string, maxLength: 1000, description: "Not needed for a dry run." }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`bulk_link`, or `preview` of a dry run." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 */
export const POST = async (
  req: StartRequest,
  res: MedusaResponse<AdminBulkLinkStartResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  if (req.validatedQuery.dry_run) {
    res.json({ preview: await previewBulkLink(kernel, req.scope) })
    return
  }
  const { request_id, reason } = req.validatedBody
  if (request_id === undefined || reason === undefined) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "Fields 'request_id' and 'reason' are required"
    )
  }
  const actor = operatorOf(req)
  const id = await orRefuseBulk(() =>
    startBulkLink(kernel.books, { request_id, reason, actor })
  )
  kernel.log.info("bulk_link.started", { bulk_link_id: id, actor })
  kernel.nudgeOutbox()
  // The job would do it within its interval; whoever asked need not wait for it.
  void kernel.shutdown
    .run(() => continueBulkLink(kernel, req.scope))
    .catch((error: unknown) =>
      kernel.log.error("bulk_link.failed", failureFields(error))
    )
  res.json({ bulk_link: await bulkLinkProgress(kernel.books) })
}
