/** Has every vendor at MassPay what the shop's orders say she should? */
import { format, parse } from "./amounts.mjs"
import { readArrived } from "./arrived.mjs"
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
 * @property {string} expected of that, what she should have been paid
 * @property {string} wallet what is in her wallet
 * @property {string} bank what arrived where she is paid directly, as it left us
 * @property {string} open what is owed beyond `expected`; below zero, she owes it
 * @property {string | null} reason why that is not paid, in the plugin's codes
 */

/**
 * @param {{ shop: import("./shop.mjs").Shop, massPayUrl: string,
 *   before?: Map<string, bigint> }} input `before`: what should have been paid
 *   when nothing moved the last time. What was paid stays paid, and
 *   sums below the smallest payout wait, so it depends on it
 * @returns {Promise<{ isRight: boolean, rows: WalletRow[] }>}
 */
export async function compareWallets({ shop, massPayUrl, before }) {
  const earnings = await readEarnings(shop)
  const holds = await listHolds(shop)
  const arrived = await readArrived(massPayUrl)
  const rows = [...byVendor(earnings, holds).values()].map((due) => {
    // Her e-mail is how the shop and MassPay name the same person.
    const key = `${due.vendor.email} ${due.currency}`
    const hers = arrived.get(key) ?? { wallet: 0n, bank: 0n }
    arrived.delete(key)
    return rowOf(due, { ...hers, paid: before?.get(keyOf(due)) ?? 0n })
  })
  const strangers = [...arrived].map(([key, { wallet, bank }]) => ({
    id: null,
    name: `nobody's: ${key.split(" ")[0]}`,
    country: null,
    currency: key.split(" ")[1],
    ...{ earned: "0.00", expected: "0.00" },
    ...{ wallet: format(wallet), bank: format(bank) },
    ...{ open: "0.00", reason: null },
  }))
  const all = [...rows.sort(byName), ...strangers]
  const isRight = all.every((row) => parse(row.expected) === paidOf(row))
  return { isRight: isRight && rows.length > 0, rows: all }
}

/** In cents, wherever she got it. */
export const paidOf = ({ wallet, bank }) => parse(wallet) + parse(bank)

/** What the next comparison takes as `before`: what should be paid by now. */
export const expectedOf = (rows) =>
  centsByVendor(rows, ({ expected }) => parse(expected))

/** The same, where what was paid has to be believed. */
export const paidIn = (rows) => centsByVendor(rows, paidOf)

const centsByVendor = (rows, cents) =>
  new Map(
    rows
      .filter(({ id }) => id !== null)
      .map((row) => [`${row.id} ${row.currency}`, cents(row)])
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

function rowOf({ vendor, currency, cents, on_hold }, { wallet, bank, paid }) {
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
    bank: format(bank),
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
