import type { JsonObject } from "../json"
import { toJsonNumber } from "../money"
import type { Load, Spendback, User, Wallet } from "../store"

/** Of a kind that is never issued, so that a receiver can prove that it dropped it. */
export const FAKE_TIN = "000-12-3456"

/** What MassPay tells, and whom it is about. */
export type EventContent = {
  event_type: string | null
  body: JsonObject
  user_token: string | null
  load_token: string | null
  spendback_token: string | null
  payout_token: string | null
}

const ABOUT_NOBODY = {
  user_token: null,
  load_token: null,
  spendback_token: null,
  payout_token: null,
}

export function loadEvent(load: Load): EventContent {
  const event_type = "load"
  return {
    event_type,
    body: {
      event_type,
      load_token: load.token,
      time_of_load: new Date(load.time_ms).toISOString(),
      client_load_id: load.client_load_id,
      // MassPay shows a user's wallet here, not the one the load was drawn from.
      source_token: load.wallet_token,
      wallet_token: load.wallet_token,
      amount: toJsonNumber(load.minor, load.currency_code),
      source_currency_code: load.currency_code,
      notes: load.notes,
      status: load.status,
    },
    ...ABOUT_NOBODY,
    user_token: load.user_token,
    load_token: load.token,
  }
}

export function spendbackEvent(spendback: Spendback): EventContent {
  const event_type = "spendback"
  return {
    event_type,
    body: {
      event_type,
      spendback_token: spendback.token,
      client_spendback_id: spendback.client_spendback_id,
      status: spendback.status,
    },
    ...ABOUT_NOBODY,
    user_token: spendback.user_token,
    spendback_token: spendback.token,
  }
}

/** Its name and its fields after the first are the sandbox's guess. */
export function userEvent(user: User): EventContent {
  const event_type = "user"
  return {
    event_type,
    body: {
      event_type,
      user_token: user.token,
      internal_user_id: user.profile.internal_user_id,
      status: user.status,
      status_reason: user.lock ? "Additional documentation required" : null,
    },
    ...ABOUT_NOBODY,
    user_token: user.token,
  }
}

/** That there is such an event is known, what is in it is the sandbox's guess. */
export function kycEvent(session: {
  user_token: string
  provider: string
  session_id: string
  status: string
}): EventContent {
  const event_type = "kyc"
  const { user_token, provider, session_id, status } = session
  return {
    event_type,
    body: { event_type, user_token, provider, session_id, status },
    ...ABOUT_NOBODY,
    user_token,
  }
}

/** Money that reached a funding wallet. The fields are the sandbox's guess. */
export function balanceCreditEvent(
  wallet: Wallet,
  credit: { minor: bigint; nowMs: number }
): EventContent {
  const event_type = "balance_credit"
  const { currency_code } = wallet
  return {
    event_type,
    body: {
      event_type,
      wallet_token: wallet.token,
      amount: toJsonNumber(credit.minor, currency_code),
      currency_code,
      balance: toJsonNumber(wallet.minor, currency_code),
      time_of_credit: new Date(credit.nowMs).toISOString(),
      source: "Sandbox Bank",
    },
    ...ABOUT_NOBODY,
  }
}

/** As MassPay sends it: in a casing of its own, without an event_type. */
export function taxEvent(user: User, nowMs: number): EventContent {
  const { profile } = user
  const now = new Date(nowMs).toISOString()
  const isUSPerson = profile.country === "USA"
  return {
    event_type: null,
    body: {
      IdentityKey: `idk_${user.token}`,
      AccountId: user.token,
      LegalName:
        profile.business_name ?? `${profile.first_name} ${profile.last_name}`,
      TIN: FAKE_TIN,
      TINType: isUSPerson ? "SSN" : "Foreign",
      TaxStatus: "TaxInfoOnFile",
      FormType: isUSPerson ? "W9" : "W8BEN",
      IsUSPerson: isUSPerson,
      FirstName: profile.first_name,
      LastName: profile.last_name,
      KYCStatus: "KYCNotTested",
      TaxTreatyCountry: null,
      TaxTreatyCountryCode: null,
      TaxIncomeType: null,
      ConsentElectronicSignature: true,
      ConsentElectronicReporting: true,
      CreatedOn: now,
      ModifiedOn: now,
      EmailAddress: profile.email,
      SignatureDate: now,
    },
    ...ABOUT_NOBODY,
    user_token: user.token,
  }
}

/** What a person may see of a body: a tax interview is told without what it told. */
export function shownBody(body: JsonObject): JsonObject {
  if (!("IdentityKey" in body)) return body
  const { AccountId, TaxStatus, FormType, ModifiedOn } = body
  return { AccountId, TaxStatus, FormType, ModifiedOn }
}
