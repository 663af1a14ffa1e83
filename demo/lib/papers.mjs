/**
 * MassPay wants papers of a vendor who sells well: she is mailed a link, brings
 * them, and is paid, without anybody doing anything in the shop.
 */
import { listBlocked } from "./books.mjs"
import { playOrder } from "./story.mjs"
import { waitFor } from "./wait.mjs"

const VENDOR = "amina.otieno@example.com"
const ORDER = {
  currency: "usd",
  items: { "sisal-basket": 1, "kanga-cloth": 1 },
  note: "her MassPay account is locked: papers are wanted",
}
const WAIT_MS = 300_000
/** MassPay's list is given two to show a payment, from when its sender gave up at the latest. */
const MINUTES_UNTIL_SHOWN = 3
const LINK = /^http:\/\/127\.0\.0\.1:\d+\/upload\/\S+$/m

/**
 * @param {import("./shop.mjs").Shop} shop
 * @param {{ massPay: object, signal: AbortSignal, told: Function,
 *   mailed: Function, brought: Function,
 *   passTime: (minutes: number) => Promise<void> }} input
 * @returns {Promise<{ order: import("./story.mjs").Played, mail: { to: string,
 *   subject: string } }>} once nothing of hers is refused any more
 */
export async function playPapers(shop, input) {
  const { massPay, signal, told, mailed, brought, passTime } = input
  const { users } = massPay.control.state()
  const user = users.find(({ email }) => email === VENDOR)
  if (!user) throw new Error("The vendor who is asked for papers has no user")
  // Her payment is refused before MassPay's word about the lock arrives. Locked
  // as late as can be: whoever reads her meanwhile would send her nothing.
  const beforeCompleted = () => {
    massPay.webhooks.pause()
    massPay.control.lockUser(user.user_token, "identity")
  }
  const order = await playOrder(shop, { ...ORDER, beforeCompleted })
  await told(order)
  const mail = await waitFor({
    ...{ what: "the mail with her link", withinMs: WAIT_MS, signal },
    look: async () => (await inboxOf(shop)).find(isHersWithLink) ?? null,
  })
  mailed(mail)
  massPay.webhooks.resume()
  await bringPapers(linkIn(mail))
  brought()
  await passTime(MINUTES_UNTIL_SHOWN)
  await waitFor({
    ...{ what: "MassPay to be content", withinMs: WAIT_MS, signal },
    look: async () => (await listBlocked(shop)).length === 0 || null,
  })
  return { order, mail: { to: mail.to, subject: mail.subject } }
}

const isHersWithLink = (mail) => mail.to === VENDOR && linkIn(mail) !== null

const linkIn = ({ text }) => LINK.exec(text)?.[0] ?? null

/** What the shop mailed, as its own page shows it. */
async function inboxOf(shop) {
  const { mails } = await shop.store("GET", "/inbox?format=json")
  return mails
}

/** As a browser sends the page's form. */
async function bringPapers(link) {
  const form = new FormData()
  form.append("document", new Blob(["a scan"], { type: "image/png" }), "id.png")
  const response = await fetch(link, {
    method: "POST",
    body: form,
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) {
    throw new Error(`MassPay's page took no papers: ${response.status}`)
  }
}
