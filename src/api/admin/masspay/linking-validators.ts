import { z } from "@medusajs/framework/zod"

import type { ProfileInput } from "../../../domain/profile"
import { privateText, reason, request_id, text } from "./fields"

/** `POST /admin/masspay/payees/:id/confirm-user` */
export const ConfirmUserBody = z.strictObject({
  /** As `GET /admin/masspay/payees/:id` shows it: what MassPay names now has to be the same. */
  found_user_token: text("found_user_token"),
  request_id,
  reason,
})
export type ConfirmUserBody = z.infer<typeof ConfirmUserBody>

const TEXT_MAX = 200
// No message repeats what was given.
const value = (name: string) => privateText(name, { max: TEXT_MAX }).optional()

const profile = {
  address1: value("address1"),
  address2: value("address2"),
  city: value("city"),
  state_province: value("state_province"),
  postal_code: value("postal_code"),
  date_of_birth: value("date_of_birth"),
  mobile_number: value("mobile_number"),
  middle_name: value("middle_name"),
  language: value("language"),
}

/** `POST /admin/masspay/payees/:id/profile`, and `/vendor/masspay/profile` */
export const ProfileBody = z
  .strictObject(profile)
  .refine((body) => Object.values(body).some((given) => given !== undefined), {
    error: "Give at least one field of the profile",
  })
  .transform((body): ProfileInput => {
    const given = Object.entries(body).filter(([, text]) => text !== undefined)
    return Object.fromEntries(given)
  })
export type ProfileBody = z.infer<typeof ProfileBody>

/** `POST /admin/masspay/payees/bulk-link`; `request_id` and `reason` are not needed for a dry run. */
export const BulkLinkBody = z.strictObject({
  request_id: request_id.optional(),
  reason: reason.optional(),
})
export type BulkLinkBody = z.infer<typeof BulkLinkBody>
