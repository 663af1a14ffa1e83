import { model } from "@medusajs/framework/utils"

import {
  KYC_CLEAR_REASONS,
  KYC_KINDS,
  KYC_PROVIDERS,
  KYC_REFUSALS,
  KYC_SOURCES,
} from "../../../domain/kyc"

/** Papers that MassPay wants of a payee. Opened once, closed once, never edited. */
export const MasspayKycRequest = model.define("masspay_kyc_request", {
  id: model.id({ prefix: "mskyc" }).primaryKey(),
  payee_id: model.text(),
  vendor_id: model.text(),
  kind: model.enum([...KYC_KINDS]),
  /** What MassPay refused a payment for, where it did. */
  refusal: model.enum([...KYC_REFUSALS]),
  /** MassPay's words where we have none of our own, without numbers and links. */
  text: model.text().nullable(),
  /** Where to upload, encrypted; `null` also once the request is closed. */
  link_sealed: model.text().nullable(),
  link_host: model.text().nullable(),
  /** Keyed, so that it tells nothing about the link but whether it is the same. */
  link_hash: model.text().nullable(),
  source: model.enum([...KYC_SOURCES]),
  provider: model.enum([...KYC_PROVIDERS]).nullable(),
  /** The payout that met it. */
  payout_id: model.text().nullable(),
  state: model.enum(["open", "cleared"]).default("open"),
  clear_reason: model.enum([...KYC_CLEAR_REASONS]).nullable(),
  clear_note: model.text().nullable(),
  cleared_by: model.text().nullable(),
  cleared_at: model.dateTime().nullable(),
  notified_at: model.dateTime().nullable(),
})
