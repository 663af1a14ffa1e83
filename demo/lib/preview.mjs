/**
 * Does the plugin say what it would pay next, and why not the rest, as the shop's
 * orders say it should? By the demo's own sums, and in the plugin's own codes.
 */
import { format } from "./amounts.mjs"
import { readSettlements } from "./books.mjs"
import { readEarnings } from "./earnings.mjs"

/** What there must be to see, else the demo did not show what it promises. */
const SHOWN = {
  open: ["negative", "below_minimum", "not_linked", "hold"],
  held: ["not_released", "not_captured", "unallocated_refund"],
}

/**
 * @typedef {object} PreviewRow
 * @property {string} name the vendor's
 * @property {string} currency
 * @property {string} open what is booked and not paid: "-9.95"
 * @property {string | null} pays what the next run would pay of it
 * @property {string | null} reason what the plugin says: why it is not paid
 * @property {string | null} expected what it should say: "-9.95 negative"
 * @property {string | null} detail in plain words
 */

/**
 * @typedef {object} HeldRow
 * @property {number} display_id of her own order
 * @property {string} name the vendor's
 * @property {string} currency
 * @property {string} amount what she will be owed
 * @property {string | null} reason what the plugin says: why she is not yet
 * @property {string | null} expected what it should say
 * @property {string | null} detail in plain words
 */

/**
 * Compares what the plugin says about open money with what is due beyond the
 * wallets. Pure. @public so that its test can ask
 *
 * @param {import("./verdict.mjs").WalletRow[]} wallets
 * @param {object[]} preview rows of the plugin's answer
 * @returns {{ isRight: boolean, rows: PreviewRow[] }}
 */
export function judgePreview(wallets, preview) {
  const expected = new Map(
    wallets
      .filter(({ open }) => open !== "0.00")
      .map((row) => [`${row.id} ${row.currency}`, row])
  )
  const rows = preview.map((said) => {
    const key = `${said.vendor_id} ${said.currency_code}`
    const due = expected.get(key)
    expected.delete(key)
    return {
      name: said.vendor_name ?? due?.name ?? said.vendor_id,
      currency: said.currency_code,
      open: said.open,
      pays: said.pays,
      reason: said.reason,
      expected: due ? whatIsDue(due) : null,
      detail: said.detail,
    }
  })
  const missing = [...expected.values()].map((due) => ({
    name: due.name,
    currency: due.currency,
    open: "0.00",
    pays: null,
    reason: null,
    expected: whatIsDue(due),
    detail: null,
  }))
  const all = [...rows, ...missing]
  const isRight = all.every(
    ({ open, reason, expected }) => expected === `${open} ${reason}`
  )
  return { isRight, rows: all }
}

const whatIsDue = ({ open, reason }) => `${open} ${reason}`

/**
 * Whether exactly those vendor orders are held that the shop does not owe yet,
 * each for the right reason.
 *
 * @param {{ shop: import("./shop.mjs").Shop }} input
 * @returns {Promise<{ isRight: boolean, rows: HeldRow[] }>}
 */
export async function compareHeld({ shop }) {
  const rows = []
  for (const due of await readEarnings(shop)) {
    const { settlements } = await readSettlements(shop, due.order_id)
    const hers = settlements.find(
      (row) => row.order_id === due.order_id && row.vendor_id === due.vendor.id
    )
    const reason = hers?.state === "held" ? hers.reason : null
    if (reason === null && due.held === null) continue
    rows.push({
      display_id: due.display_id,
      name: due.vendor.name,
      currency: due.currency,
      amount: hers?.net ?? format(due.cents),
      reason,
      expected: due.held,
      detail: hers?.detail ?? null,
    })
  }
  const isRight = rows.every(({ reason, expected }) => reason === expected)
  return { isRight, rows }
}

/** What the demo promises to show and did not. */
export function whatIsMissing({ open, held }) {
  const seen = (rows) => new Set(rows.map(({ reason }) => reason))
  return [
    ...SHOWN.open.filter((reason) => !seen(open).has(reason)),
    ...SHOWN.held.filter((reason) => !seen(held).has(reason)),
  ]
}
