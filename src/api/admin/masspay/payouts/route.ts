import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listPayouts } from "../../../../modules/masspay/queries/reads"
import type { AdminPayoutListResponse } from "../../../../types/http"
import { booksOf } from "../books"
import type { ListPayoutsQuery } from "../validators"

/** Payouts, newest first unless asked otherwise. */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListPayoutsQuery>,
  res: MedusaResponse<AdminPayoutListResponse>
): Promise<void> => {
  const { listing } = req.validatedQuery
  res.json(await listPayouts(booksOf(req.scope).db, listing))
}
