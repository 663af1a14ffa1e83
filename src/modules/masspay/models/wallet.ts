import { model } from "@medusajs/framework/utils"

/** Mirror of one wallet of a payee at MassPay. Overwritten, never reasoned about. */
export const MasspayWallet = model.define("masspay_wallet", {
  id: model.id({ prefix: "mswlt" }).primaryKey(),
  payee_id: model.text(),
  /** Whose it is at MassPay: after another linking it is not hers any more. */
  user_token: model.text(),
  token: model.text(),
  currency_code: model.text(),
  /** Minor units; `bigint` in the table. */
  balance: model.text(),
  /** When the reading of it began. */
  as_of: model.dateTime(),
})
