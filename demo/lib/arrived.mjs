/** What vendors have of MassPay, as the sandbox itself counts it. */
import { parse } from "./amounts.mjs"

/** The plugin's client ids begin like that. */
const IS_A_SHOPS = /^mpl/

/**
 * Cents by "e-mail currency": what is in her wallet, less what somebody paid by
 * hand, for that is no shop's; and what arrived where she is paid directly, in
 * the currency that it left us in.
 *
 * @param {string} massPayUrl
 * @returns {Promise<Map<string, { wallet: bigint, bank: bigint }>>}
 */
export async function readArrived(massPayUrl) {
  const users = await readAll(massPayUrl, ["users", "user_count", "state"])
  const loads = await readAll(massPayUrl, ["loads", "load_count", "loads"])
  const payouts = await readAll(massPayUrl, [
    ...["payouts", "payout_count", "payouts"],
  ])
  const byHand = sumByUser(
    loads.filter(isByHand),
    ({ currency_code, amount }) => [currency_code, parse(amount)]
  )
  const direct = sumByUser(payouts.filter(isArrived), (payout) => [
    payout.source_currency_code,
    parse(payout.source_amount),
  ])
  const arrived = new Map()
  const add = (key, part) =>
    arrived.set(key, { wallet: 0n, bank: 0n, ...arrived.get(key), ...part })
  for (const { email, user_token, wallets } of users) {
    for (const { currency_code, balance } of wallets) {
      const past = byHand.get(`${user_token} ${currency_code}`) ?? 0n
      add(`${email} ${currency_code}`, { wallet: parse(balance) - past })
    }
    for (const [key, bank] of direct) {
      const [owner, currency_code] = key.split(" ")
      if (owner === user_token) add(`${email} ${currency_code}`, { bank })
    }
  }
  return arrived
}

const isByHand = ({ client_load_id, status }) =>
  status === "COMPLETED" && !IS_A_SHOPS.test(client_load_id)

const isArrived = ({ client_transfer_id, status }) =>
  status === "COMPLETED" && IS_A_SHOPS.test(client_transfer_id ?? "")

/** Cents by "user currency". */
function sumByUser(rows, moneyOf) {
  const sums = new Map()
  for (const row of rows) {
    const [currency_code, cents] = moneyOf(row)
    const key = `${row.user_token} ${currency_code}`
    sums.set(key, (sums.get(key) ?? 0n) + cents)
  }
  return sums
}

/** @throws where the sandbox shows fewer than there are */
async function readAll(massPayUrl, [rows, count, what]) {
  const response = await fetch(`${massPayUrl}/sandbox/${what}?limit=1000`, {
    signal: AbortSignal.timeout(10_000),
  })
  const answer = await response.json()
  if (answer[rows].length < answer[count]) {
    throw new Error(`Not all ${rows} of MassPay's were shown`)
  }
  return answer[rows]
}
