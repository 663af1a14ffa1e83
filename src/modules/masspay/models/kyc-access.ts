import { model } from "@medusajs/framework/utils"

/** An operator looked at the link of a request. */
export const MasspayKycAccess = model.define("masspay_kyc_access", {
  id: model.id({ prefix: "mskya" }).primaryKey(),
  kyc_request_id: model.text(),
  actor: model.text(),
})
