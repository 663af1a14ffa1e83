import { MedusaError } from "@medusajs/framework/utils"

import type { Kernel } from "../../../kernel"
import { userTokenOf } from "../../../modules/masspay/queries/payee-refresh"

/** The MassPay user of the signed-in vendor; never one that a request names. */
export async function userOf(
  { books }: Pick<Kernel, "books">,
  vendor_id: string
): Promise<string> {
  const user_token = await userTokenOf(books, vendor_id)
  if (user_token !== null) return user_token
  throw new MedusaError(
    MedusaError.Types.NOT_ALLOWED,
    "Your MassPay account is not set up yet.",
    "vendor_has_no_account"
  )
}
