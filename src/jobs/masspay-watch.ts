import type { MedusaContainer } from "@medusajs/framework/types"
import { defineFileConfig } from "@medusajs/framework/utils"

import { areJobsOff } from "../schedule"
import { watchBooks } from "../sweep/watch-books"

defineFileConfig({ isDisabled: areJobsOff })

const MINUTE_MS = 60_000

/** Checks that the books still add up, stops sending when they do not, and tells operators what they have to look at. */
export default async function watchJob(
  container: MedusaContainer
): Promise<void> {
  await watchBooks(container)
}

export const config = {
  name: "masspay-watch",
  schedule: { interval: MINUTE_MS },
}
