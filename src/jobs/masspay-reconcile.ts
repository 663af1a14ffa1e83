import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { kernelFrom, reconcilePolicy } from "../kernel"
import { reconcile } from "../runners/reconcile"
import { areJobsOff } from "../schedule"
import { asJob } from "../sweep/job-run"

defineFileConfig({ isDisabled: areJobsOff })

const MINUTE_MS = 60_000

/**
 * Compares the books with MassPay, whether or not any event or webhook ever
 * came. Looks every minute whether a comparison is due, or was interrupted.
 */
export default async function reconcileJob(
  container: MedusaContainer
): Promise<void> {
  const kernel = await kernelFrom(container)
  await asJob(kernel, config.name, () =>
    reconcile(kernel, reconcilePolicy(kernel.options))
  )
  kernel.nudgeOutbox()
}

export const config = {
  name: "masspay-reconcile" as const,
  schedule: { interval: MINUTE_MS },
}
