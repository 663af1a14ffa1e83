import { answerRoute } from "../../answer-route"

/**
 * Confirms what another operator proposed; it is done at once.
 *
 * @oas [post] /admin/masspay/action-requests/{id}/confirm
 * operationId: PostMasspayActionRequestsIdConfirm
 * summary: Confirm a Proposal
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
export const POST = answerRoute("confirm")
