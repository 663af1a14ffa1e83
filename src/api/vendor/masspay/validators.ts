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
