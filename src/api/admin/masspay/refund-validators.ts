import { z } from "@medusajs/framework/zod"

import { paging, reason, request_id, text } from "./fields"

/** `GET /admin/masspay/unallocated-refunds` */
export const ListUnallocatedRefundsQuery = z.strictObject({
  ...paging,
  q: text("q").optional(),
  order_id: text("order_id").optional(),
  vendor_id: text("vendor_id").optional(),
})
export type ListUnallocatedRefundsQuery = z.infer<
  typeof ListUnallocatedRefundsQuery
>

const ALLOCATIONS =
  "Field 'allocations' must be a list of 1 to 100 objects { vendor_id, amount }"
const AMOUNT =
  "Field 'amount' must be a text in major units, for example \"12.50\""
const VENDOR =
  "Field 'vendor_id' must be the id of a vendor, or null for the platform"

/** `POST /admin/masspay/unallocated-refunds/:id/allocate` */
export const AllocateRefundBody = z.strictObject({
  request_id,
  reason,
  allocations: z
    .array(
      z.strictObject(
        {
          vendor_id: z.union([z.string().min(1).max(200), z.null()], {
            error: VENDOR,
          }),
          amount: z
            .string({ error: AMOUNT })
            .regex(/^\d{1,15}(\.\d{1,4})?$/, { error: AMOUNT }),
        },
        { error: ALLOCATIONS }
      ),
      { error: ALLOCATIONS }
    )
    .min(1, { error: ALLOCATIONS })
    .max(100, { error: ALLOCATIONS }),
})
export type AllocateRefundBody = z.infer<typeof AllocateRefundBody>
