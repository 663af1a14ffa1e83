import type { JobFacts } from "../domain/go-live-shop"
import type { JobIntervals } from "../modules/masspay/queries/alarm-state"
import type { Db } from "../modules/masspay/queries/db"
import { agesOfControl } from "../modules/masspay/queries/go-live-facts"
import { jobRuns } from "../modules/masspay/queries/job-runs"
import { databaseNow } from "../modules/masspay/queries/settlements"

/** Taken with every look for a comparison that is due, once a minute. */
const RECONCILE = {
  name: "masspay-reconcile",
  key: "lease:reconcile:history",
  interval_s: 60,
}

/** When each job last ran to its end, in any process. */
export async function jobFacts(
  books: Db,
  { intervals }: { intervals: JobIntervals }
): Promise<JobFacts[]> {
  const now = await databaseNow(books)
  const runs = await jobRuns(books)
  const ages = await agesOfControl(books, [RECONCILE.key])
  const { name, key, interval_s } = RECONCILE
  return [
    ...Object.entries(intervals).map(([job, seconds]) => {
      const finished_at = runs.get(job)?.finished_at ?? null
      return {
        name: job,
        interval_s: seconds,
        ago_ms: finished_at && now.getTime() - finished_at.getTime(),
      }
    }),
    { name, interval_s, ago_ms: ages.get(key) ?? null },
  ]
}
