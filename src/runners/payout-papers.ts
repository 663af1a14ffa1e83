import { DecisionRefusedError } from "../domain/decisions"
import { payoutAtMassPay } from "../modules/masspay/queries/destination-reads"
import type { RunnerDeps } from "./deps"

type Asked = {
  payout_id: string
  /** Whose it has to be; left out: an operator asks. */
  vendor_id?: string
}

/**
 * MassPay's confirmation of one direct payout. Throws `DecisionRefusedError`
 * where there is none, also for a payout of somebody else, or `GatewayError`.
 */
export async function confirmationOf(
  deps: Pick<RunnerDeps, "books" | "wire">,
  asked: Asked
): Promise<Buffer> {
  const file = await deps.wire.getConfirmation(await foundAt(deps, asked))
  if (file) return file
  throw new DecisionRefusedError("payout_not_at_masspay")
}

/** The code that she shows at the cash desk, read now and kept nowhere; `null`: there is none (yet). Throws as above. */
export async function pickupCodeOf(
  deps: Pick<RunnerDeps, "books" | "wire">,
  asked: Asked & { vendor_id: string }
): Promise<string | null> {
  return deps.wire.getPickupCode(await foundAt(deps, asked))
}

async function foundAt(
  { books }: Pick<RunnerDeps, "books">,
  { payout_id, vendor_id }: Asked
): Promise<{ user_token: string; payout_token: string }> {
  const payout = await payoutAtMassPay(books, payout_id)
  const isHers = vendor_id === undefined || payout?.vendor_id === vendor_id
  if (!payout || !isHers) throw new DecisionRefusedError("payout_not_found")
  if (payout.method !== "direct") {
    throw new DecisionRefusedError("payout_not_direct")
  }
  const { user_token, payout_token } = payout
  if (user_token === null || payout_token === null) {
    throw new DecisionRefusedError("payout_not_at_masspay")
  }
  return { user_token, payout_token }
}
