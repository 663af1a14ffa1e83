import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { StatementResponse } from "../../../../types/http-statements"
import { statementOf } from "../../../admin/masspay/statement-answers"
import type { StatementQuery } from "../../../admin/masspay/statement-validators"
import { signedInVendor } from "../signed-in"

/**
 * What the signed-in vendor was owed at the start of a period, what changed it,
 * and what she was owed at its end. At most 20,000 lines.
 *
 * @oas [get] /vendor/masspay/statement
 * operationId: GetVendorMasspayStatement
 * summary: Get a Statement
 * x-authenticated: true
 * parameters:
 *   - { name: currency_code, in: query, required: true, schema: { type: string } }
 *   - { name: from, in: query, required: true, description: "A date, which means its first moment in UTC, or a time.", schema: { type: string, format: date-time } }
 *   - { name: to, in: query, required: true, description: The same. Not part of the period., schema: { type: string, format: date-time } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: The period, under `statement`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, StatementQuery>,
  res: MedusaResponse<StatementResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const statement = await statementOf(req.scope, vendor_id, req.validatedQuery)
  res.json({ statement })
}
