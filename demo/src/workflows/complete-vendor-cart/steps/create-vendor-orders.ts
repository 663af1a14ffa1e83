import type { LinkDefinition } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import {
  cancelOrderWorkflow,
  createOrderWorkflow,
} from "@medusajs/medusa/core-flows"

import { MARKETPLACE_MODULE } from "../../../modules/marketplace"
import {
  type PaidOrder,
  type SoldItem,
  vendorOrderInput,
} from "../vendor-order-input"

type Input = { order: PaidOrder }
export type VendorOrder = { order_id: string; vendor_id: string }

/**
 * One vendor: the paid order is hers. Several: each gets an order of her own
 * with her lines, which names the paid one. Lines that no vendor sells stay
 * with the paid order only.
 */
export const createVendorOrdersStep = createStep(
  "create-vendor-orders",
  async ({ order }: Input, { container }) => {
    const sold = itemsByVendor(order.items)
    const vendorOrders: VendorOrder[] = []

    if (sold.size === 1) {
      const [vendor_id] = sold.keys()
      if (vendor_id) vendorOrders.push({ order_id: order.id, vendor_id })
      return new StepResponse(madeOf(vendorOrders), [])
    }

    const created: string[] = []
    try {
      for (const [vendor_id, items] of sold) {
        const { result } = await createOrderWorkflow(container).run({
          input: vendorOrderInput({ order, items }),
        })
        created.push(result.id)
        vendorOrders.push({ order_id: result.id, vendor_id })
      }
    } catch (error) {
      // A step that throws is not compensated itself, only those before it.
      await cancelAll(container, created)
      throw error
    }
    return new StepResponse(madeOf(vendorOrders), created)
  },
  async (created, { container }) => cancelAll(container, created ?? [])
)

function itemsByVendor(items: SoldItem[]): Map<string, SoldItem[]> {
  const sold = new Map<string, SoldItem[]>()
  for (const item of items) {
    const vendor_id = item.variant?.product?.vendor?.id
    if (!vendor_id) continue
    sold.set(vendor_id, [...(sold.get(vendor_id) ?? []), item])
  }
  return sold
}

function madeOf(vendor_orders: VendorOrder[]) {
  const links: LinkDefinition[] = vendor_orders.map((row) => ({
    [MARKETPLACE_MODULE]: { vendor_id: row.vendor_id },
    [Modules.ORDER]: { order_id: row.order_id },
  }))
  return { vendor_orders, links }
}

async function cancelAll(
  container: Parameters<typeof cancelOrderWorkflow>[0],
  order_ids: string[]
): Promise<void> {
  for (const order_id of order_ids) {
    await cancelOrderWorkflow(container).run({ input: { order_id } })
  }
}
