/** What operators are woken for, brought about as it comes about: nothing of it is made up. */
import { waitFor } from "./wait.mjs"

/** More than one in twenty, and at least five, so that the watch cares. */
const FORGED = 12
/** The watch looks once a minute, at what was written down before. */
const WATCH_MS = 300_000
const KINDS = ["payout_flipped", "webhooks_rejected"]

/**
 * MassPay takes a payment back that had arrived, and messages come that MassPay
 * did not sign. Waits until the shop has raised its alarms; somebody looks after
 * the second. Does nothing where alarms are open already.
 *
 * @param {import("./shop.mjs").Shop} shop
 * @param {{ shopUrl: string, massPayUrl: string }} addresses
 */
export async function raiseAlarms(shop, { shopUrl, massPayUrl }) {
  if ((await openAlarms(shop)).length > 0) return
  await takeBack(massPayUrl)
  for (let nth = 1; nth <= FORGED; nth += 1) await forge(shopUrl, nth)
  const alarms = await waitFor({
    ...{ what: "the shop's alarms", withinMs: WATCH_MS, pauseMs: 2_000 },
    look: async () => {
      const open = await openAlarms(shop)
      const kinds = open.map(({ kind }) => kind)
      return KINDS.every((kind) => kinds.includes(kind)) ? open : null
    },
  })
  const { id } = alarms.find(({ kind }) => kind === "webhooks_rejected")
  await shop.admin("POST", `/admin/masspay/incidents/${id}/acknowledge`, {
    request_id: `demo-${id}`,
    reason: "The firewall lets only MassPay's addresses in from today on",
  })
}

const openAlarms = (shop) =>
  shop.adminList("/admin/masspay/incidents?state=open", "incidents")

/** The latest payment that arrived, and that no page is about. */
async function takeBack(massPayUrl) {
  const { loads } = await ask(`${massPayUrl}/sandbox/loads`)
  const last = loads.findLast(({ status }) => status === "COMPLETED")
  if (!last) throw new Error("No payment is there that could be taken back")
  await ask(`${massPayUrl}/sandbox/loads/${last.load_token}/status`, {
    status: "CANCELLED",
  })
}

async function forge(shopUrl, nth) {
  const response = await fetch(`${shopUrl}/hooks/masspay`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ event: "load.completed", nth }),
    signal: AbortSignal.timeout(10_000),
  })
  if (response.ok) throw new Error("The shop took a message that nobody signed")
}

async function ask(url, body) {
  const response = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.json()
}
