import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminRefundAllocationResponse } from "../../../../../../types/http"
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
