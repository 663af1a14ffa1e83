import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { kernelFrom } from "../kernel"
import { withLease } from "../modules/masspay/queries/leases"
import { areJobsOff, every } from "../schedule"
import { asJob } from "../sweep/job-run"
import { masspayCollectPayoutsWorkflow } from "../workflows/payout/workflows/collect-payouts"

defineFileConfig({ isDisabled: areJobsOff })

const LEASE_MS = 120_000

/**
 * Makes payouts of what became due. Two processes at it would make the same
 * ones once, but ask MassPay everything twice; hence the lease.
 */
export default async function collectPayoutsJob(
  container: MedusaContainer
): Promise<void> {
  const kernel = await kernelFrom(container)
  const { books, worker, nudgeDispatch, nudgeOutbox } = kernel
  const run = await withLease(
    books,
    { key: "collect", worker, lease_ms: LEASE_MS },
    () =>
      asJob(kernel, config.name, () =>
        masspayCollectPayoutsWorkflow(container).run({ input: {} })
      )
  )
  if (!run.ran) return
  nudgeDispatch()
  nudgeOutbox()
}

export const config = {
  name: "masspay-collect-payouts" as const,
  schedule: every("collect"),
}
