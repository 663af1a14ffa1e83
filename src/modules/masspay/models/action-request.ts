import { model } from "@medusajs/framework/utils"

/** What an operator asked for, and what came of it. Asking again with the same `request_id` returns the same. */
export const MasspayActionRequest = model.define("masspay_action_request", {
  id: model.id({ prefix: "msact" }).primaryKey(),
  request_id: model.text(),
  action: model.text(),
  payout_id: model.text().nullable(),
  /** Of what is decided about a vendor and not about one payout. */
  payee_id: model.text().nullable(),
  payload: model.json().default({}),
  /** `proposed` waits for a second person. */
  state: model.enum(["proposed", "done", "rejected"]),
  maker: model.text(),
  maker_reason: model.text(),
  checker: model.text().nullable(),
  checker_reason: model.text().nullable(),
  decided_at: model.dateTime().nullable(),
  result: model.json().nullable(),
})
