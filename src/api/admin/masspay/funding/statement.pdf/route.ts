import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../kernel"
import { askMassPay } from "../../../../secret-answer"
import type { AccountStatementQuery } from "../../mirror-validators"

/**
 * MassPay's own statement of the account, as it gives it.
 *
 * @oas [get] /admin/masspay/funding/statement.pdf
 * operationId: GetMasspayFundingStatementPdf
 * summary: Get MassPay's Account Statement
 * description: Asks MassPay for its statement of the account over whole days, both included, 31 at most. It is passed on and not kept.
 * x-authenticated: true
 * parameters:
 *   - { name: from, in: query, required: true, description: "The first day, YYYY-MM-DD.", schema: { type: string, format: date } }
 *   - { name: to, in: query, required: true, description: "The last day, which is part of it.", schema: { type: string, format: date } }
 * tags:
 *   - MassPay Funding
 * responses:
 *   "200":
 *     description: A file.
 *     content:
 *       application/pdf: {}
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AccountStatementQuery>,
  res: MedusaResponse
): Promise<void> => {
  const { from, to } = req.validatedQuery
  const kernel = await kernelFrom(req.scope)
  const file = await askMassPay(kernel, () =>
    kernel.wire.getAccountStatement({ from, to })
  )
  const { actor_type, actor_id } = req.auth_context
  kernel.log.info("account_statement.read", { actor_type, actor_id, from, to })
  res
    .set({
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="masspay-account-${from}-${to}.pdf"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    })
    .send(file)
}
