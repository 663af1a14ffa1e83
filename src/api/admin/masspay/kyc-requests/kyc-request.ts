import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { kernelFrom } from "../../../../kernel"
import { retrieveKycRequest } from "../../../../modules/masspay/queries/kyc-reads"
import type { AdminKycRequestDetail } from "../../../../types/http-kyc"

/** One request as it is now; 404 when there is none. */
export async function kycRequestOf(
  scope: MedusaContainer,
  id: string
): Promise<AdminKycRequestDetail> {
  const { books, links } = await kernelFrom(scope)
  const found = await retrieveKycRequest(books, { id, links })
  if (found) return found
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `KYC request with id: ${id} was not found`
  )
}
