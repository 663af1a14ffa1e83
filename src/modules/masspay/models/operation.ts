import { model } from "@medusajs/framework/utils"

import { OPERATION_KINDS } from "../../../domain/payout-status"

/** One thing a payout asks of MassPay, under one client id for ever. */
export const MasspayOperation = model.define("masspay_operation", {
  id: model.id({ prefix: "msop" }).primaryKey(),
  payout_id: model.text(),
  kind: model.enum([...OPERATION_KINDS]),
  client_id: model.text(),
  key_seq: model.number().default(1),
  key_first_used_at: model.dateTime().nullable(),
  key_burnt: model.boolean().default(false),
  /** The bytes to send, built once. */
  request_text: model.text(),
  remote_token: model.text().nullable(),
  remote_status: model.text().nullable(),
  proof: model.enum(["none", "executed", "not_executed"]).default("none"),
})
