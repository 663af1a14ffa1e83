import { linkStateOf } from "../modules/masspay/queries/link-outcome"
import type { AdminLinkOutcome } from "../types/http-linking"
import type { RunnerDeps } from "./deps"
import { linkPayees } from "./link-payees"

/**
 * Links one vendor now, in the ordinary way, and says in words what came of it.
 * `null` when there is no such payee. Never throws for MassPay.
 */
export async function linkNow(
  deps: RunnerDeps,
  payee_id: string
): Promise<AdminLinkOutcome | null> {
  const before = await linkStateOf(deps.books, payee_id)
  if (!before) return null
  if (before.user_token !== null) {
    return {
      did: "already_linked",
      reason: null,
      message: "The vendor has her MassPay user already.",
    }
  }
  await linkPayees(deps, { vendor_id: before.vendor_id, of: "wanted" })
  const after = (await linkStateOf(deps.books, payee_id)) ?? before
  if (after.user_token !== null) {
    return {
      did: "linked",
      reason: null,
      message: LINKED[after.status] ?? "The vendor has her MassPay user now.",
    }
  }
  if (after.is_busy) {
    return {
      did: "being_linked",
      reason: "being_linked",
      message:
        "MassPay is being asked about her right now. Look again in a minute.",
    }
  }
  if (after.is_paused) {
    return {
      did: "not_linked",
      reason: "paused",
      message: "The vendor is paused. Resume her first.",
    }
  }
  return {
    did: "not_linked",
    reason: after.status_reason ?? "not_linked",
    message:
      after.status_detail ??
      "The vendor has no MassPay user yet. It is tried again.",
  }
}

const LINKED: Record<string, string> = {
  active: "The vendor has her MassPay user now and can be paid.",
  locked:
    "The vendor has her MassPay user now. MassPay has locked it, so she is not paid yet.",
  deactivated:
    "The vendor has her MassPay user now. MassPay has closed it, so she cannot be paid.",
}
