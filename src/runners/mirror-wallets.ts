import { databaseNow } from "../modules/masspay/queries/settlements"
import {
  claimWalletsToRead,
  noteWalletsUnread,
  type PayeeToMirror,
  saveWallets,
  wantWalletsOfPaid,
} from "../modules/masspay/queries/wallets"
import type { RunnerDeps } from "./deps"
import { gatewayFields } from "./resolve-log"

type MirrorReport = {
  /** Payees whose wallets were read and stored. */
  read: number
  /** Payees of whom MassPay did not tell. */
  unread: number
}

const BATCH_SIZE = 20
/** With a run a minute, 60 payees: 86,400 a day. */
const BATCHES_PER_RUN_MAX = 3
/** Where MassPay tells nothing, the rest of the run would hear nothing either. */
const UNREAD_IN_A_ROW_MAX = 3

/**
 * Reads what payees hold in their MassPay wallets, one request each, for people
 * to see: each payee about once a day, and soon after a payout of hers completed
 * or a message named her. Nothing is decided by it, so nothing waits for it.
 * Bounded; safe in any number of processes at once; never throws for MassPay's sake.
 */
export async function mirrorWallets(deps: RunnerDeps): Promise<MirrorReport> {
  const report: MirrorReport = { read: 0, unread: 0 }
  let in_a_row = 0
  await wantWalletsOfPaid(deps.books)
  for (let batch = 0; batch < BATCHES_PER_RUN_MAX; batch += 1) {
    const payees = await claimWalletsToRead(deps.books, {
      limit: BATCH_SIZE,
      lease_ms: 2 * BATCH_SIZE * deps.limits.deadline_ms,
    })
    for (const payee of payees) {
      // Those that are left are due again when their lease is over.
      if (deps.signal?.aborted || in_a_row >= UNREAD_IN_A_ROW_MAX) return report
      if (await mirrorOne(deps, payee)) {
        report.read += 1
        in_a_row = 0
      } else {
        report.unread += 1
        in_a_row += 1
      }
    }
    if (payees.length < BATCH_SIZE) break
  }
  return report
}

/** Whether MassPay told. Trouble with one payee is hers alone. */
async function mirrorOne(
  { books, wire, log, random = Math.random }: RunnerDeps,
  { payee_id, user_token }: PayeeToMirror
): Promise<boolean> {
  try {
    // Before the request: what it shows is never newer than this.
    const began_at = await databaseNow(books)
    const wallets = await wire.listWallets(user_token)
    await saveWallets(books, {
      payee_id,
      user_token,
      began_at,
      wallets,
      random: random(),
    })
    return true
  } catch (error) {
    log.warn("wallets.unread", {
      payee_id,
      ...gatewayFields(error),
    })
    await noteWalletsUnread(books, { payee_id })
    return false
  }
}
