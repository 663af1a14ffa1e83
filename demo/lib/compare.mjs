/**
 * Something is put wrong at MassPay on purpose, and nobody tells the shop. A
 * comparison of the books with MassPay has to find it: what is proven is put
 * right by itself, the rest waits for a person.
 */
import { waitFor } from "./wait.mjs"

/** Whose money MassPay takes back after it arrived. */
const FLIPPED = { email: "amina.otieno@example.com", currency_code: "EUR" }
/** Whom somebody pays in MassPay's dashboard, past the shop. */
const PAID_BY_HAND = {
  email: "jonas.weber@example.com",
  currency_code: "USD",
  amount: "5.00",
}
const DAY_MS = 24 * 60 * 60_000
/** It begins at once; on a slow machine it takes a while. */
const RUN_MS = 300_000

/**
 * @typedef {{ load_token: string, vendor: string, amount: string,
 *   currency: string }} Planted
 *
 * @typedef {object} Difference what the plugin says about one
 * @property {string} class
 * @property {string} state
 * @property {string} action
 * @property {string | null} remote_token
 */

/**
 * Takes one payment back and makes another by hand, and keeps MassPay from
 * saying so.
 *
 * @param {{ massPay: object }} input
 * @returns {Promise<{ flipped: Planted, byHand: Planted }>}
 * @throws when nobody was paid what could be taken back
 */
export async function plantDifferences({ massPay }) {
  const { control, webhooks } = massPay
  const { users } = control.state()
  const userOf = (email) => {
    const user = users.find((one) => one.email === email)
    if (!user) throw new Error(`${email} has no user at MassPay`)
    return user
  }
  const amina = userOf(FLIPPED.email)
  const load = control
    .loads()
    .loads.find(
      (one) =>
        one.user_token === amina.user_token &&
        one.currency_code === FLIPPED.currency_code &&
        one.status === "COMPLETED"
    )
  if (!load) throw new Error("No payment is there that could be taken back")
  webhooks.pause()
  control.setLoadStatus(load.load_token, "CANCELLED")
  const jonas = userOf(PAID_BY_HAND.email)
  const load_token = await payByHand(massPay, jonas.user_token)
  return {
    flipped: plantedOf(load.load_token, amina, load),
    byHand: plantedOf(load_token, jonas, PAID_BY_HAND),
  }
}

const plantedOf = (load_token, { first_name, last_name }, money) => ({
  load_token,
  vendor: `${first_name} ${last_name}`,
  amount: money.amount,
  currency: money.currency_code,
})

/** A payment that no shop's client id is on. */
async function payByHand(massPay, user_token) {
  const { amount, currency_code } = PAID_BY_HAND
  const { funding_wallets } = massPay.control.state()
  const source = funding_wallets.find(
    (wallet) => wallet.currency_code === currency_code
  )
  const response = await fetch(
    `${massPay.url}/v1.0.0/payout/load/${user_token}`,
    {
      method: "POST",
      headers: {
        authorization: `Bearer ${massPay.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": "paid-by-hand-1",
      },
      body: JSON.stringify({
        client_load_id: "paid-by-hand-1",
        source_token: source.wallet_token,
        amount: Number(amount),
        source_currency_code: currency_code,
        notify_user: false,
      }),
      signal: AbortSignal.timeout(10_000),
    }
  )
  if (response.status !== 201) {
    throw new Error(`MassPay paid nobody by hand: ${response.status}`)
  }
  return (await response.json()).load_token
}

/**
 * Has the books compared with MassPay, as an operator would, and waits for the end.
 *
 * @param {import("./shop.mjs").Shop} shop
 * @param {{ massPay: object, signal: AbortSignal }} input
 * @returns {Promise<Difference[]>} what it found
 */
export async function compareBooks(shop, { massPay, signal }) {
  const day = (ms) => new Date(Date.now() + ms).toISOString().slice(0, 10)
  await waitFor({
    // The shop's own of the night may have begun meanwhile; only one runs at a time.
    ...{ what: "a comparison that runs already", withinMs: RUN_MS, signal },
    look: async () => {
      const path = "/admin/masspay/reconciliations?status=running"
      const { count } = await shop.admin("GET", path)
      return count === 0 ? "none" : null
    },
  })
  const { reconciliation } = await shop.admin(
    "POST",
    "/admin/masspay/reconciliations",
    {
      ...{ request_id: "demo-compare", reason: "The demo put something wrong" },
      ...{ from_date: day(-DAY_MS), to_date: day(0) },
    }
  )
  const { id } = reconciliation
  const status = await waitFor({
    ...{ what: "the comparison with MassPay", withinMs: RUN_MS, signal },
    pauseMs: 1_000,
    look: async () => {
      const path = `/admin/masspay/reconciliations/${id}`
      const { reconciliation: run } = await shop.admin("GET", path)
      return run.status === "running" ? null : run.status
    },
  })
  // What MassPay could not say is news no more, and comes late.
  massPay.webhooks.resume()
  if (status !== "complete") throw new Error(`The comparison ended ${status}`)
  return shop.adminList(
    `/admin/masspay/discrepancies?run_id=${id}`,
    "discrepancies"
  )
}

/**
 * What should have been found and was not, and what was found and should not
 * have been. Pure. @public so that its test can ask
 *
 * @param {{ flipped: Planted, byHand: Planted }} planted
 * @param {Difference[]} found
 * @returns {{ problems: string[], flips: number }} `flips`: how many were put right
 */
export function judgeFound({ flipped, byHand }, found) {
  const isFlip = (one) =>
    one.class === "D03" &&
    one.state === "healed" &&
    one.action === "truth_applied" &&
    one.remote_token === flipped.load_token
  const isByHand = (one) =>
    one.class === "D07" &&
    one.state === "open" &&
    one.action === "flagged" &&
    one.remote_token === byHand.load_token
  const flips = found.filter(isFlip)
  const others = found.filter((one) => !isFlip(one) && !isByHand(one))
  return {
    flips: flips.length,
    problems: [
      ...(flips.length === 1 ? [] : ["the payment taken back (D03)"]),
      ...(found.some(isByHand) ? [] : ["the payment made by hand (D07)"]),
      ...others.map((one) => `nothing else, but ${one.class} ${one.state}`),
    ],
  }
}
