import { model } from "@medusajs/framework/utils"

import { NOTIFICATION_AUDIENCES } from "../../../domain/notifications"

/** Somebody is told of something, once for each cause. Holds no words, address or link. */
export const MasspayNotification = model.define("masspay_notification", {
  id: model.id({ prefix: "msnot" }).primaryKey(),
  cause_key: model.text(),
  kind: model.text(),
  audience: model.enum([...NOTIFICATION_AUDIENCES]),
  way: model.enum(["feed", "mail"]),
  /** Id of the payout, the request for papers, the payee or the event it is about. */
  subject_id: model.text(),
  vendor_id: model.text().nullable(),
  currency_code: model.text().nullable(),
  state: model
    .enum(["pending", "sent", "skipped", "no_channel", "unclear", "failed"])
    .default("pending"),
  /** Stable code: why it was skipped, or what failed last. */
  detail: model.text().nullable(),
  attempts: model.number().default(0),
  next_attempt_at: model.dateTime(),
  lease_until: model.dateTime().nullable(),
  sent_at: model.dateTime().nullable(),
  resend_of: model.text().nullable(),
})
