/** Does every wallet at MassPay hold what the shop's orders say it should? */
import { format, parse } from "./amounts.mjs"
import { readEarnings } from "./earnings.mjs"

/**
 * @typedef {object} WalletRow
 * @property {string | null} id the vendor's, or `null` for a wallet of nobody
 * @property {string} name
 * @property {string | null} country
 * @property {string} currency
 * @property {string} earned what completed, paid orders owe her: "12.50"
 * @property {string} expected of that, what can be in her wallet
 * @property {string} wallet what is in it
 */

/**
 * @param {{ shop: import("./shop.mjs").Shop, massPayUrl: string }} input
 * @returns {Promise<{ isRight: boolean, rows: WalletRow[] }>}
 */
export async function compareWallets({ shop, massPayUrl }) {
  const earnings = await readEarnings(shop)
  const wallets = await readWallets(massPayUrl)
  const rows = [...byVendor(earnings).values()].map((due) => {
    // Her e-mail is how the shop and MassPay name the same person.
    const key = `${due.vendor.email} ${due.currency}`
    const wallet = wallets.get(key) ?? 0n
    wallets.delete(key)
    return rowOf(due, wallet)
  })
  const strangers = [...wallets].map(([key, cents]) => ({
    id: null,
    name: `nobody's: ${key.split(" ")[0]}`,
    country: null,
    currency: key.split(" ")[1],
    ...{ earned: "0.00", expected: "0.00", wallet: format(cents) },
  }))
  const all = [...rows.sort(byName), ...strangers]
  const isRight = all.every(({ expected, wallet }) => expected === wallet)
  return { isRight: isRight && rows.length > 0, rows: all }
}

const byName = (a, b) =>
  a.name.localeCompare(b.name) || (a.currency < b.currency ? -1 : 1)

function byVendor(earnings) {
  const sums = new Map()
  for (const { vendor, currency, cents, is_released } of earnings) {
    const key = `${vendor.id} ${currency}`
    const before = sums.get(key)?.cents ?? 0n
    const earned = is_released ? cents : 0n
    sums.set(key, { vendor, currency, cents: before + earned })
  }
  return sums
}

function rowOf({ vendor, currency, cents }, wallet) {
  const isReachable = vendor.email !== null && vendor.country_code !== null
  return {
    id: vendor.id,
    name: vendor.name,
    country: vendor.country_code,
    currency,
    earned: format(cents),
    expected: format(isReachable ? cents : 0n),
    wallet: format(wallet),
  }
}

/** Cents by "e-mail currency", as the sandbox itself counts them. */
async function readWallets(massPayUrl) {
  const response = await fetch(`${massPayUrl}/sandbox/state`, {
    signal: AbortSignal.timeout(10_000),
  })
  const { users, user_count } = await response.json()
  if (users.length < user_count) throw new Error("Not all wallets were shown")
  return new Map(
    users.flatMap(({ email, wallets }) =>
      wallets.map(({ currency_code, balance }) => [
        `${email} ${currency_code}`,
        parse(balance),
      ])
    )
  )
}
