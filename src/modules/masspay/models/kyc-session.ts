import { model } from "@medusajs/framework/utils"

import { KYC_PROVIDERS } from "../../../domain/kyc"

/** A session that somebody asked MassPay for: written before it is asked, and asked for once. */
export const MasspayKycSession = model.define("masspay_kyc_session", {
  id: model.id({ prefix: "mskys" }).primaryKey(),
  /** The caller's request id, in the caller's own namespace. */
  request_key: model.text(),
  payee_id: model.text(),
  provider: model.enum([...KYC_PROVIDERS]),
  source: model.enum(["operator", "vendor"]),
  actor: model.text(),
  /** `asked` without an answer: nobody knows whether MassPay made it. */
  state: model.enum(["asked", "answered", "failed"]).default("asked"),
  kyc_request_id: model.text().nullable(),
})
