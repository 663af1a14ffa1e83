import type { KycKind, KycStatus } from "./kyc"
import { kycTitle } from "./kyc-texts"
import {
  type PayeeStatus,
  PAYOUT_STATUSES,
  type PayoutStatus,
} from "./payout-status"

/** What a payout is to the vendor it is for. What keeps us from sending it is not hers to see. */
export const VENDOR_PAYOUT_STATES = [
  "waiting",
  "in_transit",
  "paid",
  "taken_back",
  "not_paid",
  "netted",
] as const
export type VendorPayoutState = (typeof VENDOR_PAYOUT_STATES)[number]

const STATES: Record<PayoutStatus, VendorPayoutState> = {
  pending: "waiting",
  ready: "waiting",
  blocked: "waiting",
  sending: "in_transit",
  accepted: "in_transit",
  cancelled: "in_transit",
  unknown: "in_transit",
  needs_review: "in_transit",
  completed: "paid",
  reversing: "paid",
  reversed: "taken_back",
  void: "not_paid",
  netted: "netted",
}

export function vendorPayoutState(status: PayoutStatus): VendorPayoutState {
  return STATES[status]
}

/** The statuses that a vendor sees as one of these. */
export function statusesOf(
  states: readonly VendorPayoutState[]
): PayoutStatus[] {
  return PAYOUT_STATUSES.filter((status) => states.includes(STATES[status]))
}

/** In plain words for her, why she is not paid at the moment; `null` when she can be as far as is known. */
export function vendorDetail({
  status,
  is_paused,
  papers_wanted,
}: {
  status: PayeeStatus
  is_paused: boolean
  papers_wanted: boolean
}): string | null {
  switch (status) {
    case "unlinked":
    case "linking":
      return "Your MassPay account is not set up yet."
    case "locked":
      return "MassPay wants papers from you before you are paid."
    case "deactivated":
      return "Your MassPay account is closed."
    case "active":
      if (papers_wanted) {
        return "MassPay wants papers from you before you are paid."
      }
      return is_paused ? "Your payouts are paused. Ask the marketplace." : null
  }
}

export const MISSING_CODES = [
  "contact",
  "account",
  "papers",
  "profile",
  "account_closed",
  "paused",
] as const
/** One thing that keeps her from being paid, in plain words for her. */
export type VendorMissing = {
  code: (typeof MISSING_CODES)[number]
  text: string
}

const CONTACT = {
  email: "e-mail address",
  first_name: "first name",
  last_name: "last name",
  country_code: "country",
} as const
type Contact = Record<keyof typeof CONTACT, string | null>

/**
 * Everything that is known to be missing, and nothing that is not: an empty list
 * says that the shop knows of no reason, which MassPay may have all the same.
 * Her contact matters until she has an account, which it is made from.
 */
export function vendorMissing({
  status,
  is_paused,
  papers_wanted,
  profile_wanted,
  kyc_status,
  contact,
  kinds,
}: {
  status: PayeeStatus
  is_paused: boolean
  papers_wanted: boolean
  /** MassPay refused a payout because it lacks facts about her. */
  profile_wanted: boolean
  kyc_status: KycStatus
  /** `null`: the shop has not looked at it yet. */
  contact: Contact | null
  /** What open requests ask for. */
  kinds: readonly KycKind[]
}): VendorMissing[] {
  const missing: VendorMissing[] = []
  const isUnlinked = status === "unlinked" || status === "linking"
  if (isUnlinked && contact) {
    const names = (Object.keys(CONTACT) as (keyof typeof CONTACT)[])
      .filter((field) => contact[field] === null)
      .map((field) => CONTACT[field])
    if (names.length > 0) {
      const text = `This shop does not know your ${names.join(", ")}.`
      missing.push({ code: "contact", text })
    }
  }
  if (isUnlinked) {
    const text = "Your MassPay account is not set up yet."
    missing.push({ code: "account", text })
  }
  if (status === "deactivated") {
    const text = "Your MassPay account is closed."
    missing.push({ code: "account_closed", text })
  }
  if (status === "locked" || papers_wanted) {
    missing.push(...papersMissing({ kinds, kyc_status }))
  }
  if (profile_wanted) {
    const text =
      "MassPay needs your address and date of birth before it pays you."
    missing.push({ code: "profile", text })
  }
  if (is_paused) {
    const text = "Your payouts are paused. Ask the marketplace."
    missing.push({ code: "paused", text })
  }
  return missing
}

function papersMissing({
  kinds,
  kyc_status,
}: {
  kinds: readonly KycKind[]
  kyc_status: KycStatus
}): VendorMissing[] {
  const asked = [...new Set(kinds)].map(kycTitle)
  const texts = asked.length > 0 ? asked : ["MassPay wants papers from you."]
  const said =
    kyc_status === "declined"
      ? " It declined what you sent."
      : kyc_status === "submitted"
        ? " It has papers of yours and has not decided yet."
        : ""
  return texts.map((text) => ({ code: "papers", text: `${text}${said}` }))
}
