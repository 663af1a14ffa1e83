import type { WebhookKind, WebhookState } from "../domain/webhooks"

/** One signed delivery, as it was kept. */
export type AdminWebhookEvent = {
  id: string
  kind: WebhookKind
  /** As MassPay wrote it, where it is a plain word. */
  event_type: string | null
  remote_token: string | null
  client_id: string | null
  user_token: string | null
  /** What the message claims. It is never applied. */
  status: string | null
  /** What MassPay said when it was asked; `null` where nothing was asked, or it said nothing. */
  truth_status: string | null
  details: Record<string, string>
  is_stale: boolean
  state: WebhookState
  /** Stable code: why it is ignored, dead, or not looked up. */
  reason: string | null
  attempts: number
  signed_at: string | null
  received_at: string
  finished_at: string | null
  /** When it is looked at again, while it waits. */
  next_attempt_at: string | null
  /** Of what was received, hexadecimal. */
  body_sha256: string
}

export type AdminWebhookEventListResponse = {
  webhook_events: AdminWebhookEvent[]
  count: number
  limit: number
  offset: number
}

export type AdminWebhookEventResponse = { webhook_event: AdminWebhookEvent }

export type AdminWebhookDecisionResponse = AdminWebhookEventResponse & {
  /** What it does, in plain words. */
  effect: string
}

export type AdminWebhookTestResponse = {
  /** Whether the delivery was made up here, or is the one that was pasted. */
  is_sample: boolean
  /** The delivery that was checked; absent for a pasted one. */
  sample?: { header: string; body: string }
  /** What the route would answer. */
  status: 200 | 400 | 401
  checks: { name: string; passed: boolean; detail: string }[]
  /** What would be kept of it, had it come over the wire. Nothing was stored. */
  kept: Record<string, unknown> | null
}
