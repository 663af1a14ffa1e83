import type { PayeeMethod } from "../domain/destinations"
import {
  checkLater,
  claimDestinationsToCheck,
  noteRouteFound,
} from "../modules/masspay/queries/destination-checks"
import {
  type DestinationRow,
  markGone,
} from "../modules/masspay/queries/destinations"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { findRoute } from "./destination-routes"
import { errorFields } from "./log"
import { gatewayFields } from "./resolve-log"

const MINUTE_MS = 60_000
/** A few with every run: whatever else runs with it must not wait long. */
const PER_RUN = 5
const REQUESTS = 2
const UNREAD_AGAIN_MS = 15 * MINUTE_MS
/** A route that is gone may come back. */
const GONE_AGAIN_MS = 6 * 60 * MINUTE_MS

export type DestinationCheckReport = {
  found: number
  changed: number
  gone: number
  unread: number
}

/**
 * Looks at the routes of payees who are paid directly, once a day each: whether
 * MassPay still offers them, and within what limits. Bounded; safe in any number
 * of processes at once.
 */
export async function checkDestinations(
  deps: RunnerDeps,
  { default_method }: { default_method: PayeeMethod }
): Promise<DestinationCheckReport> {
  const report = { found: 0, changed: 0, gone: 0, unread: 0 }
  const due = await claimDestinationsToCheck(deps.books, {
    limit: PER_RUN,
    lease_ms: PER_RUN * REQUESTS * deps.limits.deadline_ms,
    default_method,
  })
  for (const destination of due) {
    if (deps.signal?.aborted) return report
    try {
      const result = await checkDestination(deps, destination)
      report[result] += 1
    } catch (error) {
      const { id: destination_id } = destination
      deps.log.error("destination.unrecorded", {
        destination_id,
        ...errorFields(error),
      })
    }
  }
  return report
}

/** Looks at one now. Does not throw for MassPay's sake. */
async function checkDestination(
  deps: RunnerDeps,
  destination: DestinationRow
): Promise<keyof DestinationCheckReport> {
  const { id } = destination
  let looked: Awaited<ReturnType<typeof findRoute>>
  try {
    looked = await findRoute(deps, destination)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    deps.log.warn("destination.unread", {
      destination_id: id,
      ...gatewayFields(error),
    })
    await checkLater(deps.books, { id, after_ms: UNREAD_AGAIN_MS })
    return "unread"
  }
  if ("found" in looked) {
    const { found: route } = looked
    const { is_changed } = await deps.books.tx((sql) =>
      noteRouteFound(sql, { id, route })
    )
    if (!is_changed) return "found"
    deps.log.info("destination.checked", {
      destination_id: id,
      result: "changed",
    })
    return "changed"
  }
  const { missing: reason } = looked
  await deps.books.tx(async (sql) => {
    await markGone(sql, { destination_id: id, reason })
    await checkLater(sql, { id, after_ms: GONE_AGAIN_MS })
  })
  deps.log.warn("destination.checked", { destination_id: id, result: reason })
  return "gone"
}
