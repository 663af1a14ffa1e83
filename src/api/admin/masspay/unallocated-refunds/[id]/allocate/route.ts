import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminRefundAllocationResponse } from "../../../../../../types/http-refunds"
import { masspayAllocateRefundWorkflow } from "../../../../../../workflows/settlement/workflows/allocate-refund"
import { operatorOf } from "../../../operator"
import type { AllocateRefundBody } from "../../../refund-validators"
import type { PayoutActionQuery } from "../../../validators"

type AllocateRequest = AuthenticatedMedusaRequest<AllocateRefundBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * Says whose the unallocated part of a refund is: `{ request_id, reason,
 * allocations: [{ vendor_id, amount }] }` of the signed-in operator; `vendor_id:
 * null` is the platform. The amounts add up to what is unallocated, and no
 * vendor bears more than she has left of the order. The settlements of the order
 * are computed anew at once. Where the approval policy asks for two people at
 * what is unallocated, it becomes a proposal for `POST
 * /admin/masspay/action-requests/:id/confirm`. `?dry_run=true` says what each
 * vendor's balance would change by, and changes nothing. The same `request_id`
 * again answers with what was done. 400 with the reason in plain words when it cannot be so, 404 when there
 * is no such refund.
 *
 * @oas [post] /admin/masspay/unallocated-refunds/{id}/allocate
 * operationId: PostMasspayUnallocatedRefundsIdAllocate
 * summary: Allocate a Refund
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, schema: { type: string } }
 *   - { name: dry_run, in: query, description: Only says what it would do., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, allocations]
 *         properties:
 *           request_id: { type: string, description: A new one for each allocation. }
 *           reason: { type: string, maxLength: 1000 }
 *           allocations:
 *             type: array
 *             items:
 *               type: object
 *               required: [vendor_id, amount]
 *               properties:
 *                 vendor_id: { type: string, nullable: true, description: "null is the platform." }
 *                 amount: { type: string, description: "Major units, for example 12.50." }
 * tags:
 *   - MassPay Refunds
 * responses:
 *   "200":
 *     description: What was allocated, proposed, or would be.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AllocateRequest,
  res: MedusaResponse<AdminRefundAllocationResponse>
): Promise<void> => {
  const { result } = await masspayAllocateRefundWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      id: req.params.id ?? "",
      actor: operatorOf(req),
      dry_run: req.validatedQuery.dry_run,
    },
  })
  res.json({ allocation: result.allocation })
}
