/** Something goes wrong at MassPay, is found, and comes right. */
import { compareBooks, judgeFound, plantDifferences } from "./compare.mjs"
import { waitUntilQuiet } from "./quiet.mjs"
import * as report from "./report.mjs"
import { expectedOf } from "./verdict.mjs"

/** A cancelled payout keeps its money for an hour: MassPay may change its mind. */
const SETTLE_WINDOW_MINUTES = 61

/**
 * Puts something wrong, has the books compared with MassPay, and waits until what
 * was taken back is paid anew.
 *
 * @param {{ terminal: import("./terminal.mjs").Terminal,
 *   shop: import("./shop.mjs").Shop, massPay: object, look: object }} where
 * @param {{ wallets: import("./verdict.mjs").WalletRow[],
 *   letPass: (minutes: number) => Promise<void> }} input `wallets`: as they are
 *   right before
 * @returns {Promise<{ isRight: boolean, reconciliation: { discrepancies: object[],
 *   flips: number } }>}
 */
export async function playComparison(where, { wallets, letPass }) {
  const { terminal, shop, massPay, look } = where
  const { signal } = look
  const planted = await plantDifferences({ massPay })
  report.tellPlanted({ terminal, planted })
  const found = await compareBooks(shop, { massPay, signal })
  report.tellFound({ terminal, planted, found })
  const { problems, flips } = judgeFound(planted, found)
  if (problems.length > 0) report.tellNotFound({ terminal, problems })

  const minutes = SETTLE_WINDOW_MINUTES
  await letPass(minutes)
  const before = expectedOf(wallets)
  const { isRight } = await waitUntilQuiet({ ...look, before })
  const { flipped } = planted
  report.tellPaidAnew({ terminal, minutes, flipped, isRight })
  const discrepancies = found.map((one) => ({
    ...{ class: one.class, severity: one.severity, state: one.state },
    ...{ action: one.action, vendor_id: one.vendor_id },
  }))
  return {
    isRight: isRight && problems.length === 0,
    reconciliation: { discrepancies, flips },
  }
}
