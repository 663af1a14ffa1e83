import { z } from "@medusajs/framework/zod"

import {
  NOTIFICATION_AUDIENCES,
  NOTIFICATION_KINDS,
} from "../../../domain/notifications"
import { paging, text } from "./fields"
import { oneOrMore } from "./validators"

const STATES = [
  "pending",
  "sent",
  "skipped",
  "no_channel",
  "unclear",
  "failed",
] as const

const among = <const Values extends readonly [string, ...string[]]>(
  name: string,
  values: Values
) =>
  oneOrMore(
    z.enum(values, {
      error: `Field '${name}' must be one of: ${values.join(", ")}`,
    })
  )

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
