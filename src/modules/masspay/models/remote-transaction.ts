import { model } from "@medusajs/framework/utils"

import { REMOTE_TYPES } from "../../../domain/discrepancies"

/**
 * What MassPay's history, or a payee's own list, said of one transaction when
 * it was read last. A `payout` that is no operation of ours is a withdrawal, or
 * an autopayout's: shown, never reasoned about. Notes and pickup codes are not
 * kept.
 */
export const MasspayRemoteTransaction = model.define(
  "masspay_remote_transaction",
  {
    id: model.id({ prefix: "msrtx" }).primaryKey(),
    token: model.text(),
    user_token: model.text().nullable(),
    payee_id: model.text().nullable(),
    type: model.enum([...REMOTE_TYPES]),
    /** MassPay's own words for it, here and below. */
    remote_type: model.text(),
    remote_status: model.text(),
    /** The status before the one that is there now, where it ever changed. */
    previous_status: model.text().nullable(),
    /** Minor units, `bigint` in the table; `null` where they cannot be told exactly. */
    source_amount: model.text().nullable(),
    source_currency_code: model.text().nullable(),
    destination_amount: model.text().nullable(),
    destination_currency_code: model.text().nullable(),
    fee: model.text().nullable(),
    time_of_txn: model.dateTime().nullable(),
    source_token: model.text().nullable(),
    destination_token: model.text().nullable(),
    delivery_type: model.text().nullable(),
    client_transfer_id: model.text().nullable(),
    /** The client id of a load or of a spendback. Only a payee's own list tells it; history does not. */
    client_id: model.text().nullable(),
    status_reason: model.text().nullable(),
    first_seen_at: model.dateTime(),
    last_seen_at: model.dateTime(),
    last_run_id: model.text().nullable(),
    changed_at: model.dateTime().nullable(),
  }
)
