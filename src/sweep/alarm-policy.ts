import type { MedusaContainer } from "@medusajs/framework/types"

import { parseMajor } from "../domain/money"
import { collectPolicy } from "../kernel"
import { MASSPAY_MODULE } from "../modules/masspay"
import type { FundingTerms } from "../modules/masspay/queries/alarm-funding"
import type { JobIntervals } from "../modules/masspay/queries/alarm-state"
import type { MasspayModuleService } from "../modules/masspay/service"
import type { BooksOptions } from "../options"
import type { AlarmPolicy } from "./watch-alarms"

const HOUR_MS = 3_600_000
/** The watch itself and the reading of balances have no option of their own. */
const MINUTE_SECONDS = 60

/** What the options say about alarms. */
export function alarmPolicy(
  container: MedusaContainer,
  options: BooksOptions
): AlarmPolicy {
  const service = container.resolve<MasspayModuleService>(MASSPAY_MODULE)
  return {
    funding: fundingTerms(options),
    webhooks_on: service.options.webhooks !== false,
    jobs: jobIntervals(options),
    remind_every_ms: options.notifications.remindAfterHours * HOUR_MS,
  }
}

/** What a funding wallet has to hold, as the options say. */
export function fundingTerms(options: BooksOptions): FundingTerms {
  const { minimum, schedule, clock } = collectPolicy(options)
  return {
    minimum,
    ...(schedule && { schedule }),
    ...(clock && { clock }),
    low_balance: Object.fromEntries(
      Object.entries(options.funding.lowBalance).map(
        ([currency_code, amount]) => [
          currency_code,
          parseMajor(amount, currency_code),
        ]
      )
    ),
  }
}

/** Seconds between two runs of each job, as the options say. */
export function jobIntervals({ jobs }: BooksOptions): JobIntervals {
  const { dispatch, resolve, webhooks, sweep, collect } = jobs.intervals
  return {
    "masspay-dispatch-payouts": dispatch,
    "masspay-resolve-payouts": resolve,
    "masspay-apply-webhooks": webhooks,
    "masspay-sweep-orders": sweep,
    "masspay-collect-payouts": collect,
    "masspay-link-payees": collect,
    "masspay-mirror-balances": MINUTE_SECONDS,
    "masspay-watch": MINUTE_SECONDS,
  }
}
