import { model } from "@medusajs/framework/utils"

/** A Medusa event to publish, written in the transaction that caused it. */
export const MasspayOutboxEvent = model.define("masspay_outbox_event", {
  id: model.id({ prefix: "msout" }).primaryKey(),
  name: model.text(),
  /** Ids only. */
  payload: model.json(),
  cause_key: model.text(),
  published_at: model.dateTime().nullable(),
  attempts: model.number().default(0),
  next_attempt_at: model.dateTime(),
  lease_until: model.dateTime().nullable(),
})
