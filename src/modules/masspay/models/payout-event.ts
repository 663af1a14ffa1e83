import { model } from "@medusajs/framework/utils"

/** One step of a payout's timeline. Append-only. */
export const MasspayPayoutEvent = model.define("masspay_payout_event", {
  id: model.id({ prefix: "mspev" }).primaryKey(),
  payout_id: model.text(),
  /** The payout's version after the step. */
  version: model.number(),
  from_status: model.text().nullable(),
  to_status: model.text(),
  event: model.text(),
  cause: model.text().nullable(),
  detail: model.text().nullable(),
  actor: model.text().default("system"),
  run_id: model.text().nullable(),
})
