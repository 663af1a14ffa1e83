import { model } from "@medusajs/framework/utils"

/**
 * A refund as it was found, with what of it is in no line and nobody's yet.
 * Amounts are minor units: `bigint` in the table, strings here.
 */
export const MasspayRefund = model.define("masspay_refund", {
  id: model.id({ prefix: "msref" }).primaryKey(),
  /** `shop_refund_id`; of one of which more had to be allocated later, with #2, #3, … */
  refund_id: model.text(),
  /** The shop's id of it; made up where the shop tells sums only. */
  shop_refund_id: model.text(),
  /** An order of the family, as the marketplace adapter knows it. */
  order_id: model.text(),
  root_order_id: model.text(),
  currency_code: model.text(),
  amount: model.text(),
  unallocated: model.text().default("0"),
  /** How it could be divided, as last computed. */
  suggestion: model.json(),
  refunded_at: model.dateTime().nullable(),
})
