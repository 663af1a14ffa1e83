import { createHash } from "node:crypto"

import { refused } from "../errors"
import { Fields } from "../fields"
import type { JsonObject } from "../json"
import { findPayer } from "../payouts/catalog"
import type { AutopayoutRule } from "../payouts/types"
import type { Wallet } from "../store"
import { destinationOf } from "../withdrawals"
import { type Operation, type OperationContext, read, userOf } from "./context"

const WHOLE = 100

/**
 * The rules by which a user's wallet is paid out when something comes in: what is
 * set for her, or for all, and those that were made here.
 */
export const listAutopayouts: Operation = (context) => {
  const { world } = context
  const { wallet, percentage } = walletOf(context)
  const own = world.payouts.rulesOf(wallet.token).map(shown)
  if (percentage === 0) return read(own)
  return read([
    {
      token: tokenOfSetting(wallet),
      destination_token: destinationOf(wallet),
      percentage,
    },
    ...own,
  ])
}

/** Fires on each load from now on. It cannot change money into another currency. */
export const createAutopayout: Operation = (context) => {
  const { world, body } = context
  const fields = new Fields(body)
  const hasPercentage =
    body.percentage !== undefined && body.percentage !== null
  const percentage = hasPercentage ? fields.number("percentage") : WHOLE
  const isShare =
    percentage !== undefined &&
    percentage > 0 &&
    percentage <= WHOLE &&
    Number.isInteger(Math.round(percentage * 1e6) / 1e4)
  if (percentage !== undefined && !isShare) {
    fields.problem(
      "percentage",
      "must be above 0, up to 100, with at most 2 decimals"
    )
  }
  const destination_token = fields.text("destination_token")
  const attr_set_token = fields.optionalText("attr_set_token") ?? null
  fields.assertValid()
  const { wallet, user_token, ...set } = walletOf(context)
  const payer = findPayer(world.payouts, destination_token)
  if (!payer) throw refused(400, ["There is no destination_token like this"])
  if (!payer.currencies.includes(wallet.currency_code)) {
    throw refused(400, [
      `A rule cannot change money: this destination does not pay ${wallet.currency_code}`,
    ])
  }
  if (attr_set_token !== null) {
    const known = world.payouts.set(attr_set_token)
    const isHers =
      known?.user_token === user_token &&
      known.destination_token === destination_token
    if (!isHers) {
      throw refused(400, ["attr_set_token is no set of this user for this"])
    }
  }
  const taken = world.payouts
    .rulesOf(wallet.token)
    .reduce((sum, rule) => sum + rule.percentage, set.percentage)
  if (taken + (percentage ?? 0) > WHOLE) {
    throw refused(400, ["The rules of a wallet cannot take more than 100"])
  }
  const rule: AutopayoutRule = {
    token: world.tokens.next("autopayout_"),
    user_token,
    wallet_token: wallet.token,
    destination_token,
    percentage: percentage ?? WHOLE,
    attr_set_token,
  }
  world.payouts.addRule(rule)
  return { status: 201, body: shown(rule), executed: true }
}

export const deleteAutopayout: Operation = (context) => {
  const { world, query } = context
  const token = query.get("token")
  if (!token) {
    const fields = new Fields({})
    fields.problem("token", "is required in the query")
    fields.assertValid()
  }
  const { wallet } = walletOf(context)
  const rule = world.payouts
    .rulesOf(wallet.token)
    .find((known) => known.token === token)
  if (!rule) {
    throw refused(404, ["This wallet has no such rule that could be deleted"])
  }
  world.payouts.removeRule(rule)
  return {
    status: 200,
    body: { message: "The rule was deleted" },
    executed: true,
  }
}

function shown(rule: AutopayoutRule): JsonObject {
  const { token, destination_token, percentage, attr_set_token } = rule
  return {
    token,
    destination_token,
    percentage,
    ...(attr_set_token !== null && { attr_set_token }),
  }
}

function tokenOfSetting(wallet: Wallet): string {
  const name = createHash("sha256").update(wallet.token).digest("hex")
  return `autopayout_${name.slice(0, 32)}`
}

/** The wallet in the path, with what is set for its user, or for all. */
function walletOf(context: OperationContext): {
  wallet: Wallet
  user_token: string
  percentage: number
} {
  const { world, params } = context
  const user = userOf(context)
  const wallet = world.store
    .walletsOf(user.token)
    .find(({ token }) => token === params.wallet_token)
  if (!wallet) throw refused(404, ["This user has no such wallet"])
  const percentage =
    user.autopayout_percentage ?? world.settings.autopayout_percentage
  return { wallet, user_token: user.token, percentage }
}
