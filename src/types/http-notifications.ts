/** What people were told. No address, link or word of a message is in it: those exist only while it is sent. */
import type {
  NotificationAudience,
  NotificationKind,
  NotificationWay,
} from "../domain/notifications"

export type { NotificationAudience, NotificationKind, NotificationWay }

/**
 * `skipped`: there was nothing to tell any more, see `detail`. `no_channel`: no
 * provider or no address. `unclear`: an earlier try was never concluded, so it
 * may have left. `failed`: the provider failed too often.
 */
export type NotificationState =
  "pending" | "sent" | "skipped" | "no_channel" | "unclear" | "failed"

/** One row of `GET /admin/masspay/notifications`. */
export type AdminNotification = {
  id: string
  kind: NotificationKind
  audience: NotificationAudience
  way: NotificationWay
  /** Id of the payout, the request for papers, the payee or the event it is about. */
  subject_id: string
  vendor_id: string | null
  vendor_name: string | null
  state: NotificationState
  /** Stable code. */
  detail: string | null
  attempts: number
  /** The one it repeats, where an operator asked for that. */
  resend_of: string | null
  sent_at: string | null
  created_at: string
}
export type AdminNotificationListResponse = {
  notifications: AdminNotification[]
  count: number
  limit: number
  offset: number
}

/** `POST /admin/masspay/notifications/:id/resend` and `POST /admin/masspay/kyc-requests/:id/notify` */
export type AdminNotificationResendResponse = { effect: string }
