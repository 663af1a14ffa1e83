import { model } from "@medusajs/framework/utils"

/** An operation that MassPay once showed and that the last complete run did not find. One run proves nothing. */
export const MasspayRemoteAbsence = model.define("masspay_remote_absence", {
  operation_id: model.text().primaryKey(),
  first_run_id: model.text(),
  last_run_id: model.text(),
  first_missed_at: model.dateTime(),
})
