import { model } from "@medusajs/framework/utils"

/** This payout takes this entry. */
export const MasspayPayoutItem = model.define("masspay_payout_item", {
  id: model.id({ prefix: "mspit" }).primaryKey(),
  payout_id: model.text(),
  entry_id: model.text(),
  /** The entry's amount, in minor units; `bigint` in the table. */
  amount: model.text(),
  /** Set when the payout ended without paying; the entry is open again. */
  released_at: model.dateTime().nullable(),
})
