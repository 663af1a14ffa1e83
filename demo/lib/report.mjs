/** What the demo tells on the terminal. */
import { format, toCents, decimal } from "./amounts.mjs"
import { listOpenMoney, readSettlements } from "./books.mjs"

const NAMES = { held: "held", open: "waits" }

/** One line for an order that was just placed, and one for each vendor's part. */
export async function tellOrder({ terminal, shop, order_id, note }) {
  const { order } = await shop.admin(
    "GET",
    `/admin/orders/${order_id}?fields=id,display_id,currency_code,total`
  )
  const currency = order.currency_code.toUpperCase()
  const total = format(toCents(decimal(order.total)))
  terminal.say(
    `  ${`#${order.display_id}`.padEnd(5)}${currency} ${total.padStart(8)}  ${note}`
  )
}

export async function tellReturn({ terminal, shop, order_id, amount }) {
  const { order } = await shop.admin(
    "GET",
    `/admin/orders/${order_id}?fields=id,display_id,currency_code`
  )
  const currency = order.currency_code.toUpperCase()
  const back = format(-toCents(decimal(amount)))
  terminal.say(
    `  ${`#${order.display_id}`.padEnd(5)}${currency} ${back.padStart(8)}  a board comes back after its maker was paid`
  )
}

export function tellWallets({ terminal, rows }) {
  terminal.title(
    "What the vendors earned, and what is in their MassPay wallets"
  )
  terminal.table(
    [
      ["vendor", "country", "", "earned", "in the wallet", ""],
      ...rows.map((row) => [
        row.name,
        row.country ?? "–",
        row.currency,
        row.earned,
        row.wallet,
        row.expected === row.wallet ? "" : `should be ${row.expected}`,
      ]),
    ],
    "lllrrl"
  )
}

/** Money that is not paid, and why: by order where nothing is booked, else by vendor. */
export async function tellHeld({ terminal, shop, orders }) {
  const held = []
  for (const { order_id } of orders) {
    const { settlements } = await readSettlements(shop, order_id)
    held.push(...settlements.filter(({ state }) => state === "held"))
  }
  const open = await listOpenMoney(shop)
  if (held.length + open.length === 0) return
  terminal.title("What is not paid, and why")
  terminal.table(
    [
      ["vendor", "", "amount", "", "why"],
      ...held.map((row) => [
        row.vendor_name ?? row.vendor_id,
        ...[row.currency_code, row.net, NAMES.held],
        row.detail ?? row.reason ?? "",
      ]),
      ...open.map((row) => [
        row.vendor_name ?? row.vendor_id,
        ...[row.currency_code, row.open, NAMES.open],
        row.detail ?? row.reason,
      ]),
    ],
    "llrll"
  )
}

export function tellBlocked({ terminal, blocked }) {
  if (blocked.length === 0) return
  terminal.title("What MassPay refused, and why")
  terminal.table(
    [
      ["vendor", "", "amount", "why"],
      ...blocked.map((payout) => [
        payout.vendor_name ?? payout.vendor_id,
        ...[payout.currency_code, payout.amount],
        payout.detail ?? payout.block_reason,
      ]),
    ],
    "llrl"
  )
}

export function tellVerdict({ terminal, isRight }) {
  terminal.say()
  terminal.say(
    isRight
      ? terminal.green(
          "Every wallet holds exactly what is due; what is not paid, and why, stands above."
        )
      : terminal.red("The wallets are NOT what is due.")
  )
}

export function tellAddresses({ terminal, shopUrl, massPayUrl, login, logs }) {
  terminal.title("Look around")
  const rows = [
    ["Dashboard", `${shopUrl}/app`],
    ["", `${login.email}  ${login.password}`],
    ["MassPay", `${massPayUrl}/`],
    ["One more order", "npm run demo:order"],
    ["Logs", logs],
  ]
  for (const [name, value] of rows) {
    terminal.say(`  ${terminal.dim(name.padEnd(16))}${value}`)
  }
  terminal.say()
  terminal.say("Ctrl-C ends the demo; nothing of it is kept.")
}
