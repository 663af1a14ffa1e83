import type { IncidentKind } from "../domain/incidents"
import {
  type FundingTerms,
  lowFunding,
} from "../modules/masspay/queries/alarm-funding"
import {
  flippedPayouts,
  parkedPayouts,
  unknownPayouts,
  waitingPayouts,
} from "../modules/masspay/queries/alarm-payouts"
import {
  brokenBooks,
  type JobIntervals,
  longOpenCircuit,
  overdueJobs,
  overdueReconciliation,
  rejectedWebhooks,
  restoreWaitedFor,
  silentWebhooks,
} from "../modules/masspay/queries/alarm-state"
import type { Db } from "../modules/masspay/queries/db"
import {
  closeUnseen,
  remindOfIncidents,
} from "../modules/masspay/queries/incident-watch"
import {
  type IncidentCause,
  openIncidents,
} from "../modules/masspay/queries/incidents"
import { errorFields, type Log } from "../runners/log"

/** What the shop's options say about alarms. */
export type AlarmPolicy = {
  funding: FundingTerms
  /** Whether MassPay's messages are taken at all. */
  webhooks_on: boolean
  jobs: JobIntervals
  remind_every_ms: number
}

/** One way of noticing something. `null`: this shop has no such alarm. */
type Path = {
  kinds: readonly IncidentKind[]
  look: ((books: Db) => Promise<IncidentCause[]>) | null
}

function paths({ funding, webhooks_on, jobs }: AlarmPolicy): Path[] {
  return [
    // First: it knows from when on anything may be late.
    { kinds: ["job_overdue"], look: (books) => overdueJobs(books, jobs) },
    { kinds: ["payout_parked"], look: parkedPayouts },
    { kinds: ["payout_flipped"], look: flippedPayouts },
    { kinds: ["payout_unknown"], look: unknownPayouts },
    { kinds: ["payout_waiting"], look: waitingPayouts },
    { kinds: ["funding_low"], look: (books) => lowFunding(books, funding) },
    { kinds: ["webhooks_silent"], look: webhooks_on ? silentWebhooks : null },
    {
      kinds: ["webhooks_rejected"],
      look: webhooks_on ? rejectedWebhooks : null,
    },
    { kinds: ["reconcile_overdue"], look: overdueReconciliation },
    { kinds: ["invariant_broken", "dispatch_stopped"], look: brokenBooks },
    { kinds: ["circuit_open"], look: longOpenCircuit },
    { kinds: ["restore_waiting"], look: restoreWaitedFor },
  ]
}

type AlarmReport = {
  opened: number
  closed: number
  reminded: number
  /** Ways of noticing that failed; their incidents stay as they were. */
  failed: number
}

/**
 * Looks at everything that is worth waking an operator for: opens an incident
 * for each cause that is new, closes those whose cause is over, and reminds of
 * the rest. Safe in any number of processes at once, and after any crash: what
 * was told stands in the books.
 *
 * One look that fails keeps the others from nothing, and closes nothing.
 */
export async function raiseAlarms(
  { books, log }: { books: Db; log: Log },
  policy: AlarmPolicy
): Promise<AlarmReport> {
  const report: AlarmReport = { opened: 0, closed: 0, reminded: 0, failed: 0 }
  for (const { kinds, look } of paths(policy)) {
    try {
      const causes = look ? await look(books) : []
      const opened = await openIncidents(books, causes)
      for (const { id, cause_key } of opened.filter(({ is_new }) => is_new)) {
        report.opened += 1
        log.error("incident.opened", { incident_id: id, cause_key })
      }
      report.closed += await closeUnseen(books, {
        kinds,
        seen: causes.map(({ cause_key }) => cause_key),
      })
    } catch (error) {
      report.failed += 1
      log.error("alarms.not_looked", {
        kinds: kinds.join(","),
        ...errorFields(error),
      })
    }
  }
  report.reminded = await remindOfIncidents(books, {
    every_ms: policy.remind_every_ms,
  })
  if (report.closed > 0) log.info("incident.closed", { count: report.closed })
  return report
}
