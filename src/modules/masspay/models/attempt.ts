import { model } from "@medusajs/framework/utils"

/** One request that may have been sent. What came of it is written once. */
export const MasspayAttempt = model.define("masspay_attempt", {
  id: model.id({ prefix: "msatt" }).primaryKey(),
  operation_id: model.text(),
  attempt_no: model.number(),
  idempotency_key: model.text(),
  request_sha256: model.text(),
  worker: model.text(),
  started_at: model.dateTime(),
  lease_until: model.dateTime(),
  outcome: model.text().nullable(),
  http_status: model.number().nullable(),
  evidence: model.json().nullable(),
  finished_at: model.dateTime().nullable(),
  proof: model.enum(["executed", "not_executed"]).nullable(),
})
