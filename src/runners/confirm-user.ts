import {
  payeeRefusal,
  refusal,
} from "../modules/masspay/queries/action-refusal"
import { areBooksKnown } from "../modules/masspay/queries/database-identity"
import type { ToConfirm } from "../modules/masspay/queries/payee-actions"
import {
  claimPayeeToConfirm,
  isUniqueViolation,
  type Link,
  type PayeeToLink,
  writeLink,
} from "../modules/masspay/queries/payees"
import { GatewayError } from "../modules/masspay-gateway/errors"
import { readPayeeInFull } from "./adopt"
import type { RunnerDeps } from "./deps"
import {
  giveBack,
  isAnothers,
  lookUp,
  payeeStatusOf,
  USER_TAKEN,
} from "./link-payees"

const REQUESTS = 2
const NOT_CONFIRMED = {
  reason: "user_not_ours",
  detail:
    "MassPay knows a user with this e-mail address, and confirming her did not go through.",
} as const

/**
 * Links a vendor to the user whom MassPay's look-up found and an operator says
 * is hers. Looked up again at this moment: the same user as was shown, not
 * closed, and nobody else's. Link and decision are one transaction; after it,
 * whatever this shop has paid the user is read, and until then she is not paid.
 *
 * Throws `ActionRefusedError`; then she is as unlinked as she was.
 */
export async function confirmUser(
  deps: RunnerDeps,
  { payee_id, user_token, write }: ToConfirm
): Promise<void> {
  const payee = await claimPayeeToConfirm(deps.books, {
    payee_id,
    found_user_token: user_token,
    worker: deps.worker,
    lease_ms: (REQUESTS + 1) * deps.limits.deadline_ms,
  })
  if (!payee) throw payeeRefusal("being_linked")
  const link = await linkTo(deps, payee, user_token)
  await deps.failpoint?.("link.created")
  const at = { step: "linking" }
  try {
    await deps.books.tx(async (sql) => {
      // First of all locks; what was shown before a restore is shown again.
      if (!(await areBooksKnown(sql))) throw refusal("books_unknown")
      if ((await writeLink(sql, link)) !== "linked") {
        throw payeeRefusal("being_linked")
      }
      at.step = "writing"
      await write(sql)
    })
  } catch (error) {
    if (at.step === "linking" && isUniqueViolation(error)) {
      await giveBack(deps, payee, USER_TAKEN)
      throw payeeRefusal("user_taken")
    }
    await giveBack(deps, payee, {
      ...NOT_CONFIRMED,
      found_user_token: user_token,
    })
    throw isUniqueViolation(error) ? refusal("request_id_used") : error
  }
  deps.log.warn("payee.user_confirmed", {
    payee_id,
    vendor_id: payee.vendor_id,
  })
  await readPayeeInFull(deps, { payee_id, user_token })
}

/** The user as MassPay names her now, or why she is not this vendor's. Gives the payee back in that case. */
async function linkTo(
  deps: RunnerDeps,
  payee: PayeeToLink,
  user_token: string
): Promise<Link> {
  const refuse = async (
    code: "user_changed" | "user_gone" | "user_closed" | "user_taken",
    isStillFound: boolean
  ) => {
    const refused = payeeRefusal(code)
    await giveBack(deps, payee, {
      reason: code === "user_taken" ? code : "user_not_ours",
      detail: refused.message,
      found_user_token: isStillFound ? user_token : null,
    })
    return refused
  }
  try {
    const known = await lookUp(deps, payee)
    if (known?.user_token !== user_token) {
      throw await refuse("user_changed", false)
    }
    if (await isAnothers(deps.books, payee, known)) {
      throw await refuse("user_taken", false)
    }
    const user = await deps.wire.getUser(user_token)
    if (!user) throw await refuse("user_gone", false)
    if (user.status !== "ACTIVE" && user.status !== "LOCKED") {
      throw await refuse("user_closed", true)
    }
    return {
      payee_id: payee.payee_id,
      worker: deps.worker,
      user_token,
      status: payeeStatusOf(user.status),
      was_found: true,
      profile_missing: user.profile_missing,
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const refused = payeeRefusal("no_answer")
    await giveBack(deps, payee, {
      reason: "user_not_ours",
      detail: refused.message,
      found_user_token: user_token,
    })
    throw refused
  }
}
