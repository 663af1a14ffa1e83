import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { kernelFrom } from "../kernel"
import { areJobsOff, every } from "../schedule"
import { continueBulkLink } from "../sweep/bulk-link"
import { asJob } from "../sweep/job-run"

defineFileConfig({ isDisabled: areJobsOff })

/** Goes on with the linking of all vendors that an operator started, whichever process began it. */
export default async function linkPayeesJob(
  container: MedusaContainer
): Promise<void> {
  const kernel = await kernelFrom(container)
  await asJob(kernel, config.name, () =>
    kernel.shutdown.run(() => continueBulkLink(kernel, container))
  )
}

export const config = {
  name: "masspay-link-payees" as const,
  schedule: every("collect"),
}
