import { MedusaError } from "@medusajs/framework/utils"

import { BulkLinkRefusedError } from "../../../../../modules/masspay/queries/bulk-link"

/** A refusal is for the operator to read. */
export async function orRefuseBulk<Result>(
  work: () => Promise<Result>
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BulkLinkRefusedError)) throw error
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      error.message,
      error.code
    )
  }
}
