/** What the plugin says about the shop's money, over its admin API. */
import { compareWallets } from "./verdict.mjs"
import { waitFor, WaitError } from "./wait.mjs"

/** In these a payout moves by itself; in all others it stays as it is. */
const MOVING = ["pending", "ready", "sending", "unknown", "accepted"]
const QUIET_MS = 90_000
/** The shop has better things to do than to answer us. */
const PAUSE_MS = 750

export const listPayouts = (shop) =>
  shop.adminList("/admin/masspay/payouts?order=created_at", "payouts")

/** Payouts that certainly were not executed and wait for something. */
export const listBlocked = async (shop) =>
  (await listPayouts(shop)).filter(({ status }) => status === "blocked")

/** Vendors whose open money is not in a payout, and why. */
export async function listOpenMoney(shop) {
  const { preview } = await shop.admin("GET", "/admin/masspay/payouts/preview")
  return preview
}

/** How the plugin settles one order: a row per vendor. */
export const readSettlements = (shop, order_id) =>
  shop.admin("GET", `/admin/masspay/orders/${order_id}`)

/**
 * Waits until nothing moves any more and every wallet is right. Gives up after
 * a while, and then says how things are: a wrong wallet is an answer, too.
 *
 * @returns {Promise<Awaited<ReturnType<typeof compareWallets>>>}
 */
export async function waitUntilQuiet({ shop, massPayUrl, signal }) {
  let quietLooks = 0
  const look = async () => {
    const isQuiet = await isNothingMoving(shop)
    const verdict = await compareWallets({ shop, massPayUrl })
    const isAsItWillBe = verdict.isRight || (await listBlocked(shop)).length > 0
    quietLooks = isQuiet && isAsItWillBe ? quietLooks + 1 : 0
    // Once could be the moment between two payouts.
    return quietLooks >= 2 ? verdict : null
  }
  try {
    const what = "the vendors' wallets"
    const times = { withinMs: QUIET_MS, pauseMs: PAUSE_MS }
    return await waitFor({ what, ...times, signal, look })
  } catch (error) {
    if (!(error instanceof WaitError)) throw error
    const verdict = await compareWallets({ shop, massPayUrl })
    const isQuiet = await isNothingMoving(shop)
    return { ...verdict, isRight: verdict.isRight && isQuiet }
  }
}

async function isNothingMoving(shop) {
  const [payouts, open] = [await listPayouts(shop), await listOpenMoney(shop)]
  return (
    !payouts.some(({ status }) => MOVING.includes(status)) &&
    !open.some(({ reason }) => reason === "will_be_paid")
  )
}
