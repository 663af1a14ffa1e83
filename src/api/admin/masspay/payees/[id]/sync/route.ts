import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { kernelFrom } from "../../../../../../kernel"
import { payeeTruthOf } from "../../../../../../modules/masspay/queries/payee-refresh"
import { refreshPayee } from "../../../../../../runners/refresh-payees"
import type { AdminPayeeSyncResponse } from "../../../../../../types/http-kyc"
import { operatorOf } from "../../../operator"

/**
 * @oas [post] /admin/masspay/payees/{id}/sync
 * operationId: PostMasspayPayeesIdSync
 * summary: Read a Payee's User Now
 * description: Reads the vendor's user and her identity sessions at MassPay now, and applies what they say. Where she can be paid again, her requests for papers are closed, and her payouts go on by themselves.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200":
 *     description: The payee as MassPay has her, and how many requests were closed.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminPayeeSyncResponse>
): Promise<void> => {
  operatorOf(req)
  const id = req.params.id ?? ""
  const kernel = await kernelFrom(req.scope)
  const payee = await payeeTruthOf(kernel.books, id)
  if (!payee) {
    const message = `Payee with id: ${id} was not found`
    throw new MedusaError(MedusaError.Types.NOT_FOUND, message)
  }
  if (payee.user_token === null) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "The vendor has no MassPay account yet, so there is nothing to read.",
      "vendor_has_no_account"
    )
  }
  const read = await refreshPayee(kernel, {
    user_token: payee.user_token,
    with_sessions: true,
  })
  if (read.did === "unread") {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "MassPay did not answer. It is tried again by itself.",
      "masspay_not_answered"
    )
  }
  kernel.nudgeOutbox()
  const now = (await payeeTruthOf(kernel.books, id)) ?? payee
  const { user_token: _user_token, ...answer } = now
  res.json({ payee: answer, cleared: read.cleared })
}
