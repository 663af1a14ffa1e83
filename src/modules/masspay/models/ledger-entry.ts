import { model } from "@medusajs/framework/utils"

import { ENTRY_KINDS } from "../../../domain/payout-status"

/** One immutable signed amount for a vendor. Append-only. */
export const MasspayLedgerEntry = model.define("masspay_ledger_entry", {
  id: model.id({ prefix: "mslen" }).primaryKey(),
  vendor_id: model.text(),
  currency_code: model.text(),
  /** Minor units; `bigint` in the table. */
  amount: model.text(),
  kind: model.enum([...ENTRY_KINDS]),
  settlement_id: model.text().nullable(),
  source_key: model.text(),
  reason: model.text(),
  actor: model.text().default("system"),
  available_at: model.dateTime(),
})
