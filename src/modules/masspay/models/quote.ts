import { model } from "@medusajs/framework/utils"

/** What MassPay quoted for one direct payout. It moves nothing until it is committed. */
export const MasspayQuote = model.define("masspay_quote", {
  id: model.id({ prefix: "msqt" }).primaryKey(),
  /** The `quote` operation that asked for it; its `remote_token` is the payout's token at MassPay. */
  operation_id: model.text(),
  payout_id: model.text(),
  destination_id: model.text(),
  destination_token: model.text(),
  attr_set_token: model.text().nullable(),
  /** What leaves the wallet besides the fee, minor units of the payout's currency; `bigint` in the table; `null` until it is answered. */
  source_amount: model.text().nullable(),
  /** Minor units of the payout's currency; `bigint` in the table. */
  fee: model.text().nullable(),
  /** What she receives: a decimal as MassPay wrote it. */
  destination_amount: model.text().nullable(),
  destination_currency_code: model.text(),
  exchange_rate: model.text().nullable(),
  payer_name: model.text().nullable(),
  delivery_type: model.text().nullable(),
  estimated_availability: model.dateTime().nullable(),
  /** Never committed after it. Until it is answered: the latest that it can be. */
  expires_at: model.dateTime(),
  /** Of the request to commit it; `null`: none ever left. */
  commit_attempt_id: model.text().nullable(),
  /** Mirrors of what MassPay says of the committed payout. The pickup code is never kept. */
  trace_code: model.text().nullable(),
  status_reason: model.text().nullable(),
})
