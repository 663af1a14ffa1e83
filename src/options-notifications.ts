import { z } from "@medusajs/framework/zod"

import {
  NOTIFICATION_KINDS,
  type NotificationKind,
} from "./domain/notifications"
import type { NotificationTemplate } from "./notifications/templates"
import { object } from "./options-parts"

const addressError = "an e-mail address"
const address = () =>
  z
    .string({ error: addressError })
    .regex(/^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/, { error: addressError })
const channelError =
  'the channel that your provider serves, for example "email", or false'

const hoursError = "a whole number from 1 to 720"

export const Notifications = object({
  /** Medusa's channel that mails leave by. Default "email"; `false` sends none. Without a provider for it, operators see in the admin what was not sent. */
  channel: z
    .union([z.literal(false), z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)], {
      error: channelError,
    })
    .default("email"),
  /** Sender of the mails, where your provider wants to be told. */
  from: address().optional(),
  /** Who is mailed what an operator should know, besides the admin's bell. Default: nobody. */
  operators: z
    .array(address(), { error: "a list of at most 20 e-mail addresses" })
    .max(20, { error: "a list of at most 20 e-mail addresses" })
    .default([]),
  /** Hours after which operators are told again of an alarm that is still so and that nobody has acknowledged. Default 24. */
  remindAfterHours: z
    .number({ error: hoursError })
    .int({ error: hoursError })
    .min(1, { error: hoursError })
    .max(720, { error: hoursError })
    .default(24),
  /** Your own words, by kind: functions of what is told that return `{ subject, text }`. The rest stays as it is. */
  templates: object(
    Object.fromEntries(
      NOTIFICATION_KINDS.map((kind) => [
        kind,
        z
          .custom<NotificationTemplate>(
            (given) => typeof given === "function",
            {
              error: "a function that returns { subject, text }",
            }
          )
          .optional(),
      ])
    ) as Record<
      NotificationKind,
      z.ZodOptional<z.ZodCustom<NotificationTemplate>>
    >
  ).prefault({}),
})
