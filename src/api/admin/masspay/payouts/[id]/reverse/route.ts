import { actionRoute } from "../../action-route"

/**
 * Asks MassPay to take a whole load, or a whole completed direct payout, back,
 * once. Options `payouts.allowReversal` and `direct.allowReversal`.
 *
 * @oas [post] /admin/masspay/payouts/{id}/reverse
 * operationId: PostMasspayPayoutsIdReverse
 * summary: Reverse a Payout
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
export const POST = actionRoute("reverse")
