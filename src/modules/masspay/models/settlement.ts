import { model } from "@medusajs/framework/utils"

/**
 * What one vendor is due for one order, as last computed. Amounts are minor
 * units of `currency_code`: `bigint` in the table, strings here.
 */
export const MasspaySettlement = model.define("masspay_settlement", {
  id: model.id({ prefix: "msset" }).primaryKey(),
  order_id: model.text().searchable(),
  /** The order the customer paid. */
  root_order_id: model.text(),
  display_id: model.number().nullable(),
  vendor_id: model.text(),
  currency_code: model.text(),
  gross: model.text(),
  commission: model.text(),
  /** Part of `gross`. */
  shipping: model.text(),
  /** Part of `gross`. */
  tax: model.text(),
  /** Part of `gross` that stays with the platform besides the commission. */
  platform: model.text(),
  refunded: model.text(),
  net: model.text(),
  commission_basis_points: model.number(),
  /** Minor units for each piece. */
  commission_fixed: model.text().default("0"),
  tax_rule: model.text(),
  lines: model.json(),
  held_reason: model.text().nullable(),
  held_detail: model.text().nullable(),
  notice: model.text().nullable(),
  facts_hash: model.text(),
  facts_as_of: model.dateTime(),
  revision: model.number().default(0),
  released_at: model.dateTime().nullable(),
  available_at: model.dateTime().nullable(),
})
