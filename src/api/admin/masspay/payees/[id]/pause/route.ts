import { decisionRoute } from "../../payee"

/**
 * @oas [post] /admin/masspay/payees/{id}/pause
 * operationId: PostMasspayPayeesIdPause
 * summary: Pause a Payee
 * description: Keeps everything of hers from being collected and sent; what is on the wire is not called back. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason]
 *         properties:
 *           request_id: { type: string }
 *           reason: { type: string }
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200":
 *     description: The payee, and what was decided.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = decisionRoute("pause")
