import { model } from "@medusajs/framework/utils"

/** This shop in this environment. Exactly one row. */
export const MasspayInstallation = model.define("masspay_installation", {
  id: model.id({ prefix: "msin" }).primaryKey(),
  environment: model.text(),
  /** Six of [a-z0-9], part of every id that we give to MassPay. */
  tag: model.text(),
  system_identifier: model.text().nullable(),
  timeline: model.text().nullable(),
  database_oid: model.text().nullable(),
})
