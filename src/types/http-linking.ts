/** Whose MassPay user a vendor has, as the admin API and the vendor API answer. */
import type { PayeeAction } from "../domain/payee-action"
import type { ProfileFacts, ProfileField } from "../domain/profile"

export type { PayeeAction, ProfileFacts, ProfileField }

/** What an operator decided about a vendor's MassPay user, or would decide. */
export type AdminPayeeAction = {
  /** Of the stored request; `null` of a dry run. */
  id: string | null
  request_id: string
  action: PayeeAction
  payee_id: string
  vendor_id: string
  /** `proposed`: a second operator has to confirm. `preview`: a dry run; nothing was changed. */
  state: "done" | "proposed" | "rejected" | "preview"
  /** What it does, in plain words. */
  effect: string
}
/** `POST /admin/masspay/payees/:id/confirm-user`, `…/unlink` */
export type AdminPayeeActionResponse = { action: AdminPayeeAction }

/** What came of linking one vendor now. */
export type AdminLinkOutcome = {
  did: "linked" | "already_linked" | "not_linked" | "being_linked"
  /** Stable code; `null` when she is linked. */
  reason: string | null
  /** In plain words. */
  message: string
}
/** `POST /admin/masspay/payees/:id/link` */
export type AdminLinkResponse = { link: AdminLinkOutcome }

/** What MassPay has of a vendor's profile by now. Never a value of it. */
export type ProfileAnswerFacts = ProfileFacts & { payee_id: string }
/** `POST /admin/masspay/payees/:id/profile` */
export type AdminProfileResponse = { profile: ProfileAnswerFacts }
/** `POST /vendor/masspay/profile` */
export type VendorProfileResponse = { profile: ProfileFacts }

/** One linking of all vendors, as far as it has come. */
export type AdminBulkLink = {
  id: string
  state: "running" | "finished" | "cancelled"
  started_by: string
  reason: string
  started_at: string
  ended_at: string | null
  /** Who cancelled it. */
  ended_by: string | null
  /** Every vendor of the shop was counted; before, `total` grows. */
  is_listed: boolean
  total: number
  linked: number
  /** MassPay is still to be asked about them. */
  waiting: number
  not_linked: { reason: string; count: number }[]
  /** Why it does not go on at the moment, in plain words. */
  problem: string | null
}
/** `GET /admin/masspay/payees/bulk-link`, `POST …/cancel` */
export type AdminBulkLinkResponse = { bulk_link: AdminBulkLink | null }

/** What linking all vendors would begin with. MassPay is not asked. */
export type AdminBulkLinkPreview = {
  /** Known to the shop, or to these books. */
  vendors: number
  /** False where the marketplace's adapter cannot list vendors: then only those with an order are known. */
  is_complete: boolean
  linked: number
  /** Each is looked up at MassPay, and created where it does not know her. */
  to_look_up: number
  paused: number
  /** An operator unlinked them. */
  unlinked_by_operator: number
  incomplete: number
  /** The first 100 of the incomplete ones. */
  incomplete_vendors: { vendor_id: string; missing: string[] }[]
}
/** `POST /admin/masspay/payees/bulk-link` */
export type AdminBulkLinkStartResponse =
  AdminBulkLinkResponse | { preview: AdminBulkLinkPreview }
