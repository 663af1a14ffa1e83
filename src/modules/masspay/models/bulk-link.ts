import { model } from "@medusajs/framework/utils"

/** One linking of all vendors. At most one runs. */
export const MasspayBulkLink = model.define("masspay_bulk_link", {
  id: model.id({ prefix: "msblk" }).primaryKey(),
  request_id: model.text(),
  state: model.enum(["running", "finished", "cancelled"]).default("running"),
  started_by: model.text(),
  reason: model.text(),
  /** Every vendor of the shop has a payee by now. */
  is_listed: model.boolean().default(false),
  /** The last vendor who was listed. */
  after_vendor_id: model.text().nullable(),
  /** Why it does not go on, in plain words. */
  problem: model.text().nullable(),
  ended_at: model.dateTime().nullable(),
  ended_by: model.text().nullable(),
})
