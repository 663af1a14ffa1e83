import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import { changeProfile } from "../../../../runners/change-profile"
import type { VendorProfileResponse } from "../../../../types/http-linking"
import type { ProfileBody } from "../../../admin/masspay/linking-validators"
import { profileOrRefuse } from "../../../profile-answer"
import { signedInVendor } from "../signed-in"

/**
 * Passes on what MassPay needs to know of the signed-in vendor before it pays
 * her. Only what is given is changed. Nothing of it is stored here, and the
 * answer says which fields MassPay has by now, never what they are.
 *
 * @oas [post] /vendor/masspay/profile
 * operationId: PostVendorMasspayProfile
 * summary: Complete My Profile
 * x-authenticated: true
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
 *   - MassPay Vendor
 * responses:
 *   "200": { description: "`profile`: which fields MassPay has by now." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "403": { description: "Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose." }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<ProfileBody>,
  res: MedusaResponse<VendorProfileResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const kernel = await kernelFrom(req.scope)
  const { payee_id, ...profile } = profileOrRefuse(
    await changeProfile(kernel, {
      who: { vendor_id },
      profile: req.validatedBody,
    })
  )
  kernel.log.info("payee.profile_changed", { payee_id, actor: "vendor" })
  res.json({ profile })
}
