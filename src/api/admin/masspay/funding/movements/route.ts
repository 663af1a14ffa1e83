import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listFundingMovements } from "../../../../../modules/masspay/queries/funding-movements"
import type {
  AdminFundingMovementListResponse,
  AdminFundingMovementResponse,
} from "../../../../../types/http-mirrors"
import { masspayRecordFundingMovementWorkflow } from "../../../../../workflows/funding/workflows/record-funding-movement"
import { booksOf } from "../../books"
import type {
  FundingMovementBody,
  ListFundingMovementsQuery,
} from "../../mirror-validators"
import { operatorOf } from "../../operator"

/**
 * @oas [get] /admin/masspay/funding/movements
 * operationId: GetMasspayFundingMovements
 * summary: List Recorded Movements
 * description: Money that came into funding wallets or left them by other ways than payouts, as operators recorded it, the latest first.
 * x-authenticated: true
 * parameters:
 *   - name: currency_code
 *     in: query
 *     description: One or several currencies.
 *     schema: { type: array, items: { type: string } }
 *   - name: limit
 *     in: query
 *     schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
 *   - name: offset
 *     in: query
 *     schema: { type: integer, minimum: 0, default: 0 }
 * tags:
 *   - MassPay Funding
 * responses:
 *   "200":
 *     description: The page of movements.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListFundingMovementsQuery>,
  res: MedusaResponse<AdminFundingMovementListResponse>
): Promise<void> => {
  const { listing } = req.validatedQuery
  res.json(await listFundingMovements(booksOf(req.scope).db, listing))
}

/**
 * @oas [post] /admin/masspay/funding/movements
 * operationId: PostMasspayFundingMovements
 * summary: Record a Movement
 * description: Writes down that money came into a funding wallet, or left it, by other ways than payouts. It moves nothing. The same `request_id` again changes nothing; what was recorded wrongly is undone by recording the opposite.
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [currency_code, amount, occurred_at, request_id, reason]
 *         properties:
 *           currency_code: { type: string }
 *           amount: { type: string, description: Major units; negative where money left. }
 *           occurred_at: { type: string, format: date-time, description: When it shows in MassPay's balance. }
 *           reference: { type: string, nullable: true, description: "Of a bank transfer, for example." }
 *           request_id: { type: string }
 *           reason: { type: string }
 * tags:
 *   - MassPay Funding
 * responses:
 *   "200":
 *     description: The movement, and what it does.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<FundingMovementBody>,
  res: MedusaResponse<AdminFundingMovementResponse>
): Promise<void> => {
  const { occurred_at, ...movement } = req.validatedBody
  const { result } = await masspayRecordFundingMovementWorkflow(req.scope).run({
    input: {
      ...movement,
      occurred_at: occurred_at.toISOString(),
      actor: operatorOf(req),
    },
  })
  res.json(result)
}
