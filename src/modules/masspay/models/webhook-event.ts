import { model } from "@medusajs/framework/utils"

import { WEBHOOK_KINDS, WEBHOOK_STATES } from "../../../domain/webhooks"

/** One signed delivery of MassPay's, with what of it may be kept. */
export const MasspayWebhookEvent = model.define("masspay_webhook_event", {
  id: model.id({ prefix: "mswhk" }).primaryKey(),
  /** The verified MAC, hexadecimal: the same delivery again is the same row. */
  dedupe_key: model.text(),
  body_sha256: model.text(),
  kind: model.enum([...WEBHOOK_KINDS]),
  event_type: model.text().nullable(),
  remote_token: model.text().nullable(),
  client_id: model.text().nullable(),
  user_token: model.text().nullable(),
  /** What it claims. Never applied. */
  status: model.text().nullable(),
  details: model.json().default({}),
  is_stale: model.boolean(),
  signed_at: model.dateTime().nullable(),
  received_at: model.dateTime(),
  state: model.enum([...WEBHOOK_STATES]).default("received"),
  reason: model.text().nullable(),
  /** What is looked up because of it. */
  object_key: model.text().nullable(),
  /** What MassPay said when it was asked. */
  truth_status: model.text().nullable(),
  attempts: model.number().default(0),
  next_attempt_at: model.dateTime(),
  finished_at: model.dateTime().nullable(),
})
