import { model } from "@medusajs/framework/utils"

/** A process of the shop that was seen. No record of anything: rows are forgotten after days. */
export const MasspayInstance = model.define("masspay_instance", {
  id: model.id({ prefix: "msins" }).primaryKey(),
  started_at: model.dateTime(),
  seen_at: model.dateTime(),
})
