import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { settingsOf } from "../../../../settings"
import type { AdminSettingsResponse } from "../../../../types/http-settings"
import { booksOf } from "../books"

/**
 * @oas [get] /admin/masspay/settings
 * operationId: GetMasspaySettings
 * summary: List Settings
 * description: The plugin's options as they hold in the process that answers, with the defaults filled in. They are changed where the shop's configuration is, not here. Of a secret it says only whether it is set.
 * x-authenticated: true
 * tags:
 *   - MassPay Settings
 * responses:
 *   "200":
 *     description: The `settings`, in the order of the documentation.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminSettingsResponse>
): Promise<void> => {
  res.json({ settings: settingsOf(booksOf(req.scope).options) })
}
