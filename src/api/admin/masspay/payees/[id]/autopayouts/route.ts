import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { maskedDestination } from "../../../../../../domain/withdrawals"
import { kernelFrom } from "../../../../../../kernel"
import { userTokenOf } from "../../../../../../modules/masspay/queries/payee-refresh"
import type { AdminAutopayoutListResponse } from "../../../../../../types/http-mirrors"
import { askMassPay } from "../../../../../secret-answer"
import { vendorOrNotFound } from "../../../statement-answers"

const WALLETS_MAX = 10

/**
 * The rules by which MassPay pays the payee's wallets out by itself whenever
 * something comes in. She makes them at MassPay; they are read with every call.
 *
 * @oas [get] /admin/masspay/payees/{id}/autopayouts
 * operationId: GetMasspayPayeesIdAutopayouts
 * summary: List a Payee's Autopayout Rules
 * description: Asks MassPay for her wallets, and for the rules on each, ten wallets at most. A rule takes money out of the wallet the moment it comes, and a load that was taken out cannot be reversed.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`autopayouts`; none for a payee without a user." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminAutopayoutListResponse>
): Promise<void> => {
  const vendor_id = await vendorOrNotFound(req.scope, req.params.id ?? "")
  const kernel = await kernelFrom(req.scope)
  const user_token = await userTokenOf(kernel.books, vendor_id)
  const autopayouts: AdminAutopayoutListResponse["autopayouts"] = []
  if (user_token !== null) {
    await askMassPay(kernel, async () => {
      const wallets = await kernel.wire.listWallets(user_token)
      for (const { token, currency_code } of wallets.slice(0, WALLETS_MAX)) {
        const rules = await kernel.wire.listAutopayouts({
          user_token,
          wallet_token: token,
        })
        for (const { percentage, destination_token } of rules) {
          const destination = maskedDestination(destination_token)
          autopayouts.push({ currency_code, percentage, destination })
        }
      }
    })
  }
  res.json({ autopayouts })
}
