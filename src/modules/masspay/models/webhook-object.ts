import { model } from "@medusajs/framework/utils"

/** Something at MassPay that webhooks are about: looked up by one worker at a time, and not too often. */
export const MasspayWebhookObject = model.define("masspay_webhook_object", {
  /** `loads:<user token>`, `payee:<user token>` or `funding`. */
  key: model.text().primaryKey(),
  /** When it is to be looked up; `null` while nothing waits for it. */
  due_at: model.dateTime().nullable(),
  /** When its last look-up began. */
  looked_up_at: model.dateTime().nullable(),
  /** Look-ups in a row that MassPay did not answer. */
  failures: model.number().default(0),
  lease_owner: model.text().nullable(),
  lease_until: model.dateTime().nullable(),
})
