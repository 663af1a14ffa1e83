import { model } from "@medusajs/framework/utils"

/** A MassPay user whom a payee has, or once had: what she was paid stays with it. */
export const MasspayPayeeUser = model.define("masspay_payee_user", {
  id: model.id({ prefix: "mspyu" }).primaryKey(),
  payee_id: model.text(),
  vendor_id: model.text(),
  user_token: model.text(),
  unlinked_at: model.dateTime().nullable(),
  unlinked_by: model.text().nullable(),
  unlink_reason: model.text().nullable(),
  /** Of a former one: these books may have forgotten loads of it. */
  needs_adoption: model.boolean().default(false),
  read_in_full_at: model.dateTime().nullable(),
})
