/** What is answered about the papers that MassPay wants. A link is in no list that operators see. */
import type {
  KycClearReason,
  KycKind,
  KycProvider,
  KycSource,
  KycStatus,
} from "../domain/kyc"
import type { PayeeStatus } from "../domain/payout-status"

export type { KycClearReason, KycKind, KycProvider, KycSource, KycStatus }

/**
 * `available`: it can be shown. `none`: MassPay gave none. `not_stored`: there is
 * no `encryptionKey` to keep it with. `unreadable`: no key opens it. `dropped`:
 * the request is closed.
 */
export type KycLinkState =
  "available" | "none" | "not_stored" | "unreadable" | "dropped"

/** One row of `GET /admin/masspay/kyc-requests`. */
export type AdminKycRequest = {
  id: string
  payee_id: string
  vendor_id: string
  vendor_name: string | null
  kind: KycKind
  /** Plain words: what is asked for. */
  title: string
  /** MassPay's own words where ours do not cover them, without numbers and links. */
  text: string | null
  /** Whether payments of hers are refused for it. */
  blocks_payments: boolean
  source: KycSource
  provider: KycProvider | null
  /** The payout that met it. */
  payout_id: string | null
  link: KycLinkState
  link_host: string | null
  state: "open" | "cleared"
  clear_reason: KycClearReason | null
  clear_note: string | null
  /** `system` where MassPay's word closed it. */
  cleared_by: string | null
  cleared_at: string | null
  notified_at: string | null
  created_at: string
}
export type AdminKycRequestListResponse = {
  kyc_requests: AdminKycRequest[]
  count: number
  limit: number
  offset: number
}

/** `GET /admin/masspay/kyc-requests/:id` */
export type AdminKycRequestDetail = AdminKycRequest & {
  /** Who looked at the link, the latest first. */
  accesses: { actor: string; created_at: string }[]
}
export type AdminKycRequestResponse = { kyc_request: AdminKycRequestDetail }

/** `POST /admin/masspay/kyc-requests/:id/link`. A bearer secret: not to be kept. */
export type AdminKycLinkResponse = {
  kyc_request: AdminKycRequest
  link: string
}

/** `POST /admin/masspay/kyc-requests/:id/clear` */
export type AdminKycClearResponse = {
  kyc_request: AdminKycRequest
  effect: string
}

/** `POST /admin/masspay/payees/:id/sync` */
export type AdminPayeeSyncResponse = {
  payee: {
    id: string
    vendor_id: string
    status: PayeeStatus
    kyc_status: KycStatus
    papers_wanted: boolean
    /** When MassPay's word was last applied. */
    truth_as_of: string | null
    sessions: {
      provider: string
      status: string
      started_at: string | null
    }[]
  }
  /** Requests that this reading closed. */
  cleared: number
}

/** One row of `GET /vendor/masspay/kyc-requests`: what is asked of her at the moment. */
export type VendorKycRequest = {
  id: string
  kind: KycKind
  title: string
  text: string | null
  /** Hers alone. `null` where there is none that can be shown: ask the marketplace. */
  link: string | null
  link_host: string | null
  created_at: string
}
export type VendorKycRequestListResponse = { kyc_requests: VendorKycRequest[] }

/** `POST /vendor/masspay/kyc-link` */
export type VendorKycLinkResponse = { link: string; provider: KycProvider }

/** `GET /vendor/masspay/tax-link` and `…/activation-link` */
export type VendorLinkResponse = {
  /** `null`: there is nothing to do there. */
  link: string | null
}
