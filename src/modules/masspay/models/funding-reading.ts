import { model } from "@medusajs/framework/utils"

import { FUNDING_VERDICTS } from "../../../domain/funding-movement"

/** What the funding wallets of a currency held at one reading, and what our own payouts had done to them by then. */
export const MasspayFundingReading = model.define("masspay_funding_reading", {
  id: model.id({ prefix: "msfrd" }).primaryKey(),
  currency_code: model.text(),
  /** Of all of them together. Minor units; `bigint` in the table, as below. */
  balance: model.text(),
  wallets: model.number(),
  began_at: model.dateTime(),
  read_at: model.dateTime(),
  /** What our payouts did since the beginning, signed: at least, and at most. */
  effect_low: model.text(),
  effect_high: model.text(),
  verdict: model.enum([...FUNDING_VERDICTS]),
})
