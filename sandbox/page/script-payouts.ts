/** Direct payouts, and their lines in the journal. Part of SCRIPT, whose helpers it uses. */
export const PAYOUTS_SCRIPT = String.raw`
function renderPayouts({ payouts, payout_count, users }) {
  count("payout-count", payouts.length, payout_count)
  if (!payouts.length) {
    return replace("payouts", empty("No direct payout has been quoted. Quotes and payouts show up here."))
  }
  const names = new Map(users.map((user) => [user.user_token, user.first_name + " " + user.last_name]))
  const rows = payouts.map((payout) => make("tr", "",
    make("td", "when", when(payout.committed_at ?? payout.created_at)),
    make("td", "", names.get(payout.user_token) ?? token(payout.user_token)),
    make("td", "wide",
      make("div", "mono", payout.client_transfer_id ?? "no client transfer id"),
      make("div", "sub", [payout.payer_name, payout.country_code, payout.status_reason,
        payout.pickup_code ? "code " + payout.pickup_code : null].filter(Boolean).join(" · "))),
    make("td", "tight", pill(payout.status), payout.committed_at ? null : pill("quote", "wait")),
    make("td", "number",
      make("div", "", money(payout.source_amount, payout.source_currency_code)),
      make("div", "sub", "fee " + money(payout.fee, payout.source_currency_code)),
      payout.source_currency_code === payout.destination_currency_code ? null
        : make("div", "sub", "brings " + payout.destination_amount + " " + payout.destination_currency_code))))
  replace("payouts", table([["Time"], ["User"], ["Client transfer id and payer"], ["Status"], ["Amount", "number"]], rows))
}

function payoutRow(entry) {
  const what = entry.event === "status" ? entry.status : entry.outcome
  return make("tr", "note",
    make("td", "when", when(entry.at)),
    make("td", "wide",
      make("div", "", "payout " + entry.event + " ", token(entry.payout_token)),
      entry.client_transfer_id ? make("div", "sub mono", entry.client_transfer_id) : null),
    make("td", "number", what ? pill(what) : ""))
}
`
