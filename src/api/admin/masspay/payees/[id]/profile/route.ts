import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../../../kernel"
import { changeProfile } from "../../../../../../runners/change-profile"
import type { AdminProfileResponse } from "../../../../../../types/http-linking"
import { profileOrRefuse } from "../../../../../profile-answer"
import type { ProfileBody } from "../../../linking-validators"
import { operatorOf } from "../../../operator"

/**
 * Passes on what MassPay needs to know of the person before it pays her. Only
 * what is given is changed. Nothing of it is stored here, and the answer says
 * which fields MassPay has by now, never what they are. A vendor without a
 * MassPay user is linked first.
 *
 * @oas [post] /admin/masspay/payees/{id}/profile
 * operationId: PostMasspayPayeesIdProfile
 * summary: Complete a Payee's Profile
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         properties:
 *           address1: { type: string }
 *           address2: { type: string }
 *           city: { type: string }
 *           state_province: { type: string, description: "Two letters in the US and in Canada." }
 *           postal_code: { type: string }
 *           date_of_birth: { type: string, format: date, description: "At least 18 years ago." }
 *           mobile_number: { type: string, description: "With its country code, digits only." }
 *           middle_name: { type: string }
 *           language: { type: string, minLength: 2, maxLength: 2 }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`profile`: which fields MassPay has by now." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<ProfileBody>,
  res: MedusaResponse<AdminProfileResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const payee_id = req.params.id ?? ""
  const profile = profileOrRefuse(
    await changeProfile(kernel, {
      who: { payee_id },
      profile: req.validatedBody,
    })
  )
  kernel.log.info("payee.profile_changed", { payee_id, actor: operatorOf(req) })
  res.json({ profile })
}
