import { isJsonObject, parseJson } from "../json"
import { shownBody } from "./bodies"
import type {
  Delivery,
  DeliveryAttempt,
  DeliveryKind,
  DeliveryState,
} from "./types"

export type DeliveryView = {
  delivery_id: string
  event_id: string
  event_type: string | null
  kind: DeliveryKind
  state: DeliveryState
  /** What was told; of a tax interview only what may be kept. */
  body: unknown
  user_token: string | null
  load_token: string | null
  spendback_token: string | null
  payout_token: string | null
  created_at: string
  /** When it may leave at the earliest, on the virtual clock. */
  due_at: string
  attempts: DeliveryAttempt[]
}

export function viewDelivery(delivery: Delivery): DeliveryView {
  const { event, token, kind, state, attempts, time_ms } = delivery
  const { event_type, user_token, load_token } = event
  const { spendback_token, payout_token } = event
  const body = parseJson(event.body)
  return {
    delivery_id: token,
    event_id: event.token,
    event_type,
    kind,
    state,
    body: isJsonObject(body) ? shownBody(body) : body,
    user_token,
    load_token,
    spendback_token,
    payout_token,
    created_at: new Date(event.created_ms).toISOString(),
    due_at: new Date(time_ms).toISOString(),
    attempts: attempts.map((attempt) => ({ ...attempt })),
  }
}
