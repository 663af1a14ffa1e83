import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import {
  sendHtml,
  statementOf,
  vendorOrNotFound,
} from "../../../statement-answers"
import type { StatementQuery } from "../../../statement-validators"

/**
 * The statement as a page to print, without scripts.
 *
 * @oas [get] /admin/masspay/payees/{id}/statement.html
 * operationId: GetMasspayPayeesIdStatementHtml
 * summary: Get a Payee's Statement to Print
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: currency_code, in: query, required: true, schema: { type: string } }
 *   - { name: from, in: query, required: true, description: "A date, which means its first moment in UTC, or a time.", schema: { type: string, format: date-time } }
 *   - { name: to, in: query, required: true, description: The same. Not part of the period., schema: { type: string, format: date-time } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "A page.", content: { text/html: {} } }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, StatementQuery>,
  res: MedusaResponse
): Promise<void> => {
  const vendor_id = await vendorOrNotFound(req.scope, req.params.id ?? "")
  const statement = await statementOf(req.scope, vendor_id, req.validatedQuery)
  sendHtml(res, statement)
}
