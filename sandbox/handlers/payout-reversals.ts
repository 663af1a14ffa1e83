import { refused } from "../errors"
import { Fields } from "../fields"
import type { JsonObject } from "../json"
import { parseAmount, toJsonNumber } from "../money"
import { record } from "../payouts/entries"
import { sourceWalletOf } from "../payouts/status"
import type { Payout, Reversal } from "../payouts/types"
import { reversibleMinor } from "../payouts/views"
import type { World } from "../world"
import { type Operation, read } from "./context"
import { shownOf } from "./lists"
import { payoutOf } from "./payouts"

const CLIENT_TRANSFER_ID_MAX = 50

/**
 * Calls a completed payout back, whole or in part: its share of what was sent comes
 * back to the source wallet, the fee does not. Where the money is gone there, an
 * entry says that it failed, or it is refused; or only half of it is still there.
 */
export const reversePayout: Operation = (context) => {
  const { world, body, requestId, mustFail } = context
  const payout = payoutOf(context)
  const wanted = readReversal(body, payout)
  const left = reversibleMinor(payout)
  const asked = wanted.minor ?? left
  const outcome = mustFail ? "failed" : world.settings.payout_reversal
  refuseReversal(world, payout, { ...wanted, asked, left })
  if (outcome === "refuse") {
    throw refused(400, ["The payout's money is not there any more"])
  }
  const isFailed = outcome === "failed"
  const minor = outcome === "half" ? (asked + 1n) / 2n : asked
  const reversal: Reversal = {
    token: world.tokens.next("payout_rev_"),
    number: world.payouts.reversals() + 1,
    payout_token: payout.token,
    minor,
    is_failed: isFailed,
    client_transfer_id: wanted.client_transfer_id,
    metadata: wanted.metadata,
    created_ms: world.clock.now(),
  }
  if (!isFailed) {
    const is_repeated = payout.reversed_minor > 0n
    callBack(world, payout, { minor, requestId })
    record(world, payout, {
      event: "reversed",
      request_id: requestId,
      is_repeated,
    })
  }
  world.payouts.addReversal(reversal)
  return {
    status: 201,
    body: {
      ...shown(payout, reversal),
      remaining_reversible_amount: toJsonNumber(
        reversibleMinor(payout),
        payout.destination_currency_code
      ),
      payout_status: payout.status,
    },
    executed: true,
    payout_token: payout.token,
  }
}

function refuseReversal(
  world: World,
  payout: Payout,
  {
    client_transfer_id,
    asked,
    left,
  }: { client_transfer_id: string | null; asked: bigint; left: bigint }
): void {
  const isKnown =
    client_transfer_id !== null &&
    world.payouts
      .reversalsOf(payout.token)
      .some((one) => one.client_transfer_id === client_transfer_id)
  const { duplicate_client_transfer_id } = world.settings
  if (isKnown && duplicate_client_transfer_id !== "allow") {
    throw refused(400, ["A reversal with this client_transfer_id exists"])
  }
  if (left === 0n) throw refused(400, ["This payout cannot be reversed"])
  if (asked > left) {
    throw refused(400, ["The amount is more than can still be reversed"])
  }
}

/** The last part brings all that is left, so that no minor unit stays behind. */
function callBack(
  world: World,
  payout: Payout,
  { minor, requestId }: { minor: bigint; requestId: string }
): void {
  const { source_minor, destination_minor } = payout
  const before = (source_minor * payout.reversed_minor) / destination_minor
  payout.reversed_minor += minor
  const after = (source_minor * payout.reversed_minor) / destination_minor
  const back = after - before
  if (back === 0n) return
  payout.out_minor -= back
  world.ledger.move({
    from: null,
    to: sourceWalletOf(world, payout),
    minor: back,
    reason: "payout_reversal",
    payout,
    requestId,
  })
}

function readReversal(
  body: JsonObject,
  payout: Payout
): {
  minor: bigint | null
  client_transfer_id: string | null
  metadata: JsonObject | null
} {
  const fields = new Fields(body)
  const hasAmount = body.amount !== undefined && body.amount !== null
  const amount = hasAmount ? fields.number("amount") : undefined
  const parsed =
    amount === undefined
      ? null
      : parseAmount(amount, payout.destination_currency_code)
  if (parsed?.problem !== undefined) fields.problem("amount", parsed.problem)
  const read = {
    minor: parsed?.minor ?? null,
    client_transfer_id:
      fields.optionalText("client_transfer_id", {
        max: CLIENT_TRANSFER_ID_MAX,
      }) ?? null,
    metadata: fields.optionalObject("metadata") ?? null,
  }
  fields.optionalText("statement_description")
  fields.assertValid()
  return read
}

/** The names of these fields are the sandbox's guess. */
function shown(payout: Payout, reversal: Reversal): JsonObject {
  const code = payout.destination_currency_code
  const isAll = reversal.minor === payout.destination_minor
  const word = isAll ? "COMPLETED" : "PARTIAL"
  return {
    payout_reversal_token: reversal.token,
    amount: toJsonNumber(reversal.minor, code),
    currency_code: code,
    status: reversal.is_failed ? "FAILED" : word,
    time_of_reversal: new Date(reversal.created_ms).toISOString(),
    ...(reversal.client_transfer_id !== null && {
      client_transfer_id: reversal.client_transfer_id,
    }),
    ...(reversal.metadata && { metadata: reversal.metadata }),
  }
}

export const listReversals: Operation = (context) => {
  const payout = payoutOf(context)
  const all = context.world.payouts.reversalsOf(payout.token)
  const rows = shownOf(all, context, null)
  return read(rows.map((reversal) => shown(payout, reversal)))
}

export const getReversal: Operation = (context) => {
  const payout = payoutOf(context)
  const reversal = context.world.payouts
    .reversalsOf(payout.token)
    .find(({ token }) => token === context.params.payout_reversal_token)
  if (!reversal) throw refused(404, ["This payout has no such reversal"])
  return read(shown(payout, reversal))
}
