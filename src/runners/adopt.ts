import {
  adoptUnknown,
  finishAdoption,
  noteFormerRead,
  notePayeeRead,
  payeesToAdopt,
  type PayeeToRead,
} from "../modules/masspay/queries/adopt"
import {
  identityState,
  noticeIdentity,
} from "../modules/masspay/queries/database-identity"
import { applyPayeeTruth } from "../modules/masspay/queries/payee-truth"
import type { PayoutToLookUp } from "../modules/masspay/queries/resolve"
import {
  applyLookup,
  type Lookup,
  type ResolvePolicy,
} from "../modules/masspay/queries/resolve-apply"
import {
  flippedPayouts,
  isAnyOutdated,
  untoldPayouts,
} from "../modules/masspay/queries/resolve-flips"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { listDirectPayouts } from "./list-payouts"
import { errorFields } from "./log"
import { gatewayFields, tellApplied } from "./resolve-log"

type AdoptReport = {
  /** `known`: the database is the one it was. `waiting`: what the lost one sent may not show yet. */
  state: "known" | "waiting" | "reading" | "finished"
  /** Payees whose loads were read in full just now. */
  read: number
  /** Payees whose loads could not be read; they keep everybody waiting. */
  unread: number
}

type AdoptOptions = {
  policy?: Partial<ResolvePolicy>
  /** From the moment a change was noticed until MassPay must show what was sent before. */
  wait_ms?: number
}

const VISIBILITY_MS = 2 * 60_000
const SETTLE_WINDOW_MS = 60 * 60_000
const PAGE_SIZE = 100
/** Pages per run; the next run goes on. */
const PAGES_MAX = 50

/**
 * Notices that the database was restored or failed over, and brings the books
 * up to what MassPay knows before anything is collected or sent again: waits
 * until every request of the lost database must show, reads all loads,
 * payouts and spendbacks of every payee, adopts those that the books forgot, gives up what was never sent, and
 * lets money move. Payees who were found at MassPay instead of being created
 * are read in the same way, and nobody else waits for them.
 *
 * Sends nothing. Call it in every process before collect and dispatch; what was
 * read stays read, whoever read it.
 */
export async function adoptAfterRestore(
  deps: RunnerDeps,
  { policy = {}, wait_ms = waitOf(deps) }: AdoptOptions = {}
): Promise<AdoptReport> {
  const { books, log } = deps
  if (await noticeIdentity(books)) log.error("database.changed")
  const state = await identityState(books)
  const isChanged = state?.state === "changed"
  const report: AdoptReport = {
    state: isChanged ? "waiting" : "known",
    read: 0,
    unread: 0,
  }
  if (isChanged && !(await isWaitOver(deps, state.noticed_at, wait_ms))) {
    return report
  }
  const isDone = await readEverybody(deps, { policy, wait_ms }, report)
  if (!isChanged) return report
  report.state = "reading"
  if (!isDone) return report
  const voided = await finishAdoption(books, {
    beforeCommit: () => deps.failpoint?.("adopt.finishing"),
  })
  await deps.failpoint?.("adopt.finished")
  if (voided !== null) {
    report.state = "finished"
    log.warn("database.adopted", { voided })
  }
  return report
}

/** After this, whatever the lost database sent has ended and shows. */
function waitOf({ limits }: RunnerDeps): number {
  return limits.lease_ms + VISIBILITY_MS
}

async function isWaitOver(
  { books }: RunnerDeps,
  noticed_at: string | null,
  wait_ms: number
): Promise<boolean> {
  const now = await databaseNow(books)
  return now.getTime() >= Date.parse(noticed_at ?? "") + wait_ms
}

/** Returns whether every page was reached and every payee on it was read. */
async function readEverybody(
  deps: RunnerDeps,
  options: AdoptOptions,
  report: AdoptReport
): Promise<boolean> {
  let after = ""
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const payees = await payeesToAdopt(deps.books, { after, limit: PAGE_SIZE })
    for (const payee of payees) {
      if (deps.signal?.aborted) return false
      const isRead = await readPayeeInFull(deps, payee, {
        ...options,
        forgotten: true,
      })
      report[isRead ? "read" : "unread"] += 1
    }
    after = payees.at(-1)?.key ?? after
    if (payees.length < PAGE_SIZE) return report.unread === 0
  }
  return false
}

/**
 * Reads all loads, payouts and spendbacks of one payee and applies them to all of her
 * payouts; those of ours that no payout here knows are adopted. Returns whether
 * the lists were complete and all of them was applied; otherwise she has to be
 * read again.
 */
export async function readPayeeInFull(
  deps: RunnerDeps,
  { payee_id, user_token }: PayeeToRead,
  {
    policy = {},
    wait_ms = waitOf(deps),
    apply = (payout, lookup) => applyTo(deps, { payout, lookup, policy }),
    listed,
    forgotten = false,
  }: {
    policy?: Partial<ResolvePolicy>
    wait_ms?: number
    /** The books may have forgotten what they asked back. */
    forgotten?: boolean
    /** Sees the lists before anything of them is applied. */
    listed?: (lookup: Lookup) => Promise<void>
    apply?: (payout: PayoutToLookUp, lookup: Lookup) => Promise<void>
  } = {}
): Promise<boolean> {
  const { books, wire, log } = deps
  const began_at = await databaseNow(books)
  try {
    const lookup = {
      began_at,
      ...(await wire.listLoads(user_token)),
      spendbacks: await wire.listSpendbacks(user_token),
      payouts: await listDirectPayouts(
        deps,
        user_token,
        forgotten && deps.direct?.may_reverse ? "all" : undefined
      ),
    }
    await deps.failpoint?.("adopt.listed")
    await listed?.(lookup)
    // Before what is adopted: money that she was not known to have gives up
    // payouts that these books never sent, and the list may show them as sent.
    const known = await flippedPayouts(books, {
      user_token,
      lookup,
      in_full: true,
    })
    for (const payout of known) await apply(payout, lookup)
    if (forgotten) await keepUntold(deps, { user_token, lookup, policy })
    const adopted = await adoptUnknown(books, { user_token, lookup })
    await deps.failpoint?.("adopt.adopted")
    for (const payout of adopted) {
      const { payout_id, vendor_id } = payout
      log.error("payout.adopted", { payout_id, vendor_id })
      await apply(payout, lookup)
    }
    const isWhole =
      lookup.is_complete &&
      lookup.spendbacks.is_complete &&
      lookup.payouts.is_complete &&
      lookup.payouts.unread === 0
    if (!isWhole) {
      log.warn("payee.list_incomplete", { payee_id })
      return false
    }
    // Given up meanwhile, also by one that was applied before it: this list is
    // too old for it, and only the next one brings its money into the books.
    if (await isAnyOutdated(books, { user_token, lookup })) return false
    // Read before the lost database's requests had to show, it proves nothing.
    return await notePayeeRead(books, {
      payee_id,
      user_token,
      began_at,
      wait_ms,
    })
  } catch (error) {
    const isGone =
      error instanceof GatewayError && error.code === "masspay.payee_unusable"
    if (isGone) {
      await applyPayeeTruth(books, {
        user_token,
        status: "deactivated",
        looked_up_at: began_at,
      })
      await noteFormerRead(books, { user_token })
    }
    log.warn("payee.unreadable", {
      payee_id,
      ...(error instanceof GatewayError
        ? gatewayFields(error)
        : errorFields(error)),
    })
    return isGone
  }
}

/** What MassPay has, whatever it calls it, is never given up as unsent: a person looks. */
async function keepUntold(
  deps: RunnerDeps,
  {
    user_token,
    lookup,
    policy,
  }: { user_token: string; lookup: Lookup; policy: Partial<ResolvePolicy> }
): Promise<void> {
  const untold = await untoldPayouts(deps.books, { user_token, lookup })
  for (const payout of untold) {
    await applyTo(deps, { payout, lookup, policy, may_be_forgotten: true })
  }
}

async function applyTo(
  { books, log }: RunnerDeps,
  {
    payout,
    lookup,
    policy,
    may_be_forgotten = false,
  }: {
    payout: PayoutToLookUp
    lookup: Lookup
    policy: Partial<ResolvePolicy>
    may_be_forgotten?: boolean
  }
): Promise<void> {
  const applied = await applyLookup(books, {
    payout,
    lookup,
    policy: { settle_window_ms: SETTLE_WINDOW_MS, ...policy },
    may_be_forgotten,
  })
  const { payout_id, vendor_id } = payout
  tellApplied(log, { payout_id, vendor_id }, applied)
}
