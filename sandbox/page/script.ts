import { DELIVERIES_SCRIPT } from "./script-deliveries"
import { PAYOUTS_SCRIPT } from "./script-payouts"

/**
 * What runs in the browser. Text from the API reaches the page through text nodes
 * only, never as markup.
 */
export const SCRIPT = String.raw`
"use strict"

const POLL_MS = 1000
const ROWS = 50
const JOURNAL_ROWS = 300

const seen = { generation: 0, last_seq: 0, state: "", balances: new Map() }
let entries = []
let filter = "all"

function make(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children.filter((child) => child !== null))
  return node
}

function replace(id, ...children) {
  document.getElementById(id).replaceChildren(...children)
}

function money(amount, currency) {
  try {
    // The amount is text, so that no digit is lost on the way to the screen.
    const format = { style: "currency", currency, currencyDisplay: "narrowSymbol" }
    return new Intl.NumberFormat(undefined, format).format(amount)
  } catch {
    return amount + " " + currency
  }
}

function when(iso) {
  const format = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" }
  const node = make("time", "", new Date(iso).toLocaleString(undefined, format))
  node.dateTime = iso
  node.title = iso
  return node
}

function token(text) {
  const [prefix, id] = [text.slice(0, text.lastIndexOf("_") + 1), text.slice(text.lastIndexOf("_") + 1)]
  const node = make("span", "mono token", prefix + id.slice(0, 8) + (id.length > 8 ? "…" : ""))
  node.title = text
  return node
}

const TONES = {
  ACTIVE: "good", COMPLETED: "good", LOCKED: "bad", CANCELLED: "bad",
  SCHEDULED: "wait", DEACTIVE: "wait", success: "good", failure: "bad",
  PENDING: "wait", PROCESSING: "wait", READY_FOR_PICKUP: "wait", HOLD: "wait", ERROR: "bad",
}

function pill(text, tone) {
  return make("span", "pill " + (tone ?? TONES[text] ?? ""), text)
}

function balance(wallet, className) {
  const node = make("span", className, money(wallet.balance, wallet.currency_code))
  const before = seen.balances.get(wallet.wallet_token)
  if (before !== undefined && before !== wallet.balance) node.classList.add("flash")
  seen.balances.set(wallet.wallet_token, wallet.balance)
  node.title = wallet.wallet_token
  return node
}

function table(headings, rows) {
  const head = headings.map(([text, className]) => {
    const cell = make("th", className, text)
    cell.scope = "col"
    return cell
  })
  return make("table", "", make("thead", "", make("tr", "", ...head)), make("tbody", "", ...rows))
}

function empty(text, command) {
  return make("div", "empty", make("p", "", text), command ? make("pre", "", command) : null)
}

function curl(method, path, body) {
  return 'curl -X ' + method + ' ' + location.origin + '/v1.0.0/payout' + path +
    ' \\\n  -H "Authorization: Bearer ' + document.body.dataset.apiKey + '"' +
    ' -H "Content-Type: application/json"' +
    " \\\n  -d '" + JSON.stringify(body) + "'"
}

function count(id, shown, all) {
  replace(id, shown < all ? "latest " + shown + " of " + all : String(all))
}

function renderFunding(wallets) {
  const cards = wallets.map((wallet) =>
    make("div", "card",
      make("div", "label", wallet.currency_code),
      balance(wallet, "amount"),
      make("div", "", token(wallet.wallet_token))))
  replace("funding", ...(cards.length ? cards : [make("div", "card", "No funding wallet yet.")]))
}

function renderUsers({ users, user_count }) {
  count("user-count", users.length, user_count)
  if (!users.length) {
    const body = { internal_user_id: "vendor-1", country: "USA", first_name: "Ada", last_name: "Byron", email: "ada@example.com" }
    return replace("users", empty("Nobody to pay yet. Create a user:", curl("POST", "/user", body)))
  }
  const rows = users.map((user) => make("tr", "",
    make("td", "wide",
      make("div", "", user.first_name + " " + user.last_name),
      make("div", "sub", user.internal_user_id + " · " + user.email)),
    make("td", "", token(user.user_token)),
    make("td", "tight", pill(user.status),
      user.lock ? pill(user.lock.kind.replace("_", " "), "bad") : null,
      user.lock && user.lock.link ? uploadLink(user.lock.link) : null),
    make("td", "number", user.wallets.length
      ? make("div", "balances", ...user.wallets.map((wallet) => balance(wallet, "balance")))
      : make("span", "sub", "no wallet yet"))))
  replace("users", table([["Name"], ["Token"], ["Status"], ["Balance", "number"]], rows))
}

function renderLoads({ loads, load_count, users }) {
  count("load-count", loads.length, load_count)
  if (!loads.length) {
    return replace("loads", empty("No money has been sent yet. Loads show up here as they arrive."))
  }
  const names = new Map(users.map((user) => [user.user_token, user.first_name + " " + user.last_name]))
  const rows = loads.map((load) => make("tr", "",
    make("td", "when", when(load.time_of_load)),
    make("td", "", names.get(load.user_token) ?? token(load.user_token)),
    make("td", "wide",
      make("div", "mono", load.client_load_id),
      load.notes ? make("div", "sub", load.notes) : null),
    make("td", "tight", pill(load.status)),
    make("td", "number", money(load.amount, load.currency_code))))
  replace("loads", table([["Time"], ["User"], ["Client load id and notes"], ["Status"], ["Amount", "number"]], rows))
}

function renderSpendbacks({ spendbacks, spendback_count, users }) {
  count("spendback-count", spendbacks.length, spendback_count)
  if (!spendbacks.length) {
    return replace("spendbacks", empty("No money has been taken back. Spendbacks show up here as they happen."))
  }
  const names = new Map(users.map((user) => [user.user_token, user.first_name + " " + user.last_name]))
  const rows = spendbacks.map((spendback) => make("tr", "",
    make("td", "when", when(spendback.time_of_spendback)),
    make("td", "", names.get(spendback.user_token) ?? token(spendback.user_token)),
    make("td", "wide",
      make("div", "mono", spendback.client_spendback_id),
      spendback.notes ? make("div", "sub", spendback.notes) : null),
    make("td", "tight", pill(spendback.status)),
    make("td", "number", money(spendback.amount, spendback.currency_code))))
  replace("spendbacks", table([["Time"], ["User"], ["Client spendback id and notes"], ["Status"], ["Amount", "number"]], rows))
}

${DELIVERIES_SCRIPT}
${PAYOUTS_SCRIPT}
function requestRow(entry) {
  const tone = entry.status === null || entry.status >= 400 ? "bad" : "good"
  const marks = [
    pill(entry.status === null ? "no answer" : String(entry.status), tone),
    entry.replayed ? pill("replayed", "wait") : null,
    ...entry.faults.map((fault) => pill(fault, "wait")),
  ]
  const detail = [
    entry.client_load_id ?? entry.client_spendback_id ?? entry.client_transfer_id,
    entry.idempotency_key === null ? null : "key " + entry.idempotency_key,
  ].filter(Boolean).join(" · ")
  return make("tr", "request",
    make("td", "when", when(entry.at)),
    make("td", "wide",
      make("div", "mono", entry.method + " " + entry.path + (entry.query ? "?" + entry.query : "")),
      detail ? make("div", "sub mono", detail) : null),
    make("td", "number", ...marks.filter(Boolean)))
}

function place(name) {
  return name === "outside" ? "outside" : token(name)
}

function movementRow(entry) {
  const clientId = entry.client_load_id ?? entry.client_spendback_id ?? entry.client_transfer_id
  return make("tr", "movement",
    make("td", "when", when(entry.at)),
    make("td", "wide",
      make("div", "", entry.reason.replace("_", " "), " · ", place(entry.from), " → ", place(entry.to)),
      clientId ? make("div", "sub mono", clientId) : null),
    make("td", "number", make("strong", "", money(entry.amount, entry.currency_code))))
}

function noteRow(entry) {
  return make("tr", "note",
    make("td", "when", when(entry.at)),
    make("td", "wide", entry.event.replaceAll("_", " "), " ", entry.user_token ? token(entry.user_token) : null),
    make("td", "number", ""))
}

const ROW_OF = {
  request: requestRow, movement: movementRow, payout: payoutRow, note: noteRow, webhook: webhookRow,
}

function renderJournal() {
  const shown = entries.filter((entry) => filter === "all" || entry.kind === filter)
  replace("journal-count", String(seen.last_seq))
  if (!shown.length) return replace("journal", empty("Nothing here yet."))
  const rows = shown.slice().reverse().map((entry) => ROW_OF[entry.kind](entry))
  replace("journal", table([["Time"], ["What happened"], ["Result", "number"]], rows))
}

async function get(path) {
  const response = await fetch(path)
  if (!response.ok) throw new Error(path + " answered " + response.status)
  return response.json()
}

async function readJournal(state) {
  if (state.generation !== seen.generation) entries = []
  let after = entries.at(-1)?.seq ?? Math.max(0, state.last_seq - JOURNAL_ROWS)
  after = Math.max(after, state.last_seq - JOURNAL_ROWS)
  if (after >= state.last_seq) return
  const page = await get("/sandbox/journal?limit=1000&after=" + after)
  entries = [...entries, ...page.entries].slice(-JOURNAL_ROWS)
}

async function poll() {
  try {
    const state = await get("/sandbox/state?limit=" + ROWS)
    replace("clock", when(state.clock.now), state.clock.is_frozen ? " (frozen)" : "")
    const { clock, ...rest } = state
    const text = JSON.stringify(rest)
    if (text !== seen.state) {
      await readJournal(state)
      if (state.generation !== seen.generation) seen.balances.clear()
      Object.assign(seen, { generation: state.generation, last_seq: state.last_seq, state: text })
      renderFunding(state.funding_wallets)
      renderUsers(state)
      renderLoads(state)
      renderSpendbacks(state)
      renderPayouts(state)
      await renderWebhooks(state.webhooks)
      renderJournal()
    }
    document.body.classList.remove("is-lost")
    replace("connection", "live")
  } catch {
    document.body.classList.add("is-lost")
    replace("connection", "not reachable, trying again")
  }
  setTimeout(poll, POLL_MS)
}

for (const button of document.querySelectorAll("button[data-filter]")) {
  button.addEventListener("click", () => {
    filter = button.dataset.filter
    for (const other of document.querySelectorAll("button[data-filter]")) {
      other.setAttribute("aria-pressed", String(other === button))
    }
    renderJournal()
  })
}

poll()
`
