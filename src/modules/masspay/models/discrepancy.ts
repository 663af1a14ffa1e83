import { model } from "@medusajs/framework/utils"

import {
  DISCREPANCY_ACTIONS,
  DISCREPANCY_CLASSES,
  DISCREPANCY_SEVERITIES,
  DISCREPANCY_STATES,
} from "../../../domain/discrepancies"

/** A difference between the books and MassPay. It lives until somebody, or the truth, ends it. */
export const MasspayDiscrepancy = model.define("masspay_discrepancy", {
  id: model.id({ prefix: "msdis" }).primaryKey(),
  class: model.enum([...DISCREPANCY_CLASSES]),
  severity: model.enum([...DISCREPANCY_SEVERITIES]),
  state: model.enum([...DISCREPANCY_STATES]).default("open"),
  /** What makes it this one and no other. */
  cause_key: model.text(),
  payout_id: model.text().nullable(),
  payee_id: model.text().nullable(),
  vendor_id: model.text().nullable(),
  remote_token: model.text().nullable(),
  currency_code: model.text().nullable(),
  /** What either side says, amounts as decimal strings beside their currency. */
  ours: model.json().default({}),
  theirs: model.json().default({}),
  action: model.enum([...DISCREPANCY_ACTIONS]),
  run_id: model.text().nullable(),
  last_run_id: model.text().nullable(),
  first_seen_at: model.dateTime(),
  last_seen_at: model.dateTime(),
  resolved_by: model.text().nullable(),
  resolved_reason: model.text().nullable(),
  resolved_at: model.dateTime().nullable(),
  /** Since when it does not show any more. While it does, what was resolved stays resolved. */
  gone_at: model.dateTime().nullable(),
})
