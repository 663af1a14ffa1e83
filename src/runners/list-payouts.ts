import { commitIdOf } from "../domain/ids"
import { parseMajor } from "../domain/money"
import { statusAfterReversals } from "../domain/reversals"
import type { ListedPayout } from "../modules/masspay/queries/lookup"
import { tagOf } from "../modules/masspay/queries/reconcile-compare"
import { payoutsAskedBack } from "../modules/masspay/queries/take-back-reads"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RemotePayout } from "../modules/masspay-gateway/types"
import type { RunnerDeps } from "./deps"
import { gatewayFields } from "./resolve-log"

/** Which payouts MassPay's reversals are asked for, besides those that these books asked back. */
export type AlsoReversals =
  /** By our id of the payout: a person wants to know. */
  | { payout_ids: readonly string[] }
  /** The books may have forgotten what they asked for, or even what they paid: whatever has our tag. */
  | "all"

export type PayoutList = {
  payouts: ListedPayout[]
  is_complete: boolean
  /** Payouts whose reversals MassPay did not tell: of those the list shows nothing. */
  unread: number
}

/** A word that MassPay does not change when a payout is reversed, or one that nobody knows. */
const MAY_BE_REVERSED = ["COMPLETED", "UNRECOGNISED"] as const

/**
 * A user's direct payouts, with what came back of them: a payout that was
 * reversed stays completed in MassPay's list, and only its own list of reversals
 * tells. That one is read for payouts that were asked back, and for those that
 * `also` names. Throws a `GatewayError` where the first list cannot be read.
 */
export async function listDirectPayouts(
  deps: Pick<RunnerDeps, "books" | "wire" | "log">,
  user_token: string,
  also: AlsoReversals = { payout_ids: [] }
): Promise<PayoutList> {
  const { payouts, is_complete } = await deps.wire.listPayouts(user_token)
  const candidates = payouts.filter(({ status }) =>
    MAY_BE_REVERSED.some((word) => word === status)
  )
  const { known, forgotten } = await toAskAbout(deps, candidates, also)
  let unread = 0
  const listed: ListedPayout[] = []
  for (const payout of payouts) {
    const { status, payout_token: token } = payout
    const isAsked = known.has(token) || forgotten.has(token)
    if (!isAsked || status === "PENDING") {
      listed.push(payout)
      continue
    }
    const told = await withReversals(deps, user_token, { ...payout, status })
    if (told === null) unread += 1
    // What books forgot is paid until it is certain that it came back: taken for
    // something that is not told, it would be paid again.
    else if (told.status === "UNRECOGNISED" && !known.has(token)) {
      listed.push(payout)
      continue
    }
    listed.push(told ?? { ...payout, status: "UNRECOGNISED" })
  }
  return { payouts: listed, is_complete, unread }
}

/** Tokens of payouts that the books asked back, and of those that they may have forgotten. */
async function toAskAbout(
  { books }: Pick<RunnerDeps, "books">,
  candidates: readonly RemotePayout[],
  also: AlsoReversals
): Promise<{ known: Set<string>; forgotten: Set<string> }> {
  const known = await payoutsAskedBack(books, {
    payout_tokens: candidates.map(({ payout_token }) => payout_token),
    payout_ids: also === "all" ? [] : also.payout_ids,
  })
  const shop = also === "all" ? `mpl${await tagOf(books)}` : null
  const forgotten = candidates.filter(
    ({ client_transfer_id }) =>
      shop !== null && commitIdOf(client_transfer_id ?? "")?.startsWith(shop)
  )
  return {
    known: new Set(known),
    forgotten: new Set(forgotten.map(({ payout_token }) => payout_token)),
  }
}

/** `null` where MassPay does not tell. */
async function withReversals(
  { wire, log }: Pick<RunnerDeps, "wire" | "log">,
  user_token: string,
  payout: RemotePayout & { status: Exclude<RemotePayout["status"], "PENDING"> }
): Promise<ListedPayout | null> {
  const { payout_token, destination_currency_code: currency_code } = payout
  try {
    const list = await wire.listReversals({ user_token, payout_token })
    const sent = { amount: arrivedOf(payout), currency_code }
    return {
      ...payout,
      status: statusAfterReversals(payout.status, sent, list),
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    // Not that the payout, or its payee, is gone: nobody knows what a 404 means here.
    log.warn("resolve.unreadable", gatewayFields(error))
    return null
  }
}

/** Minor units; `null` where it cannot be told exactly. */
function arrivedOf({
  destination_amount,
  destination_currency_code,
}: RemotePayout): bigint | null {
  if (destination_amount === null || destination_currency_code === null) {
    return null
  }
  try {
    return parseMajor(destination_amount, destination_currency_code)
  } catch {
    return null
  }
}
