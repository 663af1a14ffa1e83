import { refused } from "../errors"
import { formatAmount } from "../money"
import { commit } from "../payouts/commit"
import type { Payout } from "../payouts/types"
import { toApi, toStatusApi } from "../payouts/views"
import { pdfOf } from "../pdf"
import { type Operation, type OperationContext, read, userOf } from "./context"
import { listed } from "./lists"

/** The payout named in the path, if it is one of this user. */
export function payoutOf(context: OperationContext): Payout {
  const user = userOf(context)
  const { world, params } = context
  const payout = world.payouts.payout(params.payout_token ?? "")
  if (!payout || payout.user_token !== user.token) {
    throw refused(404, ["This user has no such payout"])
  }
  return payout
}

/** 2xx whatever comes of it: the `status` in the body says whether it was done. */
export const commitPayout: Operation = (context) => {
  const { world, requestId, mustFail } = context
  const payout = payoutOf(context)
  const { status, errors, executed } = commit(world, payout, {
    requestId,
    mustFail,
  })
  return {
    status: 200,
    body: {
      payout_token: payout.token,
      status,
      pickup_code: payout.pickup_code,
      ...(errors !== undefined && { errors }),
    },
    executed,
    payout_token: payout.token,
  }
}

/** `force_status_update` changes nothing here: the sandbox has no payer to ask. */
export const getPayout: Operation = (context) => {
  const payout = payoutOf(context)
  return {
    ...read(toStatusApi(context.world, payout)),
    payout_token: payout.token,
  }
}

export const listPayouts: Operation = (context) => {
  const { world } = context
  const user = userOf(context)
  const timeline = world.payouts.times.of(user.token)
  return read(
    listed(timeline, context, world.settings.payout_list_max_rows).map(
      (payout) => toApi(world, payout)
    )
  )
}

/** A PDF that a payee can show: no account of hers is on it. */
export const getConfirmation: Operation = (context) => {
  const { world } = context
  const payout = payoutOf(context)
  if (payout.committed_ms === null) {
    throw refused(400, ["This payout was never committed"])
  }
  const user = world.store.user(payout.user_token)
  const { source_currency_code, destination_currency_code } = payout
  const sourceAmount = formatAmount(payout.source_minor, source_currency_code)
  const fee = formatAmount(payout.fee_minor, source_currency_code)
  const destinationAmount = formatAmount(
    payout.destination_minor,
    destination_currency_code
  )
  const lines = [
    "MassPay sandbox: confirmation of a payout",
    "",
    `Payout       ${payout.token}`,
    `Your id      ${payout.client_transfer_id ?? ""}`,
    `To           ${user?.profile.first_name ?? ""} ${user?.profile.last_name ?? ""}`,
    `Through      ${payout.payer_name}, ${payout.country_code}`,
    `Sent         ${sourceAmount} ${source_currency_code}`,
    `Fee          ${fee} ${source_currency_code}`,
    `Paid out     ${destinationAmount} ${destination_currency_code}`,
    `Committed    ${new Date(payout.committed_ms).toISOString()}`,
    `Status       ${payout.status}`,
  ]
  return {
    ...read({ content: pdfOf(lines).toString("base64") }),
    payout_token: payout.token,
  }
}
