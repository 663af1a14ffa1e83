import {
  createWorkflow,
  transform,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import {
  acquireLockStep,
  completeCartWorkflow,
  createRemoteLinkStep,
  releaseLockStep,
  useQueryGraphStep,
} from "@medusajs/medusa/core-flows"

import { createVendorOrdersStep } from "./steps/create-vendor-orders"
import {
  type CartRow,
  refuseCompletedCartStep,
} from "./steps/refuse-completed-cart"
import type { PaidOrder } from "./vendor-order-input"

export type CompleteVendorCartInput = { cart_id: string }

/** What a query for one row answers. */
type Found<Row> = { data: WorkflowData<Row> }

const LOCK_SECONDS = 60

/**
 * Turns a cart into the order that the customer pays, and that into one order
 * per vendor where several vendors sold it. A cart becomes an order once.
 */
export const completeVendorCartWorkflow = createWorkflow(
  "complete-vendor-cart",
  (input: CompleteVendorCartInput) => {
    // Not the cart's id alone: completing the cart locks that one itself.
    const key = transform(input, ({ cart_id }) => `vendor-orders:${cart_id}`)
    acquireLockStep({ key, timeout: 10, ttl: LOCK_SECONDS })

    const cart: Found<CartRow> = useQueryGraphStep({
      entity: "cart",
      fields: ["id", "completed_at"],
      filters: { id: input.cart_id },
      options: { isList: false, throwIfKeyNotFound: true },
    }).config({ name: "get-cart" })
    refuseCompletedCartStep({ cart: cart.data })

    const paid = completeCartWorkflow.runAsStep({
      input: { id: input.cart_id },
    })
    const order: Found<PaidOrder> = useQueryGraphStep({
      entity: "order",
      fields: [
        "id",
        "email",
        "currency_code",
        "region_id",
        "customer_id",
        "sales_channel_id",
        "shipping_address.*",
        "billing_address.*",
        "items.*",
        "items.adjustments.*",
        "items.variant.product.vendor.id",
        "shipping_methods.*",
      ],
      filters: { id: paid.id },
      options: { isList: false, throwIfKeyNotFound: true },
    }).config({ name: "get-paid-order" })

    const made = createVendorOrdersStep({ order: order.data })
    createRemoteLinkStep(made.links)

    releaseLockStep({ key })
    return new WorkflowResponse({
      order_id: paid.id,
      vendor_orders: made.vendor_orders,
    })
  }
)
