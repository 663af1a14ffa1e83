import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { sendHtml, statementOf } from "../../../admin/masspay/statement-answers"
import type { StatementQuery } from "../../../admin/masspay/statement-validators"
import { signedInVendor } from "../signed-in"

/**
 * The statement as a page to print, without scripts.
 *
 * @oas [get] /vendor/masspay/statement.html
 * operationId: GetVendorMasspayStatementHtml
 * summary: Get a Statement to Print
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
 *     description: A page.
 *     content:
 *       text/html: {}
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, StatementQuery>,
  res: MedusaResponse
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const statement = await statementOf(req.scope, vendor_id, req.validatedQuery)
  sendHtml(res, statement)
}
