import { model } from "@medusajs/framework/utils"

import {
  BLOCK_REASONS,
  PAYOUT_METHODS,
  PAYOUT_STATUSES,
} from "../../../domain/payout-status"

/** Pay this amount to this payee. The outbox of money. */
export const MasspayPayout = model.define("masspay_payout", {
  id: model.id({ prefix: "mspo" }).primaryKey(),
  payee_id: model.text(),
  vendor_id: model.text().searchable(),
  method: model.enum([...PAYOUT_METHODS]),
  status: model.enum([...PAYOUT_STATUSES]),
  block_reason: model.enum([...BLOCK_REASONS]).nullable(),
  block_detail: model.text().nullable(),
  /** Minor units; `bigint` in the table. */
  amount: model.text(),
  currency_code: model.text(),
  /** Why this payout exists: derived from the entries it takes. */
  source_key: model.text(),
  user_token: model.text().nullable(),
  source_token: model.text().nullable(),
  /** `not_required`, `required` or `approved`. */
  approval: model.text().default("not_required"),
  approved_by: model.text().nullable(),
  approved_at: model.dateTime().nullable(),
  /** Who caused it: never the one who approves it. */
  maker: model.text().default("system"),
  items_released: model.boolean().default(false),
  counted: model.boolean().default(false),
  effect_seq: model.number().default(0),
  needs_lookup: model.boolean().default(false),
  next_attempt_at: model.dateTime(),
  lease_owner: model.text().nullable(),
  lease_until: model.dateTime().nullable(),
  unknown_since: model.dateTime().nullable(),
  not_found_count: model.number().default(0),
  not_found_at: model.dateTime().nullable(),
  ambiguous_count: model.number().default(0),
  rotations: model.number().default(0),
  settle_until: model.dateTime().nullable(),
  truth_as_of: model.dateTime().nullable(),
  remote_status: model.text().nullable(),
  review_reason: model.text().nullable(),
  /** Age of the debt: when the oldest of its entries was booked. */
  oldest_entry_at: model.dateTime(),
  completed_at: model.dateTime().nullable(),
  version: model.number().default(1),
})
