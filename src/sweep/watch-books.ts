import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"

import { type Kernel, kernelFrom } from "../kernel"
import {
  dispatchStopped,
  getControl,
  type Json,
  setControl,
} from "../modules/masspay/queries/control"
import { withLease } from "../modules/masspay/queries/leases"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { checkBooks } from "../runners/check-books"
import { checkDestinations } from "../runners/check-destinations"
import { errorFields } from "../runners/log"
import { alarmPolicy } from "./alarm-policy"
import { forgetOldIncidents } from "./forget-incidents"
import { asJob } from "./job-run"
import { type AlarmPolicy, raiseAlarms } from "./watch-alarms"
import { alertAgedBalances } from "./watch-balances"

const MINUTE_MS = 60_000
const LEASE_MS = 5 * MINUTE_MS
/** The statements read all of the books, so they do not run every minute. */
const CHECK_EVERY_MS = 10 * MINUTE_MS
const CHECKED_KEY = "watch:invariants"
/** A debt that is days old is as well told an hour later. */
const AGES_EVERY_MS = 60 * MINUTE_MS
const AGES_KEY = "watch:ages"

const Checked = z.object({ at: z.string() })

/**
 * Says every minute if sending is stopped, checks the invariants now and then,
 * tells of vendors who have owed for too long, raises what else operators have
 * to look at, and forgets what ended long ago. A violation that money depends on stops dispatch in every
 * process, until an operator has looked.
 */
export async function watchBooks(container: MedusaContainer): Promise<void> {
  const kernel = await kernelFrom(container)
  await withLease(
    kernel.books,
    { key: "watch", worker: kernel.worker, lease_ms: LEASE_MS },
    () =>
      asJob(kernel, "masspay-watch", () =>
        watch(kernel, alarmPolicy(container, kernel.options))
      )
  )
}

async function watch(kernel: Kernel, alarms: AlarmPolicy): Promise<void> {
  const { books, log, options } = kernel
  const now = await databaseNow(books)
  if (await isDue(kernel, CHECKED_KEY, { now, every_ms: CHECK_EVERY_MS })) {
    await checkBooks(kernel)
    // Afterwards: a check that failed half way is done again.
    await setControl(books, CHECKED_KEY, { at: now.toISOString() })
  }
  if (await isDue(kernel, AGES_KEY, { now, every_ms: AGES_EVERY_MS })) {
    const { alertAfterDays } = options.clawback
    const told = await alertAgedBalances(kernel, { after_days: alertAfterDays })
    await setControl(books, AGES_KEY, { at: now.toISOString() })
    if (told > 0) kernel.nudgeOutbox()
  }
  const { opened, closed, reminded } = await raiseAlarms(kernel, alarms)
  if (opened + closed + reminded > 0) kernel.nudgeOutbox()
  // Last: nothing worth waking somebody for waits for it.
  await forgetOldIncidents(kernel, { days: options.retention.incidentDays })
  const stop = await dispatchStopped(books)
  if (stop) {
    log.error("dispatch.stopped", {
      reason: stop.reason,
      actor: stop.actor,
      invariant: stop.invariant,
    })
  }
  await lookAtRoutes(kernel)
}

/** Last: MassPay is asked, and nothing above must wait for its answers. */
async function lookAtRoutes(kernel: Kernel): Promise<void> {
  try {
    const { method: default_method } = kernel.options.payouts
    const { gone } = await checkDestinations(kernel, { default_method })
    if (gone > 0) kernel.nudgeOutbox()
  } catch (error) {
    kernel.log.error("destinations.not_checked", errorFields(error))
  }
}

async function isDue(
  { books }: Kernel,
  key: string,
  { now, every_ms }: { now: Date; every_ms: number }
): Promise<boolean> {
  const last = Checked.safeParse(await getControl<Json>(books, key))
  if (!last.success) return true
  return now.getTime() - Date.parse(last.data.at) >= every_ms
}
