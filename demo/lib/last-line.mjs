/** What `--json` prints at the end, for programs. */
import { listPayouts } from "./books.mjs"

/**
 * @param {{ shop: import("./shop.mjs").Shop, ok: boolean, seconds: number,
 *   orders: object[], verdict: import("./quiet.mjs").Verdict,
 *   direct: import("./act-direct.mjs").Direct, mail: object,
 *   reconciliation: object, hears: { events: boolean, webhooks: boolean } }} ran
 */
export async function lastLine({ shop, ok, seconds, hears, ...ran }) {
  const { orders, verdict, mail, reconciliation } = ran
  const { wallets: vendors, open, held } = verdict
  const { order: _order, problems: _problems, ...direct } = ran.direct
  const payouts = await listPayouts(shop)
  const directly = payouts.filter(({ method }) => method === "direct")
  return {
    ...{ ok, orders: orders.length, vendors, open, held },
    payouts: { ...countByStatus(payouts), direct: countByStatus(directly) },
    ...{ direct, kyc: { mailed: mail, paid: verdict.isRight } },
    ...{ reconciliation, ...hears, seconds },
  }
}

function countByStatus(payouts) {
  const counts = {}
  for (const { status } of payouts) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
