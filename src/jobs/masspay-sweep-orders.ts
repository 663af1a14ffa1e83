import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { areJobsOff, every } from "../schedule"
import { sweepOrders } from "../sweep/sweep-orders"

defineFileConfig({ isDisabled: areJobsOff })

/** Finds the orders that changed and that no event announced, and settles them. */
export default async function sweepOrdersJob(
  container: MedusaContainer
): Promise<void> {
  await sweepOrders(container)
}

export const config = {
  name: "masspay-sweep-orders",
  schedule: every("sweep"),
}
