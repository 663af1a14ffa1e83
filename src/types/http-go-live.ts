/** The checklist before a shop pays for real. Texts are English and for an operator; `key` and `code` are stable. */
import type { GoLiveKey, GoLiveState } from "../domain/go-live"

export type { GoLiveKey, GoLiveState }

export type AdminGoLiveStatement = {
  did: "attested" | "withdrawn"
  /** Id of the operator. */
  actor: string
  note: string
  at: string
}

export type AdminGoLiveItem = {
  key: GoLiveKey
  /** A `check` is looked at by itself with every run; an `attestation` is what a person vouches for. */
  kind: "check" | "attestation"
  title: string
  /** What was checked, or what is vouched for. */
  checked: string
  state: GoLiveState
  /** What was found, as a stable code. */
  code: string
  seen: string
  /** How to make it right; `null` where there is nothing to do. */
  fix: string | null
  /** One line for each currency, job, field or module concerned. */
  details: string[]
  /** Of an attestation: who changed what, the newest first. */
  history: AdminGoLiveStatement[]
}

export type AdminGoLive = {
  environment: "production" | "staging" | "sandbox"
  checked_at: string
  took_ms: number
  /** Nothing failed, and nothing waits for an attestation. */
  is_ready: boolean
  counts: Record<GoLiveState, number>
  items: AdminGoLiveItem[]
}

/** `GET /admin/masspay/go-live` */
export type AdminGoLiveResponse = { go_live: AdminGoLive }

/** `POST /admin/masspay/go-live/:key/attest` and `…/withdraw` */
export type AdminGoLiveDecisionResponse = {
  item: AdminGoLiveItem
  /** What it does, in plain words. */
  effect: string
}
