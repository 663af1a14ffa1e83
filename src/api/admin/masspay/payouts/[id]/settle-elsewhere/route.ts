import { actionRoute } from "../../action-route"

/**
 * Gives up a payout and books its amount as paid by other means. Above the approval limit a second operator has to confirm.
 *
 * @oas [post] /admin/masspay/payouts/{id}/settle-elsewhere
 * operationId: PostMasspayPayoutsIdSettleElsewhere
 * summary: Settle a Payout Elsewhere
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: "The payout's ID.", schema: { type: string } }
 *   - { name: dry_run, in: query, description: Only says what it would do., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason]
 *         properties:
 *           request_id: { type: string, description: "Made by you, a new one for each action." }
 *           reason: { type: string, maxLength: 1000 }
 * tags:
 *   - MassPay Payouts
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
export const POST = actionRoute("settle_elsewhere")
