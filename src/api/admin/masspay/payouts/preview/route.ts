import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { collectPolicy } from "../../../../../kernel"
import { previewCollect } from "../../../../../modules/masspay/queries/collect"
import { booksOptions } from "../../../../../options"
import type { AdminPayoutPreviewResponse } from "../../../../../types/http"
import { booksOf } from "../../books"
import type { PreviewPayoutsQuery } from "../../validators"

/** `count` is the number of vendors; a vendor has a row for each currency. */
type Page = { count: number; limit: number; offset: number }

/** What the next collect would pay, and why not the rest. Changes nothing. */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, PreviewPayoutsQuery>,
  res: MedusaResponse<AdminPayoutPreviewResponse & Page>
): Promise<void> => {
  const { limit, offset, vendor_id } = req.validatedQuery
  const { db, options } = booksOf(req.scope)
  const { rows, count } = await previewCollect(db, {
    policy: collectPolicy(booksOptions(options)),
    ...(vendor_id !== undefined && { vendor_id }),
    limit,
    offset,
  })
  res.json({ preview: rows, count, limit, offset })
}
