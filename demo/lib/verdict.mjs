/** Does every wallet at MassPay hold what the shop's orders say it should? */
import { format, parse } from "./amounts.mjs"
import { listHolds } from "./books.mjs"
import { readEarnings } from "./earnings.mjs"

/** The smallest payout, in cents, as in `medusa-config.ts`. */
const MINIMUM = { USD: 1500n, EUR: 1500n }

/**
 * @typedef {object} WalletRow
 * @property {string | null} id the vendor's, or `null` for a wallet of nobody
 * @property {string} name
 * @property {string | null} country
 * @property {string} currency
 * @property {string} earned what completed, paid orders owe her: "12.50"
 * @property {string} expected of that, what should be in her wallet
 * @property {string} wallet what is in it
 * @property {string} open what is owed beyond `expected`; below zero, she owes it
 * @property {string | null} reason why that is not paid, in the plugin's codes
 */

/**
 * @param {{ shop: import("./shop.mjs").Shop, massPayUrl: string,
 *   before?: Map<string, bigint> }} input `before`: what should have been in the
 *   wallets when nothing moved the last time. What was paid stays paid, and
 *   sums below the smallest payout wait, so it depends on it
 * @returns {Promise<{ isRight: boolean, rows: WalletRow[] }>}
 */
export async function compareWallets({ shop, massPayUrl, before }) {
  const earnings = await readEarnings(shop)
  const holds = await listHolds(shop)
  const wallets = await readWallets(massPayUrl)
  const rows = [...byVendor(earnings, holds).values()].map((due) => {
    // Her e-mail is how the shop and MassPay name the same person.
    const key = `${due.vendor.email} ${due.currency}`
    const wallet = wallets.get(key) ?? 0n
    wallets.delete(key)
    return rowOf(due, { wallet, paid: before?.get(keyOf(due)) ?? 0n })
  })
  const strangers = [...wallets].map(([key, cents]) => ({
    id: null,
    name: `nobody's: ${key.split(" ")[0]}`,
    country: null,
    currency: key.split(" ")[1],
    ...{ earned: "0.00", expected: "0.00", wallet: format(cents) },
    ...{ open: "0.00", reason: null },
  }))
  const all = [...rows.sort(byName), ...strangers]
  const isRight = all.every(({ expected, wallet }) => expected === wallet)
  return { isRight: isRight && rows.length > 0, rows: all }
}

/** What the next comparison takes as `before`: what should be in the wallets now. */
export const expectedOf = (rows) => centsByVendor(rows, "expected")

/** The same, where what is in the wallets has to be believed. */
export const walletsIn = (rows) => centsByVendor(rows, "wallet")

const centsByVendor = (rows, column) =>
  new Map(
    rows
      .filter(({ id }) => id !== null)
      .map((row) => [`${row.id} ${row.currency}`, parse(row[column])])
  )

const keyOf = ({ vendor, currency }) => `${vendor.id} ${currency}`

const byName = (a, b) =>
  a.name.localeCompare(b.name) || (a.currency < b.currency ? -1 : 1)

/** Of an order that somebody holds, she earned her part, but it is not paid. */
function byVendor(earnings, holds) {
  const held = new Set(holds.map(({ order_id }) => order_id))
  const sums = new Map()
  for (const earning of earnings) {
    const { order_id, paid_order_id, vendor, currency } = earning
    const isHeld = held.has(order_id) || held.has(paid_order_id)
    const key = `${vendor.id} ${currency}`
    const before = sums.get(key) ?? { cents: 0n, on_hold: 0n }
    const earned = earning.is_released ? earning.cents : 0n
    sums.set(key, {
      ...{ vendor, currency },
      cents: before.cents + earned,
      on_hold: before.on_hold + (isHeld ? earned : 0n),
    })
  }
  return sums
}

function rowOf({ vendor, currency, cents, on_hold }, { wallet, paid }) {
  const payable = cents - on_hold
  const unpaid = whyNotPaid({ vendor, currency, open: payable - paid })
  const expected = unpaid === null ? payable : paid
  const reason = unpaid ?? (on_hold > 0n ? "hold" : null)
  return {
    id: vendor.id,
    name: vendor.name,
    country: vendor.country_code,
    currency,
    earned: format(cents),
    expected: format(expected),
    wallet: format(wallet),
    open: format(cents - expected),
    reason,
  }
}

/** By the order in which the plugin looks: `null` where it is paid. */
function whyNotPaid({ vendor, currency, open }) {
  if (open === 0n) return null
  if (open < 0n) return "negative"
  const isReachable = vendor.email !== null && vendor.country_code !== null
  if (!isReachable) return "not_linked"
  return open < MINIMUM[currency] ? "below_minimum" : null
}

/**
 * Cents by "e-mail currency", as the sandbox itself counts them, less what
 * somebody paid by hand: that is no shop's.
 */
async function readWallets(massPayUrl) {
  const { users, user_count } = await ask(massPayUrl, "state")
  if (users.length < user_count) throw new Error("Not all wallets were shown")
  const { loads, load_count } = await ask(massPayUrl, "loads?limit=1000")
  if (loads.length < load_count) throw new Error("Not all loads were shown")
  const byHand = new Map()
  for (const { user_token, currency_code, amount } of loads.filter(isByHand)) {
    const key = `${user_token} ${currency_code}`
    byHand.set(key, (byHand.get(key) ?? 0n) + parse(amount))
  }
  return new Map(
    users.flatMap(({ email, user_token, wallets }) =>
      wallets.map(({ currency_code, balance }) => [
        `${email} ${currency_code}`,
        parse(balance) - (byHand.get(`${user_token} ${currency_code}`) ?? 0n),
      ])
    )
  )
}

/** The plugin's client ids begin like that. */
const isByHand = ({ client_load_id, status }) =>
  status === "COMPLETED" && !client_load_id.startsWith("mpl")

async function ask(massPayUrl, what) {
  const response = await fetch(`${massPayUrl}/sandbox/${what}`, {
    signal: AbortSignal.timeout(10_000),
  })
  return response.json()
}
