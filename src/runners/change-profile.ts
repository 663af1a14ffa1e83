import { randomUUID } from "node:crypto"

import {
  problemsWith,
  type ProfileFacts,
  profileFacts,
  type ProfileField,
  type ProfileInput,
} from "../domain/profile"
import {
  claimProfile,
  payeeOfProfile,
  releaseProfile,
} from "../modules/masspay/queries/payee-profile"
import { wantLinkUnlessHeld } from "../modules/masspay/queries/payee-users"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { ProfileAnswer } from "../modules/masspay-gateway/types"
import type { RunnerDeps } from "./deps"
import { linkPayees } from "./link-payees"

export type ChangedProfile =
  | { did: "changed"; payee_id: string; facts: ProfileFacts }
  | { did: "invalid"; problems: string[] }
  | { did: "refused"; code: ProfileRefusal; message: string }
export type ProfileRefusal =
  | "payee_not_found"
  | "not_linked"
  | "busy"
  | "locked"
  | "deactivated"
  | "incomplete"
  | "rejected"
  | "no_answer"

const REQUESTS = 2

/**
 * Passes on what somebody says about a payee's person, and keeps nothing but
 * the names of what is still missing. A vendor without a user is linked first,
 * in the ordinary way, because nothing may be stored until she is; where that
 * fails, or an operator has unlinked her, it is refused. Never throws for MassPay, and puts no value into
 * anything but the one request.
 */
export async function changeProfile(
  deps: RunnerDeps,
  {
    who,
    profile,
  }: {
    who: { payee_id: string } | { vendor_id: string }
    profile: ProfileInput
  }
): Promise<ChangedProfile> {
  let payee = await payeeOfProfile(deps.books, who)
  if (!payee) return refused("payee_not_found", "There is no such payee.")
  const problems = problemsWith(profile, {
    country_code: payee.country_code,
    today: await databaseNow(deps.books),
  })
  if (problems.length > 0) return { did: "invalid", problems }
  if (payee.user_token === null) {
    await wantLinkUnlessHeld(deps.books, payee.payee_id)
    const { vendor_id } = payee
    await linkPayees(deps, { vendor_id, of: "wanted" })
    payee = (await payeeOfProfile(deps.books, who)) ?? payee
  }
  if (payee.user_token === null) {
    return refused(
      "not_linked",
      "The vendor has no MassPay user yet, and nothing of this is stored here. Send it again once she is linked."
    )
  }
  const { payee_id } = payee
  // Of its own for every change: two in one process are two writers.
  const worker = `${deps.worker}:${randomUUID()}`
  const claimed = await claimProfile(deps.books, {
    payee_id,
    worker,
    lease_ms: (REQUESTS + 1) * deps.limits.deadline_ms,
  })
  if (!claimed) {
    return refused("busy", "Her profile is being changed right now. Try again.")
  }
  const { user_token, country_code } = claimed
  let missing: readonly ProfileField[] | undefined
  try {
    const answer = await deps.wire.changeProfile({
      user_token,
      country_code,
      profile,
    })
    if (answer.did === "changed") missing = answer.missing
    return changedOf(payee_id, answer)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    deps.log.warn("payee.profile_not_changed", { payee_id, code: error.code })
    return refusedBy(error, profile)
  } finally {
    await releaseProfile(deps.books, { payee_id, user_token, worker, missing })
  }
}

function changedOf(payee_id: string, answer: ProfileAnswer): ChangedProfile {
  switch (answer.did) {
    case "changed":
      return { did: "changed", payee_id, facts: profileFacts(answer.missing) }
    case "incomplete":
      return refused(
        "incomplete",
        `MassPay takes a profile only with a whole address. Give these too: ${answer.missing.join(", ")}.`
      )
    case "unknown_user":
      return refused("deactivated", "MassPay does not know this user any more.")
    case "not_active":
      return answer.status === "DEACTIVE"
        ? refused(
            "deactivated",
            "MassPay has closed this user's account. A change would open it again, for a fee, so none is made."
          )
        : refused(
            "locked",
            "MassPay has locked this user, and takes no changes until she is active again."
          )
  }
}

/** MassPay's own words may repeat what was given: only the names of fields are told. */
function refusedBy(error: GatewayError, profile: ProfileInput): ChangedProfile {
  if (error.disposition !== "stop") {
    return refused(
      "no_answer",
      "MassPay did not answer. Send the same again: it does no harm twice."
    )
  }
  const said = error.details.join(" ").toLowerCase()
  const fields = Object.keys(profile).filter((field) =>
    [field, field.replaceAll("_", " ")].some((name) => said.includes(name))
  )
  return refused(
    "rejected",
    fields.length > 0
      ? `MassPay refused the profile because of: ${fields.join(", ")}.`
      : "MassPay refused the profile without saying which part of it."
  )
}

function refused(code: ProfileRefusal, message: string): ChangedProfile {
  return { did: "refused", code, message }
}
