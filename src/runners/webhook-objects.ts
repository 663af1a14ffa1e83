import { adoptUnknown } from "../modules/masspay/queries/adopt"
import {
  everythingListed,
  type Lookup,
} from "../modules/masspay/queries/lookup"
import type { PayoutToLookUp } from "../modules/masspay/queries/resolve"
import {
  applyLookup,
  type ResolvePolicy,
} from "../modules/masspay/queries/resolve-apply"
import {
  flippedPayouts,
  isAnyUnapplied,
} from "../modules/masspay/queries/resolve-flips"
import { databaseNow } from "../modules/masspay/queries/settlements"
import {
  askSoonAboutFunds,
  askSoonAboutReversals,
} from "../modules/masspay/queries/webhook-nudges"
import type {
  ObjectOutcome,
  ObjectToLookUp,
} from "../modules/masspay/queries/webhook-work"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { listDirectPayouts } from "./list-payouts"
import { errorFields } from "./log"
import { refreshFunding, type SourceTokens } from "./refresh-funding"
import { refreshPayee } from "./refresh-payees"
import { Account } from "./resolve-account"
import { gatewayFields, tellApplied } from "./resolve-log"

/** Reads one object at MassPay and applies what it says. Never throws for what MassPay does. */
export type ReadObject = (object: ObjectToLookUp) => Promise<ObjectOutcome>

type ReadOptions = {
  policy?: Partial<ResolvePolicy>
  source_tokens?: SourceTokens
}

const SETTLE_WINDOW_MS = 60 * 60_000

/**
 * How each kind of object is read. A message that waits for it counts a try only
 * when MassPay answered and the answer could not be applied: that MassPay is down
 * is nobody's message's fault.
 */
export function readObject(
  deps: RunnerDeps,
  { policy = {}, source_tokens = {} }: ReadOptions
): ReadObject {
  const reader = new ObjectReader(
    deps,
    { settle_window_ms: SETTLE_WINDOW_MS, ...policy },
    source_tokens
  )
  return async (object) => {
    const began_at = await databaseNow(deps.books)
    try {
      return await reader.read(object, began_at)
    } catch (error) {
      if (error instanceof GatewayError && NO_ANSWER.includes(error.code)) {
        deps.log.warn("webhook.unanswered", gatewayFields(error))
        return { did: "unanswered" }
      }
      deps.log.error("webhook.not_applied", {
        ...(error instanceof GatewayError
          ? gatewayFields(error)
          : errorFields(error)),
      })
      return { did: "failed", began_at }
    }
  }
}

/** Whoever sent the message can do nothing about these, and the next try may be answered. */
const NO_ANSWER: readonly GatewayError["code"][] = [
  "masspay.unreachable",
  "masspay.unavailable",
  "masspay.throttled",
  "masspay.unauthorized",
  "masspay.misconfigured",
]

class ObjectReader {
  constructor(
    private readonly deps: RunnerDeps,
    private readonly policy: ResolvePolicy,
    private readonly source_tokens: SourceTokens
  ) {}

  async read(object: ObjectToLookUp, began_at: Date): Promise<ObjectOutcome> {
    const { key, with_spendbacks, with_payouts } = object
    const [what, user_token = ""] = splitOnce(key)
    if (what === "loads") {
      return this.readLoads({
        user_token,
        with_spendbacks,
        with_payouts,
        began_at,
      })
    }
    if (what === "payee") return this.readPayee(user_token, began_at)
    const { source_tokens } = this
    await refreshFunding(this.deps, { source_tokens })
    await askSoonAboutFunds(this.deps.books)
    return { did: "applied", began_at, listed: [] }
  }

  private async readLoads({
    user_token,
    with_spendbacks,
    with_payouts,
    began_at,
  }: {
    user_token: string
    with_spendbacks: boolean
    with_payouts: boolean
    began_at: Date
  }): Promise<ObjectOutcome> {
    const { books, wire, failpoint, log } = this.deps
    const lookup: Lookup = {
      began_at,
      ...(await wire.listLoads(user_token)),
      ...(with_spendbacks && {
        spendbacks: await wire.listSpendbacks(user_token),
      }),
      ...(with_payouts && {
        payouts: await listDirectPayouts(this.deps, user_token),
      }),
    }
    await failpoint?.("webhooks.looked_up")
    // A funding balance is only read where a cancel may be due to it.
    const account = new Account(this.deps, this.source_tokens)
    const applied: string[] = []
    let isOutdated = false
    const apply = async (payout: PayoutToLookUp) => {
      const is_current = await this.apply(payout, lookup, account)
      if (is_current) applied.push(payout.payout_id)
      else isOutdated = true
    }
    // All of hers, also those that nobody asks about any more: statuses flip.
    const known = await flippedPayouts(books, {
      user_token,
      lookup,
      in_full: true,
    })
    for (const payout of known) await apply(payout)
    const adopted = await adoptUnknown(books, { user_token, lookup })
    for (const payout of adopted) {
      const { payout_id, vendor_id } = payout
      log.error("payout.adopted", { payout_id, vendor_id })
      await apply(payout)
    }
    await askSoonAboutReversals(books, user_token)
    isOutdated ||= await isAnyUnapplied(books, { user_token, lookup, applied })
    return isOutdated
      ? { did: "again", began_at }
      : { did: "applied", began_at, listed: everythingListed(lookup) }
  }

  /** Whether the answer counted: a payout that changed meanwhile needs a newer one. */
  private async apply(
    payout: PayoutToLookUp,
    lookup: Lookup,
    account: Account
  ): Promise<boolean> {
    const { books, failpoint, log } = this.deps
    const { payout_id, vendor_id } = payout
    const applied = await applyLookup(books, {
      payout,
      lookup,
      policy: this.policy,
      is_funding_short: await account.isFundingShort(payout, lookup),
      beforeCommit: () => failpoint?.("webhooks.applying"),
    })
    tellApplied(log, { payout_id, vendor_id }, applied)
    return applied.did !== "nothing"
  }

  private async readPayee(
    user_token: string,
    began_at: Date
  ): Promise<ObjectOutcome> {
    const { did } = await refreshPayee(this.deps, { user_token })
    // What was applied meanwhile began after that, or before: only another reading tells.
    if (did === "stale") return { did: "again", began_at }
    return did === "unread"
      ? { did: "unanswered" }
      : { did: "applied", began_at, listed: [] }
  }
}

function splitOnce(key: string): [string, string?] {
  const at = key.indexOf(":")
  return at < 0 ? [key] : [key.slice(0, at), key.slice(at + 1)]
}
