import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"

import type { MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { findRun } from "../../../../modules/masspay/queries/reconcile-reads"
import type { AdminReconciliation } from "../../../../types/http-reconciliation"
import { booksOf } from "../books"

/** Throws `not_found` when there is no such run. */
export async function runOrNotFound(
  scope: MedusaContainer,
  id: string
): Promise<AdminReconciliation> {
  const run = await findRun(booksOf(scope).db, id)
  if (run) return run
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `Reconciliation with id: ${id} was not found`
  )
}

/** Sends a file as it is made: nobody waits for its end, and nothing of it piles up. */
export async function streamCsv(
  res: MedusaResponse,
  name: string,
  lines: AsyncIterable<string>
): Promise<void> {
  res.set({
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${name}"`,
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
  })
  try {
    await pipeline(Readable.from(lines), res)
  } catch (error) {
    // Whoever asked went away, and so does the file.
    if (res.headersSent) res.destroy()
    else throw error
  }
}
