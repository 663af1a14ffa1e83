import { z } from "@medusajs/framework/zod"

import {
  NOTIFICATION_AUDIENCES,
  NOTIFICATION_KINDS,
} from "../../../domain/notifications"
import { paging, text } from "./fields"
import { among, oneOrMore } from "./validators"

const STATES = [
  "pending",
  "sent",
  "skipped",
  "no_channel",
  "unclear",
  "failed",
] as const

/** `GET /admin/masspay/notifications` */
export const ListNotificationsQuery = z
  .strictObject({
    ...paging,
    q: text("q").optional(),
    state: among("state", STATES),
    kind: among("kind", NOTIFICATION_KINDS),
    audience: among("audience", NOTIFICATION_AUDIENCES),
    vendor_id: oneOrMore(text("vendor_id")),
  })
  .transform(({ limit, offset, ...filters }) => ({
    listing: { filters, limit, offset },
  }))
export type ListNotificationsQuery = z.infer<typeof ListNotificationsQuery>
