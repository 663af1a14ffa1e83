import { model } from "@medusajs/framework/utils"

/** A line that the platform sold, for good: whoever is named as its vendor later is not paid for it. Append-only. */
export const MasspayPlatformLine = model.define("masspay_platform_line", {
  id: model.id({ prefix: "mspln" }).primaryKey(),
  root_order_id: model.text(),
  kind: model.enum(["item", "shipping"]),
  ref: model.text(),
})
