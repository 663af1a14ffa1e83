import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { kernelFrom } from "../kernel"
import { dispatchPayouts } from "../runners/dispatch"
import { areJobsOff, every } from "../schedule"
import { asJob } from "../sweep/job-run"

defineFileConfig({ isDisabled: areJobsOff })

/** Sends the payouts that are due, then tells the shop and whom it concerns what happened. */
export default async function dispatchPayoutsJob(
  container: MedusaContainer
): Promise<void> {
  const kernel = await kernelFrom(container)
  try {
    await asJob(kernel, config.name, () =>
      kernel.shutdown.run(() => dispatchPayouts(kernel))
    )
  } finally {
    await kernel.tell()
  }
}

export const config = {
  name: "masspay-dispatch-payouts" as const,
  schedule: every("dispatch"),
}
