import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { kernelFrom } from "../kernel"
import { adoptAfterRestore } from "../runners/adopt"
import { resolvePayouts } from "../runners/resolve"
import { areJobsOff, every } from "../schedule"
import { asJob } from "../sweep/job-run"

defineFileConfig({ isDisabled: areJobsOff })

const MINUTE_MS = 60_000

/** Makes sure that these are still the same books, then asks MassPay what became of payouts whose outcome is not proven. */
export default async function resolvePayoutsJob(
  container: MedusaContainer
): Promise<void> {
  const kernel = await kernelFrom(container)
  const { payouts, funding } = kernel.options
  const policy = { settle_window_ms: payouts.settleWindowMinutes * MINUTE_MS }
  await asJob(kernel, config.name, async () => {
    await adoptAfterRestore(kernel, { policy })
    await resolvePayouts(kernel, {
      policy,
      source_tokens: funding.sourceTokens ?? {},
    })
  })
  kernel.nudgeDispatch()
  kernel.nudgeOutbox()
}

export const config = {
  name: "masspay-resolve-payouts" as const,
  schedule: every("resolve"),
}
