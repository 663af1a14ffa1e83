import { model } from "@medusajs/framework/utils"

import { KYC_STATUSES } from "../../../domain/kyc"
import { PAYEE_STATUSES } from "../../../domain/payout-status"

/** Ties one vendor of the host to one MassPay user. */
export const MasspayPayee = model.define("masspay_payee", {
  id: model.id({ prefix: "mspye" }).primaryKey(),
  vendor_id: model.text().searchable(),
  internal_user_id: model.text(),
  user_token: model.text().nullable(),
  status: model.enum([...PAYEE_STATUSES]).default("unlinked"),
  status_reason: model.text().nullable(),
  status_detail: model.text().nullable(),
  name: model.text().searchable().nullable(),
  email: model.text().nullable(),
  first_name: model.text().nullable(),
  last_name: model.text().nullable(),
  business_name: model.text().nullable(),
  /** ISO 3166-1 alpha-2, upper case. */
  country_code: model.text().nullable(),
  is_paused: model.boolean().default(false),
  pause_reason: model.text().nullable(),
  /** When an operator last let her payouts go on; earlier cancels count no more. */
  resumed_at: model.dateTime().nullable(),
  /** How she is paid; `null`: as option `payouts.method` says. */
  method: model.enum(["wallet", "direct"]).nullable(),
  /** When she is paid, e.g. `weekly:monday`; `null`: as option `payouts.schedule` says. */
  schedule: model.text().nullable(),
  /** Her smallest payout by currency, minor units as text; others as the option says. */
  minimum: model.json().nullable(),
  link_attempts: model.number().default(0),
  next_link_at: model.dateTime(),
  lease_owner: model.text().nullable(),
  lease_until: model.dateTime().nullable(),
  truth_as_of: model.dateTime().nullable(),
  /** Her loads at MassPay must be read in full before anything is sent: these books may have forgotten some. */
  needs_adoption: model.boolean().default(false),
  read_in_full_at: model.dateTime().nullable(),
  /** When it was last decided how what she has too much of comes back. */
  clawback_as_of: model.dateTime().nullable(),
  /** Whom MassPay's look-up named and who is not ours: only an operator may confirm her. */
  found_user_token: model.text().nullable(),
  found_user_at: model.dateTime().nullable(),
  /** An operator unlinked her: she is linked again only when somebody asks for it. */
  is_link_held: model.boolean().default(false),
  /** Somebody asked for her to be linked, whatever she is owed. */
  link_wanted_at: model.dateTime().nullable(),
  /** The last linking of all vendors that she is in. */
  bulk_link_id: model.text().nullable(),
  /** Names of the fields that a payout needs and MassPay does not have; `null`: not read yet. Never a value. */
  profile_missing: model.json().nullable(),
  profile_as_of: model.dateTime().nullable(),
  /** What is known of her papers; never more than MassPay said. */
  kyc_status: model.enum([...KYC_STATUSES]).default("unknown"),
  /** MassPay refuses to pay her for want of papers: a request that says so is open. */
  papers_wanted: model.boolean().default(false),
  /** When MassPay last said that she is locked. */
  locked_at: model.dateTime().nullable(),
  /** Mirror of her identity sessions, as last read. */
  kyc_sessions: model.json(),
  kyc_sessions_at: model.dateTime().nullable(),
  /** The one payout that may be tried although papers are wanted. */
  kyc_probe_id: model.text().nullable(),
  kyc_probes: model.number().default(0),
  kyc_probe_after: model.dateTime().nullable(),
  /** When her user is read next by itself. */
  refresh_at: model.dateTime().nullable(),
  /** Since when somebody wants her user to be read. */
  refresh_wanted_at: model.dateTime().nullable(),
  /** Readings in a row without news. */
  refresh_reads: model.number().default(0),
  refresh_lease_until: model.dateTime().nullable(),
  /** When her wallets are read next by themselves, and nobody reads them before. */
  wallets_at: model.dateTime(),
  wallets_not_before: model.dateTime(),
  /** When the mirror of her wallets was read, and of which user. */
  wallets_as_of: model.dateTime().nullable(),
  wallets_user_token: model.text().nullable(),
  /** Readings in a row that MassPay did not answer. */
  wallets_failures: model.number().default(0),
})
