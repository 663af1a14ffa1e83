import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { kernelFrom } from "../kernel"
import { mirrorWallets } from "../runners/mirror-wallets"
import { watchFunding } from "../runners/watch-funding"
import { areJobsOff } from "../schedule"
import { asJob } from "../sweep/job-run"

defineFileConfig({ isDisabled: areJobsOff })

const MINUTE_MS = 60_000

/** Reads what lies in funding wallets, and asks what explains it; and what lies in payees' wallets, for people to see. */
export default async function mirrorBalancesJob(
  container: MedusaContainer
): Promise<void> {
  const kernel = await kernelFrom(container)
  await asJob(kernel, config.name, async () => {
    const { did } = await watchFunding(kernel)
    if (did === "read") kernel.nudgeOutbox()
    await mirrorWallets(kernel)
  })
}

export const config = {
  name: "masspay-mirror-balances" as const,
  schedule: { interval: MINUTE_MS },
}
