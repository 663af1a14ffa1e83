import { isSameShops } from "../domain/ids"
import type { PayeeStatus } from "../domain/payout-status"
import { ownerOfUser } from "../modules/masspay/queries/payee-users"
import {
  claimPayeesToLink,
  type Link,
  type PayeeToLink,
  recordLinked,
  recordNotLinked,
  recordSought,
} from "../modules/masspay/queries/payees"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type {
  RemoteUserRef,
  RemoteUserStatus,
} from "../modules/masspay-gateway/types"
import { readPayeeInFull } from "./adopt"
import type { RunnerDeps } from "./deps"
import { errorFields } from "./log"

type LinkReport = { linked: number; not_linked: number }

const BATCH_SIZE = 10
const BATCHES_PER_RUN_MAX = 20
const RETRY_FIRST_MS = 60_000
const RETRY_MAX_MS = 6 * 60 * 60_000

/**
 * Gives every payee with money due her MassPay user: the one that carries our
 * id for her, or a new one. After a restore, payees who are owed nothing are
 * sought too, once: these books may have forgotten what they were paid. Creating a user is not protected by a key, so she
 * is looked up before, and again after a creation whose outcome is not known;
 * the lease keeps other workers away meanwhile. A user of somebody else's is
 * never adopted, whatever the e-mail says: it would pay the wrong person. An
 * operator may confirm her (`confirmUser`).
 */
export async function linkPayees(
  deps: RunnerDeps,
  {
    vendor_id = null,
    of = "owed",
  }: {
    vendor_id?: string | null
    /** `wanted`: those whom somebody asked for, whatever they are owed. */
    of?: "owed" | "wanted"
  } = {}
): Promise<LinkReport> {
  const report: LinkReport = { linked: 0, not_linked: 0 }
  for (let batch = 0; batch < BATCHES_PER_RUN_MAX; batch += 1) {
    if (deps.signal?.aborted) break
    const payees = await claimPayeesToLink(deps.books, {
      worker: deps.worker,
      limit: BATCH_SIZE,
      // One after the other, up to five requests each.
      lease_ms: BATCH_SIZE * 5 * deps.limits.deadline_ms,
      of,
      vendor_id,
    })
    for (const payee of payees) {
      if (await linkOne(deps, payee)) report.linked += 1
      else report.not_linked += 1
    }
    if (payees.length < BATCH_SIZE) break
  }
  return report
}

/** Never throws: trouble with one payee is hers alone. */
async function linkOne(deps: RunnerDeps, payee: PayeeToLink): Promise<boolean> {
  const names = { payee_id: payee.payee_id, vendor_id: payee.vendor_id }
  try {
    const found = await findOrCreate(deps, payee)
    if (found === "nobody") {
      const { payee_id } = payee
      await recordSought(deps.books, { payee_id, worker: deps.worker })
      return false
    }
    await deps.failpoint?.("link.created")
    if ("reason" in found) {
      await giveBack(deps, payee, found)
      deps.log.warn("payee.not_linked", { ...names, reason: found.reason })
      return false
    }
    const outcome = await recordLinked(deps.books, {
      payee_id: payee.payee_id,
      worker: deps.worker,
      ...found,
    })
    const isLinked = outcome === "linked"
    // Whatever she was paid that these books forgot is known before she is paid.
    if (isLinked && found.was_found) {
      const { payee_id } = payee
      await readPayeeInFull(deps, { payee_id, user_token: found.user_token })
    }
    deps.log[isLinked ? "info" : "warn"]("payee.link_result", {
      ...names,
      outcome,
    })
    return isLinked
  } catch (error) {
    // Its lease ends, and the next look-up finds what was created.
    deps.log.error("payee.unrecorded", { ...names, ...errorFields(error) })
    return false
  }
}

type Found = Pick<
  Link,
  "user_token" | "status" | "was_found" | "profile_missing"
>
type NotFound = {
  reason: string
  detail: string
  /** Whom an operator may confirm. */
  found_user_token?: string | null
}

/** `nobody`: MassPay has no such user, and she needs none now. */
async function findOrCreate(
  deps: RunnerDeps,
  payee: PayeeToLink
): Promise<Found | NotFound | "nobody"> {
  try {
    const known = await lookUp(deps, payee)
    if (known) return await adopt(deps, payee, known)
    if (!payee.needs_user) return "nobody"
    const created = await create(deps, payee)
    if (!("refusal" in created)) return created
    // Refused or unanswered: she may exist by now, or have existed before.
    const now = await lookUp(deps, payee)
    if (now) return await adopt(deps, payee, now)
    return created.refusal
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return reasonOf(error)
  }
}

/** By her contact, then by our id for her. */
export function lookUp(
  { wire }: Pick<RunnerDeps, "wire">,
  payee: PayeeToLink
): Promise<RemoteUserRef | null> {
  return wire.lookupUser({
    internal_user_id: payee.internal_user_id,
    email: payee.email,
    first_name: payee.first_name,
  })
}

async function adopt(
  { wire, books }: RunnerDeps,
  payee: PayeeToLink,
  known: RemoteUserRef
): Promise<Found | NotFound> {
  if (await isAnothers(books, payee, known)) return USER_TAKEN
  if (known.internal_user_id !== payee.internal_user_id) {
    return {
      reason: "user_not_ours",
      detail:
        "MassPay knows a user with this e-mail address that was not created for this vendor here. If it is hers, confirm it; otherwise change the vendor's e-mail address.",
      found_user_token: known.user_token,
    }
  }
  const user = await wire.getUser(known.user_token)
  if (!user || user.internal_user_id !== payee.internal_user_id) {
    return {
      reason: "user_not_found",
      detail: "MassPay names a user for this vendor and then does not show it.",
    }
  }
  return {
    user_token: user.user_token,
    status: payeeStatusOf(user.status),
    was_found: true,
    profile_missing: user.profile_missing,
  }
}

export const USER_TAKEN = {
  reason: "user_taken",
  detail:
    "MassPay's user for this vendor belongs to another vendor here. Two vendors cannot share one: give this vendor an e-mail address of her own.",
} as const

/**
 * Whether a found user is another vendor's: by these books, or by the id that
 * this shop gave her, also where these books have forgotten it.
 */
export async function isAnothers(
  books: RunnerDeps["books"],
  { payee_id, internal_user_id }: PayeeToLink,
  known: RemoteUserRef
): Promise<boolean> {
  const owner = await ownerOfUser(books, known.user_token)
  if (owner !== null) return owner !== payee_id
  return (
    known.internal_user_id !== internal_user_id &&
    isSameShops(known.internal_user_id, internal_user_id)
  )
}

async function create(
  { wire }: RunnerDeps,
  payee: PayeeToLink
): Promise<Found | { refusal: NotFound }> {
  try {
    const user = await wire.createUser(
      {
        internal_user_id: payee.internal_user_id,
        email: payee.email,
        first_name: payee.first_name,
        last_name: payee.last_name,
        ...(payee.business_name !== null && {
          business_name: payee.business_name,
        }),
        country_code: payee.country_code,
      },
      // A key of its own for every try: an old refusal is not replayed once
      // her contact was corrected. The look-up is what keeps her from being
      // created twice.
      `${payee.internal_user_id}-user-${payee.link_attempts}`
    )
    if (user.internal_user_id !== payee.internal_user_id) {
      return {
        refusal: {
          reason: "user_not_ours",
          detail: "MassPay answered with a user of another id.",
        },
      }
    }
    return {
      user_token: user.user_token,
      status: payeeStatusOf(user.status),
      was_found: false,
      profile_missing: user.profile_missing,
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { refusal: reasonOf(error) }
  }
}

/** Whether she can be paid. What we do not recognise is not taken for a yes. */
export function payeeStatusOf(status: RemoteUserStatus): PayeeStatus {
  switch (status) {
    case "ACTIVE":
      return "active"
    case "DEACTIVE":
      return "deactivated"
    default:
      return "locked"
  }
}

function reasonOf(error: GatewayError): NotFound {
  const said = error.details.join(" ")
  switch (error.code) {
    case "masspay.rejected":
    case "masspay.duplicate_client_id":
    case "masspay.documentation_required":
      return {
        reason: "contact_rejected",
        detail: said
          ? `MassPay refused the vendor's contact details: ${said}`
          : "MassPay refused the vendor's contact details without saying why.",
      }
    default:
      return {
        reason: error.code.replace("masspay.", ""),
        detail: `MassPay could not be asked (${error.message}). It is tried again.`,
      }
  }
}

export async function giveBack(
  { books, worker, random = Math.random }: RunnerDeps,
  payee: PayeeToLink,
  { reason, detail, found_user_token = null }: NotFound
): Promise<void> {
  const doublings = Math.min(Math.max(payee.link_attempts - 1, 0), 20)
  const full_ms = Math.min(RETRY_FIRST_MS * 2 ** doublings, RETRY_MAX_MS)
  await recordNotLinked(books, {
    payee_id: payee.payee_id,
    worker,
    reason,
    detail,
    found_user_token,
    retry_in_ms: Math.round(full_ms / 2 + (full_ms / 2) * random()),
  })
}
