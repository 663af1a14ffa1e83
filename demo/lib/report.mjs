/** What the demo tells on the terminal. */
import { format, toCents, decimal } from "./amounts.mjs"
import { paidOf } from "./verdict.mjs"

/** What does not tell the plugin that something happened. */
export function tellHears({ terminal, hears }) {
  const muted = [
    ...(hears.events ? [] : ["no event of the shop's"]),
    ...(hears.webhooks ? [] : ["no message of MassPay's"]),
  ]
  if (muted.length === 0) return
  terminal.say(
    `  The plugin hears ${muted.join(" and ")}: everything comes right all the same, later.`
  )
}

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

export async function tellReturn({ terminal, shop, order_id, amount, note }) {
  const { order } = await shop.admin(
    "GET",
    `/admin/orders/${order_id}?fields=id,display_id,currency_code`
  )
  const currency = order.currency_code.toUpperCase()
  const back = format(-toCents(decimal(amount)))
  terminal.say(
    `  ${`#${order.display_id}`.padEnd(5)}${currency} ${back.padStart(8)}  ${note}`
  )
}

export function tellMail({ terminal, mail }) {
  terminal.say(`       mailed to ${mail.to}: ${mail.subject}`)
}

export function tellBrought({ terminal }) {
  terminal.say("       she uploads a scan on MassPay's page; nobody does more")
}

/** How she wants her money. @param {{ route: object, destination: object }} input */
export function tellChosen({ terminal, route, destination }) {
  const { payer_name, exchange_rate, destination_currency_code, fee } = route
  terminal.say(
    `       she chooses ${payer_name}: ${exchange_rate} ${destination_currency_code} for one USD, for ${fee} USD on top`
  )
  terminal.say(
    `       and gives MassPay her account; the shop keeps ${destination.account}`
  )
}

/** @param {{ direct: import("./act-direct.mjs").Direct }} input */
export function tellArrived({ terminal, direct, minutes }) {
  const { amount, currency, received, received_currency, problems } = direct
  terminal.say(
    `       the order is completed: ${amount} ${currency} are quoted, and paid on these terms`
  )
  terminal.say(
    `       ${minutes} minutes later (the demo moves its clocks): ${received} ${received_currency} are at her bank,`
  )
  terminal.say(
    `       and MassPay's confirmation is a PDF (${direct.confirmation_bytes} bytes)`
  )
  for (const problem of problems)
    terminal.say(terminal.red(`       ${problem}`))
}

export function tellLater({ terminal, minutes }) {
  terminal.say(
    `       ${minutes} minutes later (the demo moves its clocks): MassPay's list has no`
  )
  terminal.say(
    "       trace of the refused payment, so that it can be made again"
  )
}

/** What was put wrong on purpose. @param {{ planted: import("./compare.mjs").Planted }} input */
export function tellPlanted({ terminal, planted: { flipped, byHand } }) {
  terminal.title("What is put wrong at MassPay now, and the shop is not told")
  terminal.say(
    `  ${money(flipped)} of ${flipped.vendor} are taken back after they had arrived`
  )
  terminal.say(
    `  ${money(byHand)} are paid to ${byHand.vendor} by hand, past the shop`
  )
  terminal.say(terminal.dim("  The books are compared with MassPay."))
}

/** What the comparison says of it. */
export function tellFound({ terminal, planted, found }) {
  terminal.title("What the comparison found")
  const { flipped, byHand } = planted
  const texts = {
    [flipped.load_token]: "taken back at MassPay; put right by itself",
    [byHand.load_token]: "nobody here paid it; waits for a person to look",
  }
  terminal.table(
    [
      ["class", "severity", "state", "done about it", "what"],
      ...found.map((one) => [
        ...[one.class, one.severity, one.state, one.action],
        texts[one.remote_token] ?? "was not planted",
      ]),
    ],
    "lllll"
  )
}

/** The settle window is over, and what was taken back was paid anew. */
export function tellPaidAnew({ terminal, minutes, flipped, isRight }) {
  terminal.say(
    `  ${minutes} minutes later (the demo moves its clocks) the money was open again:`
  )
  terminal.say(
    isRight
      ? `  ${money(flipped)} were paid anew, once, and every wallet is right.`
      : terminal.red("  the wallets are NOT what they should be.")
  )
}

export function tellNotFound({ terminal, problems }) {
  terminal.say(
    terminal.red(`  The comparison did not find: ${problems.join(", ")}.`)
  )
}

const money = ({ amount, currency }) => `${amount} ${currency}`

export function tellWallets({ terminal, rows }) {
  terminal.title("What the vendors earned, and what MassPay has paid them")
  terminal.table(
    [
      ["vendor", "country", "", "earned", "in the wallet", "at the bank", ""],
      ...rows.map((row) => [
        row.name,
        row.country ?? "–",
        row.currency,
        row.earned,
        row.wallet,
        row.bank,
        shouldBe(format(paidOf(row)), row.expected),
      ]),
    ],
    "lllrrrl"
  )
}

/** What is booked and not in a wallet. Money of vendors that is not here is paid. */
export function tellPreview({ terminal, open }) {
  terminal.title("What the next run would pay, and why not the rest")
  if (open.length === 0) {
    terminal.say("  Nothing: all that is due is in the wallets.")
    return
  }
  terminal.table(
    [
      ["vendor", "", "open", "next run pays", "why", ""],
      ...open.map((row) => [
        row.name,
        ...[row.currency, row.open],
        row.pays ?? "nothing",
        row.detail ?? row.reason ?? "",
        shouldBe(`${row.open} ${row.reason}`, row.expected),
      ]),
    ],
    "llrrll"
  )
}

/** Orders that nothing is booked for yet. */
export function tellHeld({ terminal, held }) {
  if (held.length === 0) return
  terminal.title("What is held back with its order, and why")
  terminal.table(
    [
      ["order", "vendor", "", "amount", "why", ""],
      ...held.map((row) => [
        `#${row.display_id}`,
        ...[row.name, row.currency, row.amount],
        row.detail ?? row.reason ?? "",
        shouldBe(row.reason, row.expected),
      ]),
    ],
    "lllrll"
  )
}

const shouldBe = (said, expected) =>
  said === expected ? "" : `should be ${expected ?? "nothing"}`

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

/** @param {{ missing?: string[] }} input `missing`: what the demo promises to show */
export function tellVerdict({ terminal, isRight, missing = [] }) {
  terminal.say()
  if (missing.length > 0) {
    terminal.say(terminal.red(`The demo did not show: ${missing.join(", ")}.`))
  }
  terminal.say(
    isRight
      ? terminal.green(
          "Every vendor has exactly what is due; what is not paid, and why, stands above."
        )
      : terminal.red(
          "What was paid, or the reasons, are NOT what they should be."
        )
  )
}

export function tellAddresses({ terminal, shopUrl, massPayUrl, login, logs }) {
  terminal.title("Look around")
  const rows = [
    ["Dashboard", `${shopUrl}/app`],
    ["", `${login.email}  ${login.password}`],
    ["Mails", `${shopUrl}/inbox`],
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
