import { z } from "@medusajs/framework/zod"

import {
  DISCREPANCY_CLASSES,
  DISCREPANCY_SEVERITIES,
  DISCREPANCY_STATES,
  RUN_KINDS,
  RUN_STATUSES,
} from "../../../domain/discrepancies"
import { paging, reason, request_id, text } from "./fields"
import { among, oneOrMore } from "./validators"

/** `GET /admin/masspay/reconciliations` */
export const ListReconciliationsQuery = z.strictObject({
  ...paging,
  kind: among("kind", RUN_KINDS),
  status: among("status", RUN_STATUSES),
})
export type ListReconciliationsQuery = z.infer<typeof ListReconciliationsQuery>

const day = (field: string) => {
  const error = `Field '${field}' must be a day, for example 2026-01-31`
  return z.string({ error }).regex(/^\d{4}-\d{2}-\d{2}$/, { error })
}

/** `POST /admin/masspay/reconciliations`; whether the days make sense is for the books, who know today. */
export const StartReconciliationBody = z.strictObject({
  request_id,
  reason,
  from_date: day("from_date"),
  to_date: day("to_date"),
})
export type StartReconciliationBody = z.infer<typeof StartReconciliationBody>

/** `GET /admin/masspay/discrepancies` */
export const ListDiscrepanciesQuery = z.strictObject({
  ...paging,
  class: among("class", DISCREPANCY_CLASSES),
  severity: among("severity", DISCREPANCY_SEVERITIES),
  state: among("state", DISCREPANCY_STATES),
  vendor_id: oneOrMore(text("vendor_id")),
  run_id: oneOrMore(text("run_id")),
})
export type ListDiscrepanciesQuery = z.infer<typeof ListDiscrepanciesQuery>
