import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { kernelFrom, webhookPolicy } from "../kernel"
import { applyWebhooks, forgetOldWebhooks } from "../runners/apply-webhooks"
import { areJobsOff, every } from "../schedule"
import { asJob } from "../sweep/job-run"

defineFileConfig({ isDisabled: areJobsOff })

/** Goes and looks because of what MassPay sent, and forgets what is old. */
export default async function applyWebhooksJob(
  container: MedusaContainer
): Promise<void> {
  const kernel = await kernelFrom(container)
  const { options } = kernel
  const { applied } = await asJob(kernel, config.name, async () => {
    const report = await applyWebhooks(kernel, webhookPolicy(options))
    await forgetOldWebhooks(kernel, { days: options.retention.webhookDays })
    return report
  })
  if (applied === 0) return
  kernel.nudgeDispatch()
  kernel.nudgeOutbox()
}

export const config = {
  name: "masspay-apply-webhooks" as const,
  schedule: every("webhooks"),
}
