import { model } from "@medusajs/framework/utils"

/** Money that came into a funding wallet or left it by other ways than our payouts, as an operator recorded it. */
export const MasspayFundingMovement = model.define("masspay_funding_movement", {
  id: model.id({ prefix: "msfmv" }).primaryKey(),
  currency_code: model.text(),
  /** Signed minor units; `bigint` in the table. */
  amount: model.text(),
  occurred_at: model.dateTime(),
  /** Of a bank transfer, for example. */
  reference: model.text().nullable(),
  reason: model.text(),
  actor: model.text(),
})
