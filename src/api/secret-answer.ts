import type { MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import type { Kernel } from "../kernel"
import { GatewayError } from "../modules/masspay-gateway/errors"
import { gatewayFields } from "../runners/resolve-log"

/** For answers that hold a link: nobody between here and the reader keeps them. */
export function keepNowhere<Answer>(res: MedusaResponse<Answer>): void {
  res.setHeader("Cache-Control", "no-store")
  res.setHeader("Pragma", "no-cache")
  res.setHeader("Referrer-Policy", "no-referrer")
}

/** Asks MassPay for somebody who waits; what went wrong is said without its words. */
export async function askMassPay<Answer>(
  { log }: Pick<Kernel, "log">,
  ask: () => Promise<Answer>
): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.warn("masspay.not_answered", gatewayFields(error))
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "MassPay gave no answer that can be used. Try again later.",
      error.code
    )
  }
}
