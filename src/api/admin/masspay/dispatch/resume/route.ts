import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../kernel"
import {
  dispatchStopped,
  resumeDispatch,
} from "../../../../../modules/masspay/queries/control"
import type { AdminDispatchResponse } from "../../../../../types/http"
import type { ResumeDispatchBody } from "../../validators"

/**
 * Lets payouts be sent again after they were stopped, for a reason that is kept
 * with the operator's id. The watch stops them again while an invariant fails.
 * Resuming what is not stopped changes nothing.
 *
 * @oas [post] /admin/masspay/dispatch/resume
 * operationId: PostMasspayDispatchResume
 * summary: Resume Dispatch
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [reason]
 *         properties:
 *           reason: { type: string, maxLength: 1000 }
 * tags:
 *   - MassPay Dispatch
 * responses:
 *   "200":
 *     description: Dispatch goes on.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<ResumeDispatchBody>,
  res: MedusaResponse<AdminDispatchResponse>
): Promise<void> => {
  const { books, log, nudgeDispatch } = await kernelFrom(req.scope)
  const actor = req.auth_context.actor_id
  const stop = await dispatchStopped(books)
  if (stop) {
    await resumeDispatch(books, { reason: req.validatedBody.reason, actor })
    log.warn("dispatch.resumed", { actor, invariant: stop.invariant })
    nudgeDispatch()
  }
  res.json({ stopped: null })
}
