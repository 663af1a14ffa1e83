import { model } from "@medusajs/framework/utils"

import { VendorAdmin } from "./vendor-admin"

/** Who sells in this shop. The country is where she lives, and is paid. */
export const Vendor = model.define("vendor", {
  id: model.id({ prefix: "ven" }).primaryKey(),
  handle: model.text().unique(),
  name: model.text().searchable(),
  logo: model.text().nullable(),
  /** ISO 3166-1 alpha-2. */
  country_code: model.text().nullable(),
  admins: model.hasMany(() => VendorAdmin, { mappedBy: "vendor" }),
})
