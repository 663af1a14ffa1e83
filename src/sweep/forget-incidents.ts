import { purgeIncidents } from "../modules/masspay/queries/incident-watch"
import type { RunnerDeps } from "../runners/deps"

/** One run forgets so many, so that none is long; the next one goes on. */
const PURGED_PER_RUN = 1_000

/** Forgets alarms that ended so many days ago. Returns how many. */
export async function forgetOldIncidents(
  { books, log }: Pick<RunnerDeps, "books" | "log">,
  { days }: { days: number }
): Promise<number> {
  const purged = await purgeIncidents(books, { days, limit: PURGED_PER_RUN })
  if (purged > 0) log.info("incident.purged", { purged })
  return purged
}
