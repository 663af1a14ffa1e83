/**
 * Where vendors are paid directly, as the admin API and the vendor API answer.
 * Amounts are decimal strings in major units of `currency_code`, rates decimal
 * strings, times ISO 8601 strings in UTC. Of account details there is nothing but
 * a masked end: they are with MassPay.
 */
import type { DestinationStatus, PayeeMethod } from "../domain/destinations"
import type { FeeBearer } from "../domain/quotes"

export type { DestinationStatus, PayeeMethod }

/** What a vendor agrees to when she chooses a route. */
export type RouteTermsView = {
  /** What she receives. */
  destination_currency_code: string
  /** MassPay's, in the currency that is paid out, for the amount that was asked about; `null`: not told. */
  fee: string | null
  /** Estimated by MassPay: destination currency for one of the currency that is paid out. */
  exchange_rate: string
}

/** One way to pay a vendor, as MassPay offers it now. */
export type DestinationRoute = RouteTermsView & {
  destination_token: string
  payer_name: string
  delivery_type: string
  /** ISO 3166-1 alpha-3. */
  country_code: string
  description: string | null
  /** Inclusive; `null`: no bound. */
  min_amount: string | null
  max_amount: string | null
  estimated_availability: string | null
  /** Whether the amount that was asked about may go there; `null`: none was given. */
  fits: "fits" | "below_minimum" | "above_maximum" | null
}
/** `GET /admin/masspay/payees/:id/destinations/routes`, `GET /vendor/masspay/destinations/routes` */
export type DestinationRouteListResponse = {
  currency_code: string
  /** The one to choose first. */
  routes: DestinationRoute[]
  /** `best`: MassPay's own choice; where it names none, its cheapest, or all. */
  found_by: "best" | "cheapest" | "all"
}

/** Where payouts in one currency go. */
export type Destination = {
  id: string
  currency_code: string
  destination_currency_code: string
  exchange_rate: string | null
  fee: string | null
  min_amount: string | null
  max_amount: string | null
  country_code: string
  payer_name: string
  delivery_type: string
  label: string | null
  /** The masked end of an account's number. */
  account: string | null
  status: DestinationStatus
  /** Stable code of what is wrong; `null` when nothing is. */
  reason: string | null
  /** In plain words. */
  detail: string | null
  estimated_availability: string | null
  /** When MassPay last offered the route. */
  checked_at: string
  created_at: string
}
export type AdminDestination = Destination & {
  payee_id: string
  vendor_id: string
  destination_token: string
  /** A user's id, or `vendor:<id>`. */
  chosen_by: string
  /** Whose money came back. */
  returned_payout_id: string | null
  /** Since when another one is used. */
  replaced_at: string | null
}

/** How a vendor is paid. */
export type DestinationMethod = {
  /** Her own; `null`: as option `payouts.method` says. */
  own: PayeeMethod | null
  effective: PayeeMethod
}
/** `GET /admin/masspay/payees/:id/destinations` */
export type AdminDestinationListResponse = {
  method: DestinationMethod
  /** In use, one for each currency. */
  destinations: AdminDestination[]
  /** The latest 20 that others took the place of. */
  replaced: AdminDestination[]
}
/** `GET /vendor/masspay/destinations` */
export type VendorDestinationListResponse = {
  method: PayeeMethod
  destinations: Destination[]
}

/** A choice of a route: `destination` is `null` of a dry run, which only shows the terms. */
export type ChosenDestination<One> = {
  destination: One | null
  /** As MassPay offers it now; `null` where the same request was answered before. */
  terms:
    (RouteTermsView & Pick<Destination, "min_amount" | "max_amount">) | null
  /** What it does, in plain words. */
  effect: string
}
/** `POST /admin/masspay/payees/:id/destinations` */
export type AdminDestinationResponse = ChosenDestination<AdminDestination>
/** `POST /vendor/masspay/destinations` */
export type VendorDestinationResponse = ChosenDestination<Destination>

/** One field of the form of what MassPay wants to know. */
export type DestinationField = {
  /** The name to send its value under. */
  token: string
  label: string
  type: string
  input: "text" | "select" | "date"
  is_required: boolean
  options: string[] | null
  /** A regular expression that a value has to fit; `null`: only MassPay can tell. */
  pattern: string | null
  /** In MassPay's words. A date is sent as YYYY-MM-DD in any case. */
  hint: string | null
  /** MassPay has a value. All are sent again when one changes. */
  has_value: boolean
  max_length: number
}
/** `GET …/destinations/:destination_id/attributes`, `GET /vendor/masspay/destinations/attributes` */
export type DestinationFormResponse = {
  destination_id: string
  fields: DestinationField[]
  /** What MassPay collects through a link: see the requests for papers. */
  by_link: { label: string; has_value: boolean }[]
}
/** `POST …/destinations/:destination_id/attributes` and `…/use-again` */
export type AdminDestinationChangeResponse = {
  destination: AdminDestination
  effect: string
}
/** `POST /vendor/masspay/destinations/attributes` */
export type VendorDestinationChangeResponse = {
  destination: Destination
  effect: string
}

/** Of a payout by method `direct`: where it goes, and on what terms. */
export type AdminDirectPayout = {
  /** Where the latest quote leads; without one, where her money of this currency goes now. `null`: nowhere yet. */
  destination:
    | (Pick<
        AdminDestination,
        | "id"
        | "label"
        | "account"
        | "country_code"
        | "payer_name"
        | "delivery_type"
        | "destination_currency_code"
      > & {
        /** Money came back from it. */
        is_returned: boolean
        /** Another one is used since. */
        is_replaced: boolean
      })
    | null
  /** The latest that MassPay answered; `null`: none yet. */
  quote: {
    /** What leaves the funding wallet besides the fee, in the payout's currency. */
    source_amount: string
    fee: string
    /** As the amounts say it; `null`: there is no fee. */
    fee_borne_by: FeeBearer | null
    /** A decimal as MassPay wrote it. */
    destination_amount: string | null
    destination_currency_code: string
    exchange_rate: string | null
    estimated_availability: string | null
    expires_at: string
    /** The request to carry it out has left. That alone proves no payment. */
    is_committed: boolean
  } | null
  /** MassPay's word for what was carried out; `null`: none known. */
  remote_status: string | null
  /** In MassPay's words. */
  remote_reason: string | null
  /** By which a bank finds it. */
  trace_code: string | null
  /** MassPay can be asked for its paper. */
  has_confirmation: boolean
}

/** A rule by which MassPay pays a wallet out by itself. */
export type Autopayout = {
  /** MassPay's token of the rule: by it the rule is ended. */
  id: string
  /** Of the wallet that is paid out. */
  currency_code: string
  /** So much of what comes in, of 100. */
  percentage: number
  /** The end of MassPay's token for where it goes. */
  destination: string | null
  /** How that destination is called here, where it is one of hers. */
  label: string | null
}
/** `GET /admin/masspay/payees/:id/autopayouts`, `GET /vendor/masspay/autopayouts` */
export type AutopayoutListResponse = { autopayouts: Autopayout[] }
/** `POST` and `DELETE` of the same */
export type AutopayoutChangeResponse = AutopayoutListResponse & {
  effect: string
}

/** `GET /vendor/masspay/payouts/:id/pickup-code` */
export type VendorPickupCodeResponse = {
  /** What she shows where she fetches cash; `null`: there is none, or not yet. */
  pickup_code: string | null
}
