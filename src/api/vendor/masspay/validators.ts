import { z } from "@medusajs/framework/zod"

import {
  VENDOR_PAYOUT_STATES,
  type VendorPayoutState,
} from "../../../domain/vendor-view"
import { currency, paging } from "../../admin/masspay/fields"
import { createdAt, oneOrMore, rangeOf } from "../../admin/masspay/validators"

const state = z.custom<VendorPayoutState>(
  (value) => VENDOR_PAYOUT_STATES.some((one) => one === value),
  { error: `Field 'state' must be one of: ${VENDOR_PAYOUT_STATES.join(", ")}` }
)

/** `GET /vendor/masspay/payouts` */
export const VendorPayoutsQuery = z
  .strictObject({
    ...paging,
    state: oneOrMore(state),
    currency_code: oneOrMore(currency),
    created_at: createdAt,
  })
  .transform(({ limit, offset, created_at, ...filters }) => ({
    listing: {
      filters: { ...filters, created_at: rangeOf(created_at) },
      limit,
      offset,
    },
  }))
export type VendorPayoutsQuery = z.infer<typeof VendorPayoutsQuery>

/** Of routes that take nothing: a vendor's id in the request would look as if it mattered. */
export const NothingQuery = z.strictObject({})

const RETURN_URL = "Field 'return_url' must be an https address"
/** `GET /vendor/masspay/tax-link` */
export const TaxLinkQuery = z.strictObject({
  return_url: z
    .string({ error: RETURN_URL })
    .max(2000, { error: RETURN_URL })
    .refine((text) => URL.canParse(text), { error: RETURN_URL }),
})
export type TaxLinkQuery = z.infer<typeof TaxLinkQuery>

/** Whether MassPay may send a vendor there: the same as what a payee may be sent to. */
export { isLinkOfMassPays as isReturnUrl } from "../../../modules/masspay-gateway/http/upload-links"
