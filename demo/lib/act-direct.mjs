/**
 * A vendor is paid straight to her bank, in another currency than her goods are
 * sold in. She says where herself, by the vendor API; her account's number goes
 * to MassPay and stays there.
 */
import { format } from "./amounts.mjs"
import { listPayouts } from "./books.mjs"
import { judgeDirect, readOffer } from "./direct.mjs"
import { readEarnings } from "./earnings.mjs"
import { completeOrder } from "./handle-order.mjs"
import { signInAsVendor } from "./shop.mjs"
import { LOGIN } from "./stack.mjs"
import { playOrder } from "./story.mjs"
import { waitFor } from "./wait.mjs"

const VENDOR = "lucia.ortega@example.com"
const RECEIVES = { country_code: "mx", destination_currency_code: "mxn" }
const ORDER = {
  currency: "usd",
  items: { "clay-jug": 3 },
  isCompleted: false,
  note: "from a vendor in Mexico who wants her money at her bank",
}
/** By the labels of MassPay's form. Nobody's account. */
const ACCOUNT = { CLABE: "032180000118359719" }
/** Without these MassPay pays nobody directly. */
const PROFILE = {
  ...{ address1: "Calle de la Loma 8", city: "Oaxaca de Juárez" },
  ...{ state_province: "OAX", postal_code: "68000" },
  date_of_birth: "1988-03-14",
}
const WAIT_MS = 300_000
/** Her bank has it a minute after MassPay was told to pay. */
const ARRIVES_MS = 60_000
/** MassPay is asked about what it was told to pay after two. */
const MINUTES_UNTIL_ASKED = 3

/**
 * @typedef {object} Direct what came of it
 * @property {import("./story.mjs").Played} order
 * @property {string[]} problems what is not as the demo's own sums have it
 * @property {string} payer
 * @property {string} amount what she is paid, as it leaves the shop
 * @property {string} currency
 * @property {string} fee
 * @property {string} rate
 * @property {string} received
 * @property {string} received_currency
 * @property {number} confirmation_bytes
 */

/**
 * @param {import("./shop.mjs").Shop} shop
 * @param {{ massPay: object, signal: AbortSignal, told: Function,
 *   chosen: Function, arrived: Function,
 *   passTime: (minutes: number) => Promise<void> }} input
 * @returns {Promise<Direct>} once she has it
 */
export async function playDirect(shop, input) {
  const { massPay, signal, told, chosen, arrived, passTime } = input
  const order = await playOrder(shop, ORDER)
  await told(order)
  const [{ order_id, vendor_id }] = order.vendor_orders
  const amount = format(await earnedBy(shop, order_id))
  const payee = await linkedPayee(shop, { vendor_id, signal })
  const { url } = shop
  const { password } = LOGIN
  const she = await signInAsVendor({ url, email: VENDOR, password })
  const { route, destination } = await chooseBank(she, amount)
  await she.ask("POST", "/vendor/masspay/profile", PROFILE)
  await shop.admin("POST", `/admin/masspay/payees/${payee.id}`, {
    ...{ method: "direct", request_id: `direct-${payee.id}` },
    reason: "She wants her money at her bank",
  })
  chosen({ route, destination })

  // What she earns by it is due from now on.
  const offer = await readOffer(massPay, { amount, route })
  massPay.control.scriptPayouts({
    user_token: payee.user_token,
    steps: [{ status: "COMPLETED", in_ms: ARRIVES_MS }],
  })
  await completeOrder(shop, order_id)
  const hers = (statuses) => async () =>
    (await listPayouts(shop)).find(
      (payout) =>
        payout.vendor_id === vendor_id && statuses.includes(payout.status)
    ) ?? null
  const { id } = await waitFor({
    ...{ what: "her payout to be with MassPay", withinMs: WAIT_MS, signal },
    look: hers(["accepted", "completed"]),
  })
  await passTime(MINUTES_UNTIL_ASKED)
  const payout = await waitFor({
    ...{ what: "her bank to have it", withinMs: WAIT_MS, signal },
    look: hers(["completed"]),
  })
  const files = [
    await shop.adminFile(`/admin/masspay/payouts/${id}/confirmation`),
    await she.file(`/vendor/masspay/payouts/${id}/confirmation`),
  ]
  const { payouts } = massPay.control.payouts()
  const remote = payouts.filter((one) => one.user_token === payee.user_token)
  const direct = {
    ...{ order, payer: route.payer_name },
    ...{ amount, currency: payout.currency_code },
    ...{ fee: offer.fee, rate: offer.rate, received: offer.received },
    received_currency: route.destination_currency_code,
    confirmation_bytes: files[0].bytes.length,
    problems: judgeDirect({ amount, offer, payout, remote, files }),
  }
  arrived({ direct, minutes: MINUTES_UNTIL_ASKED })
  return direct
}

/** By the demo's own sums, from the shop's order. */
async function earnedBy(shop, order_id) {
  const earnings = await readEarnings(shop)
  return earnings.find((one) => one.order_id === order_id).cents
}

/** The plugin's record of her, once it knows of her order, with a MassPay user. */
async function linkedPayee(shop, { vendor_id, signal }) {
  const find = async () => {
    const path = `/admin/masspay/payees?q=${vendor_id}`
    return (await shop.adminList(path, "payees"))[0] ?? null
  }
  const { id } = await waitFor({
    ...{ what: "the plugin to know of her", withinMs: WAIT_MS, signal },
    look: find,
  })
  // It would link her by itself as soon as something is due.
  await shop.admin("POST", `/admin/masspay/payees/${id}/link`, {
    ...{ request_id: `link-${id}`, reason: "She says how she is paid first" },
  })
  const payee = await find()
  if (!payee.user_token) throw new Error("She has no user at MassPay")
  return payee
}

/** The best route that is offered, on the terms that she was shown, and her account. */
async function chooseBank(she, amount) {
  const query = new URLSearchParams({
    ...{ currency_code: "usd", amount },
    ...RECEIVES,
  })
  const { routes } = await she.ask(
    "GET",
    `/vendor/masspay/destinations/routes?${query}`
  )
  const [route] = routes
  if (route?.delivery_type !== "BANK_DEPOSIT") {
    throw new Error(`The best route to her is no bank: ${route?.payer_name}`)
  }
  const { fee, exchange_rate, destination_currency_code } = route
  await she.ask("POST", "/vendor/masspay/destinations", {
    ...{ request_id: "demo-choose", currency_code: "usd", amount },
    ...RECEIVES,
    destination_token: route.destination_token,
    shown: { fee, exchange_rate, destination_currency_code },
  })
  const form = "/vendor/masspay/destinations/attributes"
  const { fields } = await she.ask("GET", `${form}?currency_code=usd`)
  const { destination } = await she.ask("POST", form, {
    ...{ request_id: "demo-details", currency_code: "usd" },
    ...{ label: "Her bank", values: Object.fromEntries(fields.flatMap(given)) },
  })
  return { route, destination }
}

function given({ token, label, is_required }) {
  const value = ACCOUNT[label]
  if (value === undefined && is_required) {
    throw new Error(`MassPay wants to know "${label}", and the demo does not`)
  }
  return value === undefined ? [] : [[token, value]]
}
