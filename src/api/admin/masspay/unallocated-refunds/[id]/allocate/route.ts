import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminRefundAllocationResponse } from "../../../../../../types/http-refunds"
import { masspayAllocateRefundWorkflow } from "../../../../../../workflows/settlement/workflows/allocate-refund"
import { operatorOf } from "../../../operator"
import type { AllocateRefundBody } from "../../../refund-validators"

/**
 * Says whose the unallocated part of a refund is: `{ request_id, reason,
 * allocations: [{ vendor_id, amount }] }` of the signed-in operator; `vendor_id:
 * null` is the platform. The amounts add up to what is unallocated, and no
 * vendor bears more than she has left of the order. The settlements of the order
 * are computed anew at once. The same `request_id` again answers with what was
 * done. 400 with the reason in plain words when it cannot be so, 404 when there
 * is no such refund.
 *
 * @oas [post] /admin/masspay/unallocated-refunds/{id}/allocate
 * operationId: PostMasspayUnallocatedRefundsIdAllocate
 * summary: Allocate a Refund
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, schema: { type: string } }
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
 *     description: What was allocated.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<AllocateRefundBody>,
  res: MedusaResponse<AdminRefundAllocationResponse>
): Promise<void> => {
  const { result } = await masspayAllocateRefundWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      id: req.params.id ?? "",
      actor: operatorOf(req),
    },
  })
  res.json({ allocation: result.allocation })
}
