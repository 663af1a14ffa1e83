import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { completeVendorCartWorkflow } from "../../../../../workflows/complete-vendor-cart"

/**
 * Places the order, one vendor or many. Answers the paid order's id and which
 * order is whose.
 */
export const POST = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse
): Promise<void> => {
  const { result } = await completeVendorCartWorkflow(req.scope).run({
    input: { cart_id: req.params.id ?? "" },
  })
  res.status(200).json(result)
}
