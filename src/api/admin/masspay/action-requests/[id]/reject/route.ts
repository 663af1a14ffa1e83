import { answerRoute } from "../../answer-route"

/**
 * Rejects what another operator proposed, or withdraws what one proposed oneself; nothing is done.
 *
 * @oas [post] /admin/masspay/action-requests/{id}/reject
 * operationId: PostMasspayActionRequestsIdReject
 * summary: Reject a Proposal
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: "The action request's ID.", schema: { type: string } }
 *   - { name: dry_run, in: query, description: Only says what it would do., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [reason]
 *         properties:
 *           reason: { type: string, maxLength: 1000 }
 * tags:
 *   - MassPay Action Requests
 * responses:
 *   "200":
 *     description: What was done, or would be.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = answerRoute("reject")
