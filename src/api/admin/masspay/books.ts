import type { MedusaContainer } from "@medusajs/framework/types"

import { MASSPAY_MODULE } from "../../../modules/masspay"
import type { MasspayModuleService } from "../../../modules/masspay/service"

/** The books, for routes that only read them. */
export function booksOf(scope: MedusaContainer): MasspayModuleService {
  return scope.resolve<MasspayModuleService>(MASSPAY_MODULE)
}
