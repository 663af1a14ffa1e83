import { model } from "@medusajs/framework/utils"

/** Small shared state by key: the dispatch stop, leases, watermarks, funding wallets. */
export const MasspayControl = model.define("masspay_control", {
  key: model.text().primaryKey(),
  value: model.json().default({}),
  lease_owner: model.text().nullable(),
  lease_until: model.dateTime().nullable(),
})
