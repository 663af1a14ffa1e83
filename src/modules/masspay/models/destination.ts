import { model } from "@medusajs/framework/utils"

import { DESTINATION_STATUSES } from "../../../domain/destinations"

/**
 * Where a payee's direct payouts of one currency go: her bank, card or cash
 * desk. Of account data only the token of MassPay's set is here, a label and a
 * masked tail. A changed destination is a new row; the old one stays.
 */
export const MasspayDestination = model.define("masspay_destination", {
  id: model.id({ prefix: "msdst" }).primaryKey(),
  payee_id: model.text(),
  vendor_id: model.text(),
  /** Whose data it is at MassPay: after another linking it is not hers any more. */
  user_token: model.text(),
  /** Of the money that is paid out, upper case. */
  currency_code: model.text(),
  destination_token: model.text(),
  /** What she receives, upper case; she, or an operator who was shown it, chose it. */
  destination_currency_code: model.text(),
  /** ISO 3166-1 alpha-3. */
  country_code: model.text(),
  payer_name: model.text(),
  /** MassPay's word: BANK_DEPOSIT, CASH_PICKUP, … */
  delivery_type: model.text(),
  /** `null` until every required attribute is stored at MassPay. */
  attr_set_token: model.text().nullable(),
  label: model.text().nullable(),
  /** For people to tell accounts apart, e.g. `…6789`. */
  masked_tail: model.text().nullable(),
  /** Minor units of `currency_code`; `bigint` in the table; `null`: no bound. */
  min_amount: model.text().nullable(),
  max_amount: model.text().nullable(),
  /** As of `checked_at`, minor units of `currency_code`. */
  fee: model.text().nullable(),
  /** As of `checked_at`, a decimal: destination currency for one of `currency_code`. Estimated by MassPay. */
  exchange_rate: model.text().nullable(),
  estimated_availability: model.dateTime().nullable(),
  status: model.enum([...DESTINATION_STATUSES]).default("incomplete"),
  /** Stable code of what is wrong with it. */
  status_reason: model.text().nullable(),
  /** When MassPay last offered this route. */
  checked_at: model.dateTime(),
  check_at: model.dateTime(),
  /** The payout whose money came back from it. */
  returned_payout_id: model.text().nullable(),
  /** Who chose it: a user's id, or `vendor:<id>`. */
  chosen_by: model.text(),
  /** Since when another one is used. */
  replaced_at: model.dateTime().nullable(),
})
