/** Waits until all is done that the plugin does by itself, and judges it. */
import { listBlocked, listOpenMoney, listPayouts } from "./books.mjs"
import { compareHeld, judgePreview } from "./preview.mjs"
import { compareWallets } from "./verdict.mjs"
import { waitFor, WaitError } from "./wait.mjs"

/** In these a payout moves by itself; in all others it stays as it is. */
const MOVING = ["pending", "ready", "sending", "unknown", "accepted"]
const QUIET_MS = 90_000
/** The shop has better things to do than to answer us. */
const PAUSE_MS = 750

/**
 * @typedef {object} Verdict
 * @property {boolean} isRight of all three
 * @property {import("./verdict.mjs").WalletRow[]} wallets
 * @property {import("./preview.mjs").PreviewRow[]} open
 * @property {import("./preview.mjs").HeldRow[]} held
 */

/**
 * Waits until nothing moves any more, every wallet is right, and the plugin gives
 * the right reason for everything that is not in one. Gives up after a while, and
 * then says how things are: a wrong wallet is an answer, too.
 *
 * @param {{ shop: import("./shop.mjs").Shop, massPayUrl: string,
 *   before?: Map<string, bigint>, signal: AbortSignal }} input `before` as for
 *   `compareWallets`
 * @returns {Promise<Verdict>}
 */
export async function waitUntilQuiet({ signal, ...where }) {
  let quietLooks = 0
  const look = async () => {
    const isQuiet = await isNothingMoving(where.shop)
    const verdict = await judge(where)
    const isAsItWillBe =
      verdict.isRight || (await listBlocked(where.shop)).length > 0
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
    const verdict = await judge(where)
    const isQuiet = await isNothingMoving(where.shop)
    return { ...verdict, isRight: verdict.isRight && isQuiet }
  }
}

async function judge({ shop, massPayUrl, before }) {
  const wallets = await compareWallets({ shop, massPayUrl, before })
  const open = judgePreview(wallets.rows, await listOpenMoney(shop))
  const held = await compareHeld({ shop })
  return {
    isRight: wallets.isRight && open.isRight && held.isRight,
    wallets: wallets.rows,
    open: open.rows,
    held: held.rows,
  }
}

async function isNothingMoving(shop) {
  const [payouts, open] = [await listPayouts(shop), await listOpenMoney(shop)]
  return (
    !payouts.some(({ status }) => MOVING.includes(status)) &&
    !open.some(({ reason }) => reason === "will_be_paid")
  )
}
