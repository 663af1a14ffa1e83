/** The part of the page's script about webhooks and upload links. */
export const DELIVERIES_SCRIPT = String.raw`
const DELIVERY_TONES = {
  delivered: "good", taken: "good", failed: "bad", lost: "bad", dropped: "bad",
  waiting: "wait", sending: "wait",
}

/** Whatever host a link names, its secret opens the page of this sandbox. */
function uploadLink(link) {
  const node = make("a", "link", "open upload link")
  node.href = "/upload/" + link.slice(-32)
  node.target = "_blank"
  node.rel = "noreferrer"
  node.title = link
  return make("div", "", node)
}

function eventName(type) {
  return type === null ? "tax interview" : type
}

function answerOf(delivery) {
  const last = delivery.attempts.at(-1)
  if (!last) return ""
  const answer = (last.status ?? "no answer") + (last.answer ? " · " + last.answer : "")
  return delivery.attempts.length > 1 ? delivery.attempts.length + " attempts · " + answer : answer
}

function deliveryRow(delivery) {
  const about = delivery.load_token ?? delivery.spendback_token ?? delivery.payout_token ?? delivery.user_token
  const status = delivery.body && delivery.body.status
  return make("tr", "",
    make("td", "when", when(delivery.created_at)),
    make("td", "wide",
      make("div", "", eventName(delivery.event_type), status ? " " + status : "", " ", about ? token(about) : null),
      make("div", "sub", answerOf(delivery))),
    make("td", "number",
      delivery.kind === "first" ? "" : pill(delivery.kind, delivery.kind === "forged" || delivery.kind === "tampered" ? "bad" : "wait"),
      pill(delivery.state, DELIVERY_TONES[delivery.state])))
}

async function renderWebhooks(webhooks) {
  const all = Object.values(webhooks.counts).reduce((sum, count) => sum + count, 0)
  if (!webhooks.is_on || all === 0) {
    count("delivery-count", 0, 0)
    return replace("deliveries", webhooks.is_on
      ? empty(webhooks.url === null ? "Nothing to tell yet." : "Nothing told yet. " + webhooks.url + " will be told what happens.")
      : empty("Nobody is told what happens. Start with:", "npx masspay-sandbox --webhook-url http://127.0.0.1:9000/hooks/masspay"))
  }
  const { deliveries } = await get("/sandbox/webhooks?limit=" + ROWS)
  count("delivery-count", deliveries.length, all)
  const rows = deliveries.map((delivery) => deliveryRow(delivery))
  replace("deliveries", table([["Time"], ["What was told, and what the receiver answered"], ["Delivery", "number"]], rows))
}

function webhookRow(entry) {
  return make("tr", "note",
    make("td", "when", when(entry.at)),
    make("td", "wide", "webhook " + eventName(entry.event_type) + " " + entry.state,
      entry.status === null ? "" : " · " + entry.status),
    make("td", "number", ""))
}
`
